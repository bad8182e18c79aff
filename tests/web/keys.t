#!/bin/sh
# The keyboard alone.
exec "$(dirname "$0")/node" tests/web/keys.mjs
