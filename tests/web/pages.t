#!/bin/sh
# Pages in the browser.
exec "${0%/*}/node" tests/web/pages.mjs
