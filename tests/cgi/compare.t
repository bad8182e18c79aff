#!/bin/sh
# Page compare by hand.
# shellcheck source=tests/lib.sh disable=SC1091
. "$(dirname "$0")/../lib.sh"
plan 30

status() { page "$@" | header Status; }

body=$(page /banding kota=kota-madiun,kota-serang,kota-kediri | body_of)
like "$body" '<h1>Kota Madiun, Kota Serang, Kota Kediri</h1>' 'in the order asked'
like "$body" '2021: 2 dari 3 daerah punya nilai akhir' 'the newest round in which two have a figure'
like "$body" '<th scope="row">Kota Madiun</th><td class="gauge best">' 'the best is marked'
flat=$(printf '%s' "$body" | tr '\n' ' ')
like "$flat" '<th scope="row">Kota Kediri</th><td class="gauge"> <data value="3.06">3,06</data>[^−]*<small>−0,40</small>' 'the others have their distance to it'
like "$flat" '<th scope="row">Kota Serang</th><td class="gauge"> <span class="none"><data value="">' 'no data'
like "$body" '<b>Kota Serang</b>: belum ada angka yang terbit untuk 2021; belum ada data bukan berarti nol\. Pada putaran lain pun' 'what is not published is said'
unlike "$body" '<data value="0' 'never a zero'
like "$body" '<td>141 daerah</td>' "the ministry's ranks with their denominator"
like "$body" '<span class="none">tidak disebut</span>' 'or that it is not told'
like "$body" '>Rabeg \(Reaksi atas Berita Warga\)</a>' 'quick wins'
like "$body" '<data value="759929">759\.929</data>' 'profile'
like "$body" '<a class="drop" href="/banding\?kota=kota-madiun,kota-kediri"><span class="hide">Keluarkan Kota Serang' 'leaving one out keeps the rest'
is "$(printf '%s\n' "$body" | grep -o '<input type="hidden" name="kota" value="[a-z-]*">' | wc -l)" 3 'adding one keeps the rest'
unlike "$body" ' style=|<script>|\{\{' 'no style attribute, script or template marker'

# The form works without a script: the name is repeated, empty ones do not count.
is "$(page /banding 'kota=kota-madiun&kota=kota-serang&kota=kota-kediri' | body_of)" "$body" 'the name repeated is the same list'
is "$(page /banding 'kota=kota-madiun,kota-serang,kota-madiun&kota=kota-kediri&kota=' | body_of)" "$body" 'repeats and empty ones are dropped'

body=$(page /banding 'kota=kota-madiun,kota-kediri&putaran=2022' | body_of)
like "$body" 'Baru <b>Kota Kediri</b> yang menerbitkan .*Economy <data value="3.5">3,50</data>' 'what only one has published'
like "$body" '<input type="hidden" name="putaran" value="2022">' 'the form keeps the round'
like "$body" 'href="/kota/kota-kediri\?putaran=2022"' 'so do the links'
like "$body" '<a href="/banding\?kota=kota-madiun,kota-kediri&amp;putaran=2024">2024' 'the menu of rounds keeps who is chosen'

answer=$(page /banding kota=kota-madiun,nowhere,kota-kediri)
is "$(printf '%s\n' "$answer" | header Status)" '404 Not Found' 'an unknown one'
like "$answer" 'Kami belum mengenal daerah “nowhere”' 'is named'
like "$answer" '<h1>Kota Madiun, Kota Kediri</h1>' 'and the others stay'
is "$(status /banding kota=a,b,c,d,e,f,g)" '400 Bad Request' 'seven are too many'
is "$(status /banding 'kota=kota-madiun,kota-kediri&putaran=1999')" '404 Not Found' 'an unknown round'
is "$(status /banding 'kota=Kota%20Madiun')" '400 Bad Request' 'a name that can not be one'

body=$(page /banding | body_of)
is "$(printf '%s\n' "$body" | grep -o '<select [a-z="]*\( aria-label="Daerah kedua"\)\{0,1\}' | wc -l)" 2 'nobody chosen: two to choose'
like "$body" '<option value="kota-kediri">Kota Kediri</option>' 'from all'
body=$(page /banding kota=kota-kediri | body_of)
like "$body" 'Pilih satu lagi' 'one chosen: one more'
unlike "$body" '<option value="kota-kediri">' 'not the same one'
