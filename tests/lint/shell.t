#!/bin/bash
# No script gives shellcheck a reason to speak.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"
cd "$ROOT" || exit

# Scripts are known by their first line, and sourced ones by the line that tells shellcheck their
# kind.
mapfile -t scripts < <(find Makefile .ci etc sql tests -type f \
    -exec grep -lE -m1 '^#!/bin/(ba)?sh|^# shellcheck shell=' {} + | sort)
ok $((${#scripts[@]} > 10)) "there are ${#scripts[@]} scripts"
succeeds 'shellcheck' shellcheck -x "${scripts[@]}"
done_testing
