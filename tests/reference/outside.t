#!/bin/sh
# Tables that others published, recomputed by the engine.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"
scratch_database
# shellcheck disable=SC2154 # scratch_database sets it
PGDATABASE=$tap_database python3 "${0%/*}/outside.py"
