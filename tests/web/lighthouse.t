#!/bin/sh
# Lighthouse, in `make test-all` only: speed, accessibility, best practices and search engines.
case ${TOLOK_ALL-} in
    '' | 0) echo '1..0 # SKIP it takes long, and many packages: make test-all' ;;
    *) exec "${0%/*}/node" tests/web/lighthouse.mjs ;;
esac
