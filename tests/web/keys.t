#!/bin/sh
# The keyboard alone.
exec "${0%/*}/node" tests/web/keys.mjs
