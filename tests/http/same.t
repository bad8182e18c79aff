#!/bin/sh
# The same request by hand as CGI and through nginx gives the same body.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# What differs: the request id, which only error pages show.
plain() { tr -d '\r' | sed 's/<code>[0-9a-f]\{32\}</<code>ID</'; }

# same ENCODING PATH QUERY
same() {
    name="$2${3:+?$3}${1:+ as $1}"
    page "$2" "$3" HTTP_ACCEPT_ENCODING="$1" | plain >"$folder/by_hand"
    get "$2${3:+?$3}" -H "Accept-Encoding: $1" | plain >"$folder/served"
    is "$(body_of <"$folder/served" | cksum)" "$(body_of <"$folder/by_hand" | cksum)" "$name: the same body"
    is "$(sed -n '1s/^HTTP[^ ]* \([0-9]*\).*/\1/p' "$folder/served")" "$(header Status <"$folder/by_hand" | cut -d' ' -f1)" \
        "$name: the same status"
    for header in ETag Location Cache-Control Content-Type Content-Encoding Content-Length Vary; do
        is "$(header $header <"$folder/served")" "$(header $header <"$folder/by_hand")" "$name: the same $header"
    done
}

while read -r path query; do
    same '' "$path" "$query"
done <<'TEXT'
/
/peringkat
/peringkat/2022
/peringkat/2022 ukuran=governance&urut=nama
/kota
/kota q=kediri&jenis=kota
/kota/kota-kediri
/kota/kota-kediri/2022
/banding kota=kota-madiun,kota-serang,kota-kediri
/quickwin q=sampah
/quickwin/1
/metode/2022
/tentang
/tidak-ada
/kota/tidak-ada
/quickwin halaman=nol
/quickwin x=1&q=%73ampah&&jenis=&halaman=+1
/banding putaran=2022&kota=kota-madiun&kota=kota-serang%2Ckota-madiun
/banding kota=kota-madiun,%20kota-serang&q=kediri
/kota/ utm_source=x&q=kota%20kediri
/peringkat/ x
TEXT
for path in / /kota/kota-kediri /peringkat; do
    same gzip "$path" ''
done
is "$(get /kota/kota-kediri -H 'Accept-Encoding: gzip' | header Content-Encoding)" gzip 'a page is packed for whom that suits'
is "$(curl -s --noproxy '*' --compressed "$BASE/kota/kota-kediri" | cksum)" "$(curl -s --noproxy '*' "$BASE/kota/kota-kediri" | cksum)" \
    'and is the same page'

# Decoded once, by nginx; by hand PATH_INFO is decoded already.
is "$(code /kot%61/kota-kediri)" 200 'an escaped letter is that letter'
is "$(code /kota%252fkota-kediri)" 404 'nothing is decoded twice'
done_testing
