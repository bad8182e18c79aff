#!/bin/sh
# What the script of the pages adds.
exec "$(dirname "$0")/node" tests/web/script.mjs
