#!/bin/sh
# Pages as text: valid, light, linked.
exec "$(dirname "$0")/node" tests/web/site.mjs
