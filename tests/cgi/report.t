#!/bin/sh
# Page report.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 15

status() { page "$@" | header Status; }

is "$(status /kota/kota-kediri/2022)" '200 OK' 'a city in a round'
is "$(status /kota/kota-kediri/1999)" '404 Not Found' 'an unknown round'
is "$(status /kota/nowhere/2022)" '404 Not Found' 'an unknown city'
is "$(status /kota/kota-padang/2022)" '404 Not Found' 'a city that took no part'
is "$(status /kota/kota-kediri/2022 terbitan=9)" '404 Not Found' 'an unknown edition'
is "$(status /kota/kota-kediri/2022 terbitan=1)" '200 OK' 'an edition'

body=$(page /kota/kota-kediri/2022 | body_of)
like "$body" '<article class="sheet">' 'one sheet'
like "$body" '<p class="score"><data value="3.31">3,31</data>' 'the official value'
like "$body" '<data value="3.315">3,315</data>' 'ours beside it'
like "$body" 'https://bangsaonline\.com/berita/113379/[a-z0-9-]*</a>' 'sources are written out for paper'
like "$body" 'Terbitan 1, [0-9]+ [A-Z][a-z]+ 20[0-9]+; metode [^ ;]+; sidik [0-9a-f]{16}' 'publication, day, method and digest'
is "$(printf '%s\n' "$body" | grep -c '<td><a href="/quickwin/')" 6 'quick wins'
unlike "$body" ' style=|<script>|\{\{' 'no style attribute, script or template marker'

body=$(page /kota/kota-serang/2022 | body_of)
like "$body" 'Belum ada nilai Kota Serang yang terbit' 'a participant without a figure has a card that says so'
unlike "$body" '<data value="0' 'never a zero'
