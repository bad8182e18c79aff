#!/bin/sh
# What the script of the pages adds.
exec "${0%/*}/node" tests/web/script.mjs
