#!/bin/bash
# What the operator can ask of the desk's program, and nobody else.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 6

watch() { curl -s --unix-socket "$(realpath "$VAR/run/watch.sock")" -m 10 "http://watch$1"; }
is "$(watch /desk/healthz)" ok 'the desk lives'
is "$(watch /desk/readyz)" ready 'and its database has what it asks for'
count() { watch /desk/metrics | sed -n 's/^tolok_answers_total{page="signin",code="200"} //p'; }
before=$(count)
code /masuk >/dev/null
ok $(($(count) > ${before:-0})) 'its answers are counted'
like "$(watch /desk/metrics)" '^tolok_worker_starts_total [1-9]' 'and its workers'
is "$(watch /metrics | grep -c 'page="signin"')" 0 'the figures of the public program are its own'
is "$(code /desk/metrics) $(code /en/desk/metrics)" '404 404' 'visitors find none of it'
