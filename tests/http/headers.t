#!/bin/sh
# Every answer, whoever makes it, bears the same headers once, and says no more about the server than it must.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"

big=$(mktemp)
trap 'rm -f "$big"' EXIT
head -c 100000 /dev/zero | tr '\0' x >"$big"
long=$(head -c 9000 /dev/zero | tr '\0' x)
longish=$(head -c 5000 /dev/zero | tr '\0' x)
etag=$(get / | header ETag)
changed=$(get /tolok.css | header Last-Modified)

# looks STATUS NAME PATH [CURL OPTION...]
looks() {
    status=$1 name=$2
    shift 2
    answer=$(get "$@" | head_of)
    is "$(printf '%s\n' "$answer" | sed -n '1s/^HTTP[^ ]* \([0-9]*\).*/\1/p')" "$status" "$name: status $status"
    for header in Content-Security-Policy Strict-Transport-Security X-Content-Type-Options X-Frame-Options Referrer-Policy \
        Cross-Origin-Opener-Policy Cross-Origin-Resource-Policy Permissions-Policy; do
        value=$(printf '%s\n' "$answer" | header "$header")
        [ -n "$value" ] || break
        [ "$value" = "$(printf '%s\n' "$first" | header "$header")" ] || break
        header=
    done
    is "$header" '' "$name: the security headers, once each and the same everywhere"
    like "$(printf '%s\n' "$answer" | header X-Request-Id)" '^[0-9a-f]{32}$' "$name: a request id"
    is "$(printf '%s\n' "$answer" | header Server)" nginx "$name: no version"
    like "$(printf '%s\n' "$answer" | grep -ic '^cache-control:')" '^1$' "$name: says once how long it may be kept"
    case $status,$name in
        30[12],* | 200,*page*)
            like "$(printf '%s\n' "$answer" | header Cache-Control)" \
                '^public, max-age=[0-9]+, s-maxage=2, stale-while-revalidate=8, stale-if-error=2592000$' "$name: may outlive the database"
            like "$(printf '%s\n' "$answer" | header X-Made)" '^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-9:]{8}Z$' "$name: and is dated" ;;
    esac
    case $status in
        4* | 5*) is "$(printf '%s\n' "$answer" | header Cache-Control)" no-store "$name: is not kept" ;;
    esac
}

first=$(get / | head_of)
like "$first" "^Content-Security-Policy: default-src 'none';" 'a strict policy'
unlike "$first" 'unsafe-' 'without exceptions'
is "$(printf '%s\n' "$first" | header X-Content-Type-Options)" nosniff 'no sniffing'
like "$first" '^Content-Type: text/html; charset=utf-8$' 'text in UTF-8'
like "$first" '^Content-Language: id$' 'in Indonesian'

looks 200 'page' /
looks 200 'file' /tolok.css
looks 200 'packed page' / -H 'Accept-Encoding: gzip'
looks 200 'page by another way' '/kota?x=1'
looks 200 'head of a page' / -I
looks 304 'page that is known' / -H "If-None-Match: $etag"
looks 304 'page that is known, packed' / -H "If-None-Match: W/$etag"
looks 304 'file that is known' /tolok.css -H "If-Modified-Since: $changed"
looks 302 'redirect' /peringkat
looks 301 'slash too many' /kota/
looks 404 'page that is none' /tidak-ada
looks 404 'city that is none' /kota/tidak-ada
looks 404 'file that is none' /tidak-ada.css
looks 404 'folder of the error pages' /galat/503.html
looks 404 'address with two slashes' //kota
looks 400 'bad parameter' '/quickwin?halaman=nol'
looks 400 'bad escape' /%zz
looks 400 'NUL' /%00
looks 400 'no request line' / -H 'Host: a b'
looks 405 'POST to a page' / -d a=b
looks 405 'method that is none' / -X PUT
looks 405 'TRACE' / -X TRACE
looks 413 'large body' / -d @"$big"
looks 414 'long address' "/$long"
looks 414 'address too long for the program' "/$longish"
looks 414 'query too long for the program' "/?q=$longish"
looks 431 'long header' / -H "X-Long: $long"

for options in '-d a=b' '-X DELETE'; do
    # shellcheck disable=SC2086
    is "$(get / $options | header Allow)" 'GET, HEAD' "what is allowed instead of $options"
done
for refused in '/%zz' "/$long"; do
    like "$(get "$refused")" '<link rel="stylesheet" href="/tolok.css">' 'the own page of an error has the look of the others'
done
id=$(get /%zz | sed -n 's/.*<code>\([0-9a-f]*\)<.*/\1/p')
like "$id" '^[0-9a-f]{32}$' 'and tells the visitor the request id'
done_testing
