#!/bin/sh
# Pages in the browser.
exec "$(dirname "$0")/node" tests/web/pages.mjs
