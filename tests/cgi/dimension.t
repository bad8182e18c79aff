#!/bin/sh
# Page dimension.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 27

status() { page "$@" | header Status; }

answer=$(page /dimensi/governance)
is "$(printf '%s\n' "$answer" | header Status)" '302 Found' 'without a round it leads on'
is "$(printf '%s\n' "$answer" | header Location)" /dimensi/governance/2024 'to the newest real one'
is "$(page /en/dimensi/governance | header Location)" /en/dimensi/governance/2024 'in the same language'
is "$(status /dimensi/nothing/2024)" '404 Not Found' 'an unknown criterion'
is "$(status /dimensi/governance/1999)" '404 Not Found' 'an unknown round'
is "$(status /dimensi/governance/2024 terbitan=7)" '404 Not Found' 'an unknown edition'
is "$(status /dimensi)" '404 Not Found' 'no criterion at all'
is "$(status /dimensi/governance/2024 terbitan=nol)" '400 Bad Request' 'a number that is none'

body=$(page /dimensi/governance/simulasi | body_of)
like "$body" '<title>Governance Simulasi ketiga – Tolok Kota</title>' 'title'
like "$body" '<a href="/peringkat/simulasi">Simulasi ketiga</a></li></ol></nav>' 'the way back'
like "$body" 'Separuh daerah berada di antara' 'the dot strip'
like "$body" 'class="tag">data simulasi' 'says that it is simulated'
like "$body" 'href="/quickwin\?dimensi=governance">60 quick win Governance</a>' 'quick wins of the dimension'
like "$body" '<a href="/dimensi/governance.impact/simulasi">Impact</a></th>' 'its parts are pages too'
like "$body" '<a href="/dimensi/governance/2022">2022</a>' 'the other rounds'
is "$(printf '%s\n' "$body" | grep -c '<th scope="row">')" "$(printf '%s\n' "$body" | grep -c '<circle class="dot" data-name')" 'a dot for each row'
is "$(printf '%s\n' "$body" | grep -o '<td class="num wider">' | wc -l)" $((5 * $(printf '%s\n' "$body" | grep -c '<th scope="row">'))) 'five parts to each row'
unlike "$body" ' style=|\{\{' 'no style attribute and no template marker'
is "$(printf '%s\n' "$body" | sed -n 's/.*<circle class="dot" data-name="\([^"]*\)" data-value="\([^"]*\)".*/\1 \2/p' | sort)" \
    "$(printf '%s\n' "$body" | sed -n '/<th scope="row">/{s/.*">\([^<]*\)<\/a>.*/\1/;h};/<td class="gauge/{s/.*<td class="gauge[^>]*><data value="\([^"]*\)".*/\1/;H;g;s/\n/ /p}' | sort)" \
    'the picture has the figures of the table'

body=$(page /dimensi/governance/2024 | body_of)
like "$body" 'belum terbit untuk satu daerah pun' 'nobody has a value: said'
like "$body" '<a href="/dimensi/governance/2022">Lihat governance 2022</a>' 'with the round in which somebody has'
unlike "$body" '<table|class="chart"' 'and no empty table or picture'
body=$(page /dimensi/output/simulasi-2 | body_of)
like "$body" 'metode yang berbeda, jadi nilainya tidak dibandingkan' 'another method is not compared'
unlike "$body" 'class="change' 'and there is no column of changes'
like "$body" 'Belum ada nilai bukan berarti nol' 'who has no value is listed apart'
like "$(page /dimensi/output/2022 | body_of)" '<data value=' 'a component of a real round'
like "$(page /en/dimensi/governance/simulasi | body_of)" '<html lang="en">' 'in English'
