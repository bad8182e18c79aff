#!/bin/sh
# Files of public/ through nginx: types, caching, packing.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"

while read -r path type; do
    answer=$(get "$path" | head_of)
    like "$answer" '^HTTP/1.1 200 ' "$path is there"
    like "$answer" "^Content-Type: $type" "$path is $type"
    like "$answer" '^Cache-Control: public, max-age=[0-9]+$' "$path may be kept"
    like "$answer" '^ETag: ' "$path can be asked for again"
done <<'TEXT'
/tolok.css text/css; charset=utf-8$
/logo.svg image/svg\+xml; charset=utf-8$
/indonesia.svg image/svg\+xml; charset=utf-8$
/tolok.js text/javascript; charset=utf-8$
/favicon.ico image/x-icon$
/logo-180.png image/png$
/tolok-kota.png image/png$
/robots.txt text/plain; charset=utf-8$
TEXT

is "$(curl -s --noproxy '*' "$BASE/tolok.css" | cksum)" "$(cksum <"$ROOT/public/tolok.css")" 'byte for byte'
etag=$(get /tolok.css | header ETag)
is "$(code /tolok.css -H "If-None-Match: $etag")" 304 'the same file is not sent twice'
packed=$(curl -s --noproxy '*' -H 'Accept-Encoding: gzip' "$BASE/tolok.css" | wc -c)
ok $((packed < $(wc -c <"$ROOT/public/tolok.css") / 2)) "packed: $packed bytes"
like "$(get /tolok.css -H 'Accept-Encoding: gzip' | tr -d '\000')" '^Vary: Accept-Encoding' 'and says that it depends on what the client takes' 2>/dev/null
is "$(get /tolok.css -I | body_of)" '' 'HEAD has no body'
is "$(code /../Makefile)" 400 'nothing above the folder'
is "$(code /..%2fMakefile)" 400 'nor with an escaped slash'
is "$(code /.git/config)" 404 'nothing hidden'
is "$(code /templates/home.html)" 404 'no template'
done_testing
