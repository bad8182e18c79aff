#!/bin/sh
# Rounds published at the same time: each draft once, and the digests of all publications form one
# chain.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"
here=$(cd "$(dirname "$0")" && pwd)
scratch_database
work=$(mktemp -d)
trap 'rm -rf "$work"; dropdb -U postgres -f "$tap_database"' EXIT

rounds='acak-1 acak-2 acak-3'
for round in $rounds; do
    PYTHONDONTWRITEBYTECODE=1 python3 "$here/make_package.py" "${round#acak-}" "$work/$round"
    "$TOLOK" import --new-regions "$work/$round" >/dev/null || fail "import $round"
done
for attempt in 1 2 3; do
    for round in $rounds; do
        "$TOLOK" publish "$round" >"$work/$round.$attempt" 2>&1 &
    done
done
wait

is "$(sql "select count(*) from data.publication where round like 'acak-%'")" 3 \
    'three drafts, three publications'
is "$(cat "$work"/acak-*.* | grep -c 'has no draft to publish')" 6 \
    'every other attempt is told so'
is "$(sql "select count(*) from (select p.previous_digest, lag(p.digest) over (order by p.id)
             as digest from data.publication p) c
           where c.previous_digest is distinct from c.digest")" 0 \
    'the chain of digests has no gap and no fork'
done_testing
