#!/bin/sh
# Lighthouse: accessibility, best practices and search engines; in `make test-all` speed too.
exec "$(dirname "$0")/node" tests/web/lighthouse.mjs
