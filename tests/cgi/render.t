#!/bin/bash
# Documents by hand: what an address is made of, and a page drawn without a database.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"
plan 17
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# away COMMAND...: where there is no database.
away() { env TOLOK_DB='host=/nowhere' "$@"; }

PATH_INFO=/tentang "$WEB" --document >"$folder/about" 2>/dev/null </dev/null
like "$(head -c 20 "$folder/about")" '^\{"members":50,' 'the document of an address'
is "$(python3 -c 'import json, sys; print(type(json.load(sys.stdin)).__name__)' <"$folder/about")" dict 'as JSON'
PATH_INFO=/tentang away "$WEB" --render about <"$folder/about" 2>/dev/null | body_of >"$folder/drawn"
is "$(cat "$folder/drawn")" "$(PATH_INFO=/tentang "$WEB" 2>/dev/null </dev/null | body_of)" 'drawn it is the page'
like "$(PATH_INFO=/en/tentang away "$WEB" --render about <"$folder/about" 2>/dev/null)" '<html lang="en">' 'in the language of the address'
like "$(PATH_INFO=/koreksi/1999 "$WEB" --document 2>/dev/null </dev/null | head -n 1)" '^Status: 404' 'an address without one'
like "$(PATH_INFO=/koreksi/2022 QUERY_STRING=terbitan=x "$WEB" --document 2>/dev/null </dev/null | head -n 1)" '^Status: 400' 'inputs are checked'

# draw TEXT [PAGE]: what is said about a document, and the status.
draw() {
    printf '%s' "$1" | away "$WEB" --render "${2-about}" 2>&1 >/dev/null | grep -v '^ts=.*event=request'
    return "${PIPESTATUS[1]}"
}
like "$(draw '{"members": 1')" '^about: byte 13: ' 'what is wrong with a document, and where'
draw '{"members": 1' >/dev/null
is $? 1 'and fails'
like "$(draw '{"members": 01}')" '^about: |bad_document' 'no document is drawn that a page would refuse'
draw '[1]' >/dev/null
is $? 1 'nor one that is no object'
like "$(draw '')" 'there is no document' 'nothing'
like "$(draw '{}' nothing)" 'no such page' 'a page that is none'
draw '{"members": 1, "sources": null}' >/dev/null
is $? 0 'a document that was made up'

names=$(printf '{"members": 1, "sources": [{"wins": 2, "extra": 1}]} {"sources": null, "weak": []}' |
    away "$WEB" --names about 2>/dev/null | sort -u)
like "$names" '^unread sources\.extra$' 'a key that nobody reads'
like "$names" '^unknown figure_count$' 'a name that nobody has'
like "$names" '^textless weak$' 'a name without a text'
is "$(away "$DESK" --render board 2>&1 </dev/null | head -n 1)" 'desk: unknown argument; see desk --help' 'not at the desk'
