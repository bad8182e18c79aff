#!/bin/bash
# What the operator's listener says: health, readiness and figures; and that the public one says none of it.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"

# inside PATH [CURL OPTION...]: past nginx's cache, by the internal listener: head and body.
inside() {
    local path=$1
    shift
    curl -s -i --noproxy '*' -m 30 --unix-socket "$PGHOST/watch.sock" "$@" "http://watch$path" | tr -d '\r'
}
# figure NAME: a value out of the text in $metrics; NAME with its labels.
figure() { printf '%s\n' "$metrics" | awk -v name="$1" '$1 == name {print $2}'; }
# grows NAME BY WHAT: the figure is larger by that much at least, as other tests ask for pages too.
grows() { ok "$(awk -v a="$(metrics=$before figure "$1")" -v b="$(figure "$1")" -v by="$2" 'BEGIN {print (b - a >= by)}')" "$3"; }

answer=$(inside /healthz)
like "$answer" '^HTTP/1.1 200 ' 'the process lives'
is "$(printf '%s\n' "$answer" | body_of)" ok 'and says so'
is "$(printf '%s\n' "$answer" | header Cache-Control)" no-store 'now, not earlier'
is "$(printf '%s\n' "$answer" | header Content-Type)" 'text/plain; charset=utf-8' 'in plain text'
is "$(inside /healthz -I | body_of)" '' 'HEAD has no body'
is "$(inside /readyz | body_of)" ready 'database and schema are as the program wants them'
like "$(inside /nginx)" '^Active connections: [0-9]+' 'nginx has figures too'
like "$(inside /tidak-ada)" '^HTTP/1.1 404 ' 'another address is a page or none'

before=$(inside /metrics)
is "$(printf '%s\n' "$before" | header Content-Type)" 'text/plain; version=0.0.4; charset=utf-8' 'figures in the format of Prometheus'
is "$(printf '%s\n' "$before" | body_of | promtool check metrics 2>&1)" '' 'which its own tool has nothing to say about'

for _ in 1 2 3; do inside /tentang >/dev/null; done
inside /tentang -H 'Accept-Encoding: gzip' -o /dev/null
inside /tidak-ada >/dev/null
inside '/quickwin?halaman=nol' >/dev/null
get "/kota?tidak=$$&q=kota$$" >/dev/null
metrics=$(inside /metrics)
grows 'tolok_answers_total{page="about",code="200"}' 4 'answers of a page are counted'
grows 'tolok_answer_duration_seconds_count{page="about"}' 4 'with their times'
grows 'tolok_answer_duration_seconds_bucket{page="about",le="+Inf"}' 4 'each in a class'
grows 'tolok_answers_total{page="none",code="404"}' 1 'and addresses without page'
grows 'tolok_answers_total{page="quickwins",code="400"}' 1 'and refusals'
grows 'tolok_phase_seconds_total{phase="query"}' 0.000001 'and the time that they took'
grows 'tolok_sent_bytes_total' 20000 'and bytes'
grows 'tolok_canonical_redirects_total' 1 'and addresses in another form'
grows 'tolok_db_reads_total{outcome="ok"}' 5 'and reads of the database'
is "$(figure 'tolok_db_gate_shut{gate="connect"}') $(figure 'tolok_db_gate_shut{gate="answer"}')" '0 0' 'which is there'
is "$(figure tolok_worker_alone)" 0 'they count together'
ok $(($(figure tolok_start_time_seconds) <= $(date +%s))) 'they began to count in the past'

for path in /healthz /readyz /metrics /nginx; do
    is "$(code $path)" 404 "$path is no public address"
    is "$(code $path -H 'TOLOK_WATCH: 1' -H 'Tolok-Watch: 1')" 404 "$path neither for who asks nicely"
done
is "$(inside /metrics -d a=b | sed -n '1s/^HTTP[^ ]* \([0-9]*\).*/\1/p')" 405 'figures are only read'
is "$(inside '/healthz?a=b' | body_of)" ok 'a query string does not matter'

# By hand the program has the same answers, of itself alone.
is "$(page /healthz '' TOLOK_WATCH=1 | body_of)" ok 'by hand it lives as well'
like "$(page /metrics '' TOLOK_WATCH=1)" '^tolok_worker_starts_total 0$' 'and is no worker'
away=$(page /readyz '' TOLOK_WATCH=1 TOLOK_DB='host=/nowhere dbname=x user=x')
like "$away" '^Status: 503 ' 'without a database it is not ready'
is "$(printf '%s\n' "$away" | body_of)" "$(printf 'not ready\ndatabase: can not be reached')" 'and says why'
done_testing
