#!/bin/sh
# Pages on paper and in forced colours.
exec "${0%/*}/node" tests/web/print.mjs
