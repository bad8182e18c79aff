#!/bin/sh
# Random packages against the oracle: 2 of the first format and 6 of the second, or TOLOK_CASES
# and half as many more.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"
scratch_database
cases=${TOLOK_CASES:-}
python3 "${0%/*}/cases.py" "${cases:-2}" "$((cases ? cases * 3 / 2 : 6))"
