#!/bin/sh
# One request id runs through the answer, nginx's log and the program's log.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

log=$VAR/log
# seen FILE TEXT: waits for the line, as the loggers write a moment later.
seen() {
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        tap_line=$(cat "$1"/current "$1"/@* 2>/dev/null | grep -F -e "$2" | tail -n 1)
        [ -z "$tap_line" ] || break
        sleep 0.1
    done
    printf '%s\n' "$tap_line"
}

# An address that nobody else asks for: no kept page answers it.
path="/kota?q=log$$"
id=$(get "$path" -A 'quote " and back\slash' | header X-Request-Id)
access=$(seen "$log/access" "$id")
like "$access" "\"method\":\"GET\",\"uri\":\"/kota\?q=log$$\",\"status\":200," 'nginx logs the request'
is "$(printf '%s\n' "$access" | python3 -c 'import json, sys; print(json.load(sys.stdin)["agent"])')" 'quote " and back\slash' 'as JSON'
like "$access" '"upstream_seconds":"[0-9.]+"' 'with the time of the worker'
like "$access" '"cache":"MISS"' 'and what the cache had to say'
program=$(seen "$log/web" "$id")
like "$program" "event=request request_id=$id page=cities method=GET path=/kota status=200" 'the program logs it too'
like "$program" 'query_ms=[0-9.]+' 'with the time of each phase'

mine=$(get / -H 'X-Request-Id: 11111111111111111111111111111111' | header X-Request-Id)
unlike "$mine" '^1{32}$' 'a visitor can not choose the id'
get '/kota?q=%0d%0ats=forged%20level=info' >/dev/null
is "$(grep -c '^ts=forged' "$log/web/current")" 0 'nor write a line of the log'
is "$(get '/tidak%0d%0aX-Evil:%20yes' | header X-Evil)" '' 'nor a header'
done_testing
