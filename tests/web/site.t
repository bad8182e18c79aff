#!/bin/sh
# Pages as text: valid, light, linked.
exec "${0%/*}/node" tests/web/site.mjs
