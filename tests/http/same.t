#!/bin/sh
# The same request by hand as CGI and through nginx gives the same body.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# The request id is the only thing that differs.
plain() { tr -d '\r' | sed 's/[0-9a-f]\{32\}/ID/g'; }

while read -r path query; do
    by_hand=$(page "$path" "$query" REQUEST_ID=00000000000000000000000000000000 | plain)
    served=$(get "$path${query:+?$query}" | plain)
    is "$(printf '%s\n' "$served" | body_of | cksum)" "$(printf '%s\n' "$by_hand" | body_of | cksum)" "$path?$query: the same body"
    is "$(printf '%s\n' "$served" | sed -n '1s/^HTTP[^ ]* \([0-9]*\).*/\1/p')" \
        "$(printf '%s\n' "$by_hand" | header Status | cut -d' ' -f1)" "$path?$query: the same status"
    for name in ETag Location Cache-Control Content-Type; do
        is "$(printf '%s\n' "$served" | header $name)" "$(printf '%s\n' "$by_hand" | header $name)" "$path?$query: the same $name"
    done
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
TEXT

# Decoded once, by nginx; by hand PATH_INFO is decoded already.
is "$(code /kot%61/kota-kediri)" 200 'an escaped letter is that letter'
is "$(code /kota%252fkota-kediri)" 404 'nothing is decoded twice'
done_testing
