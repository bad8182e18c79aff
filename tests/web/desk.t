#!/bin/sh
# The desk in a browser.
exec "${0%/*}/node" tests/web/desk.mjs
