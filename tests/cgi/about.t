#!/bin/sh
# Page about by hand.
# shellcheck source=tests/lib.sh disable=SC1091
. "$(dirname "$0")/../lib.sh"
plan 7

body=$(page /tentang | body_of)
like "$body" '<title>Tentang Tolok Kota – Tolok Kota</title>' 'title'
like "$body" '<dd>189 ' 'how many figures'
like "$body" 'dinyatakan</th>.*<td class="num">176</td>' 'marks of confidence, counted'
like "$body" 'cahyadsn/wilayah.*lisensi MIT' 'credits'
like "$body" 'Natural Earth, domain publik' 'of the map too'
for anchor in sumber koreksi akses; do
    printf '%s\n' "$body" | grep -q "id=\"$anchor\"" || fail "no $anchor to land on"
done
pass 'the places that every page links to'
unlike "$body" 'mailto:' 'no address is made up'
