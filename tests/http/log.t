#!/bin/bash
# One request id runs through the answer, nginx's log and the program's log.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"

log=$VAR/log
# seen FILE TEXT: waits for the line, as the loggers write a moment later.
seen() {
    for _ in {1..50}; do
        tap_line=$(cat "$1"/@* "$1"/current 2>/dev/null | grep -F -e "$2" | tail -n 1)
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

# What a visitor reads out to us from an error page is in both logs, or in nginx's alone when it made the page. nginx
# writes its lines a second later, so they are looked for when all pages have been asked for.
pages=('400 program /quickwin?halaman=nol' '400 program /kota%0a' '404 program /kota/tidak-ada' '404 program /tidak-ada'
    '404 program /tidak-ada.css' '400 nginx /%zz')
ids=()
for page in "${pages[@]}"; do
    answer=$(get "${page##* }")
    ids+=("$(printf '%s\n' "$answer" | sed -n 's/.*<code>\([0-9a-f]\{32\}\)<.*/\1/p')")
    is "${ids[-1]}" "$(printf '%s\n' "$answer" | header X-Request-Id)" "${page##* }: the page has the id of the answer"
done
for i in "${!pages[@]}"; do
    read -r status by path <<<"${pages[i]}"
    id=${ids[i]:-none}
    like "$(seen "$log/access" "\"request_id\":\"$id\"")" "\"status\":$status," "$path: nginx logs it as $status"
    [ "$by" = nginx ] || like "$(seen "$log/web" "$id")" "event=request request_id=$id .*status=$status " "$path: and so does the program"
done

mine=$(get / -H 'X-Request-Id: 11111111111111111111111111111111' | header X-Request-Id)
unlike "$mine" '^1{32}$' 'a visitor can not choose the id'
get '/kota?q=%0d%0ats=forged%20level=info' >/dev/null
is "$(grep -c '^ts=forged' "$log/web/current")" 0 'nor write a line of the log'
is "$(get '/tidak%0d%0aX-Evil:%20yes' | header X-Evil)" '' 'nor a header'

# Also of those who leave in the middle of a word.
(exec 3<>"/dev/tcp/127.0.0.1/$PORT" && printf 'GET /setengah' >&3) 2>/dev/null
is "$(cat "$log"/access/@* "$log"/access/current 2>/dev/null | python3 -c '
import json, sys
for line in sys.stdin:
    if not line.endswith("\n"):
        break  # the last one is in the making
    try:
        entry = json.loads(line)
        assert len(entry["request_id"]) == 32 and entry["seconds"] >= 0 and "cache" in entry
    except (ValueError, KeyError, AssertionError, TypeError):
        print(line)' | head -n 3)" '' 'each line of the log of requests is one object'
done_testing
