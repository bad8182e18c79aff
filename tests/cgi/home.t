#!/bin/sh
# Page home: what a visitor reads. Whether its links lead somewhere is asked by tests/web/site.t.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 23

answer=$(page /)
body=$(printf '%s\n' "$answer" | body_of)
is "$(printf '%s\n' "$answer" | header Status)" '200 OK' 'it answers'
like "$body" '<title>Lima puluh daerah, satu mistar – Tolok Kota</title>' 'title'
like "$body" '<meta property="og:title" content="Lima puluh daerah, satu mistar">' 'what a message shows of it'
unlike "$(page / '' TOLOK_SITE= | body_of)" 'og:image|canonical' 'without addresses, when nobody told where the site is'
like "$(page / '' TOLOK_SITE=https://tolok.example | body_of)" '<meta property="og:image" content="https://tolok.example/tolok-kota.png">' 'and with one'
like "$body" '<form class="search" action="/kota">' 'a search'
is "$(printf '%s\n' "$body" | grep -o '<circle class="dot" data-name="[^"]*" data-value="[0-9.]*" cx="[0-9.]*%" cy="[0-9.]*%" r="[0-9.]*%"/></a>' | wc -l)" 14 'a filled dot for each value'
is "$(printf '%s\n' "$body" | grep -o '<circle class="ring" cx="[0-9.]*%" cy="[0-9.]*%" r="1%"/></a>' | wc -l)" 36 'a ring for each other member'
like "$body" '<title>Kota Bandung: 3,93</title><circle class="dot" data-name="Kota Bandung" data-value="3.93" cx="[0-9.]+%" cy="[0-9.]+%" r="1.59%"' 'the highest value is the largest dot'
like "$body" '<line class="lead-line" x1="76.64%" x2="76.64%" y1="24" y2="62"/><circle class="dot" data-name="Kota Bandung" data-value="3.93" cx="76.64%"' 'the best value first on the ruler'
like "$body" 'x1="74.1%" x2="74.1%" y1="24" y2="87"/>' 'each on a line of its own'
like "$body" '>0</text>.*|<text x="39%" y="16" text-anchor="middle">2</text>' 'labels along it'
like "$body" 'Cari kota, kabupaten, atau quick win' 'one search for both'
like "$body" '<a href="/dimensi/governance/2022">nilai 2022</a>' 'the dimensions lead to the round that has values'
like "$body" '14 dari 50 daerah punya nilai 2024 yang terbit, dari 2,04 sampai 3,93\.' 'the finding first'
like "$body" '<data value="3.93">3,93</data>' 'a value for machines and for readers'
like "$body" '<data value="0.50">\+0,50</data>' 'a change with its sign'
like "$body" '13 nasional' "the ministry's own rank"
like "$body" '<a href="https://jambikota.go.id/content/931">jambikota.go.id</a>' 'with the source'
like "$body" 'Semua 195 quick win' 'how many quick wins'
unlike "$body" 'class="sim"|data simulasi' 'nothing simulated'
unlike "$body" ' style=|<script>' 'no style attribute and no script'
unlike "$body" '\{\{|\}\}' 'no template marker is left'
