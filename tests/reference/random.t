#!/bin/sh
# Random packages against the oracle: 10, or TOLOK_CASES.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"
scratch_database
python3 "${0%/*}/cases.py" "${TOLOK_CASES:-10}"
