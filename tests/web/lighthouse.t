#!/bin/sh
# Lighthouse, in `make test-all` only: it takes a quarter of a minute for each page.
if [ -z "${TOLOK_ALL-}" ]; then
    echo '1..0 # SKIP only in make test-all'
    exit
fi
exec "$(dirname "$0")/node" tests/web/lighthouse.mjs
