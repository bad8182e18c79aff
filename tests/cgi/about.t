#!/bin/sh
# Page about.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 16

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

for anchor in siapa simulasi kontak bahasa lisensi pasti; do
    printf '%s\n' "$body" | grep -q "<a href=\"#$anchor\">" || fail "no way to $anchor"
done
pass 'every topic is in the list of contents'
like "$body" 'belum mencantumkan alamat kontak' 'without a contact it says so'
like "$(page /tentang '' TOLOK_CONTACT=kantor@tolok.example | body_of)" 'layanan ini: <a href="mailto:kantor@tolok\.example">kantor@tolok\.example</a>' 'a mail address of the operator'
like "$(page /tentang '' TOLOK_CONTACT='https://tolok.example/tulis?a=1&b=2' | body_of)" '<a href="https://tolok\.example/tulis\?a=1&amp;b=2">' 'or a page'
like "$body" 'belum diaudit pihak luar' 'the statement on accessibility says what was not done'
like "$body" 'berlisensi MIT' 'the licence'
like "$body" '<a href="/koreksi">' 'the way to the corrections'
like "$(page /en/tentang | body_of)" 'Accessibility' 'in English'
unlike "$(page /en/tentang | body_of)" 'Lisensi|Bahasa<|Aksesibilitas' 'all of it'
