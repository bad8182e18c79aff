#!/bin/sh
# The desk in a browser.
exec "$(dirname "$0")/node" tests/web/desk.mjs
