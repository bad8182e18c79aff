#!/bin/sh
# Random packages against the oracle: 4 of the first format and 12 of the second, or TOLOK_CASES
# and half as many more.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"
scratch_database
cases=${TOLOK_CASES:-}
python3 "${0%/*}/cases.py" "${cases:-4}" "$((cases ? cases * 3 / 2 : 12))"
