#!/bin/sh
# Page city.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 37

status() { page "$@" | header Status; }

is "$(status /kota/kota-kediri)" '200 OK' 'a city'
is "$(status /kota/nowhere)" '404 Not Found' 'an unknown one'
is "$(status /kota/kota-surabaya)" '404 Not Found' 'one of which nothing was published'
is "$(status /kota/kota-kediri putaran=1999)" '404 Not Found' 'an unknown round'
is "$(status /kota/kota-kediri 'putaran=2022&terbitan=9')" '404 Not Found' 'an unknown edition'
is "$(status /kota/kota-kediri 'putaran=20%2022')" '400 Bad Request' 'a round that can not be one'
is "$(status /kota/Kota%20Kediri)" '404 Not Found' 'a name that can not be one'
is "$(status /kota/kota-kediri 'putaran=&lain=1')" '200 OK' 'empty and unknown fields do not matter'

body=$(page /kota/kota-kediri | body_of)
like "$body" '<title>Kota Kediri 2022 – Tolok Kota</title>' 'its newest round with a figure'
like "$body" '<p class="score"><data value="3.31">3,31</data>' 'the official value counts'
like "$body" '<dt>Hitungan kami</dt><dd><data value="3.315">3,315</data> <small>beda 0,005; yang berlaku nilai resmi' 'ours beside it, with the difference'
for figure in 3.6:3,60 3.21:3,21 3.23:3,23 3.07:3,07 3.65:3,65 2.75:2,75 3.5:3,50 3.33:3,33; do
    like "$body" "<data value=\"${figure%:*}\">${figure#*:}</data>" "component or dimension ${figure#*:}"
done
like "$body" '<dt>Peringkat nasional</dt><dd><data value="22">22</data> <small>jumlah daerah tidak disebut sumber' "the ministry's rank, and that its denominator is not told"
like "$body" '<dt>Peringkat di Jawa Timur</dt><dd><data value="4">4</data>' 'and the one in the province'
like "$body" 'urutan 3 di antara 5 daerah yang nilainya diterbitkan' 'our order says among how many'
like "$body" '<data value="3.40">3,40</data> <small>ditetapkan sendiri' 'target'
like "$body" 'Tinggal 0,09 lagi menuju target daerah, 3,40' 'what is left to it'
like "$body" '<data value="0.25">\+0,25</data>' 'improvement'
is "$(printf '%s\n' "$body" | grep -cE '<h3 lang="id"><a href="/quickwin/[0-9]+">(E-SPTPD|Bank Sampah|Prodamas Plus|KURNIA \(Kredit Usaha Melayani Warga\)|Home Care Peduli|English Massive)</a></h3>')" 6 'its six quick wins'
like "$(tr '\n' ' ' <<TEXT
$body
TEXT
)" '<li id="sumber-1">1\. [^<]*<span lang="id">[^<]*</span> *<a href="https://bangsaonline\.com/' \
    'numbered sources with their address'
like "$body" '<li class="none"><a href="/kota/kota-kediri\?putaran=2023">2023' 'years without data are marked'
unlike "$body" ' style=|<script>|\{\{|>NULL<' 'no style attribute, script or template marker'

body=$(page /kota/kota-serang | body_of)
like "$body" 'Belum ada nilai Kota Serang yang terbit' 'a city without any figure says so'
like "$body" 'Wisata religi' 'and shows its quick wins'
unlike "$body" '<data value="0' 'never a zero'

body=$(page /kota/kabupaten-bekasi putaran=2024 | body_of)
like "$body" '<b>Sumber lemah\.</b>' 'weak facts are shown with their caution'
like "$body" '<a href="/kota/kabupaten-bekasi\?putaran=2023">Lihat nilai 2023</a>' 'and the way to the round that has a value'

body=$(page /kota/kota-kediri putaran=simulasi-1 | body_of)
like "$body" 'Garis tegak dan kolom kanan: median kelompok kota;' 'which group a city is compared with'
like "$body" '<dt>Median kelompok</dt><dd><data value="[0-9.]*">[0-9],[0-9]*</data> <small>dari [0-9]+ daerah; separuhnya di antara' 'how its values lie, and how many they are'
like "$body" 'Ruang tumbuh terluas sampai median kelompok: <b>[A-Za-z ]*</b>, [0-9],[0-9]* lagi' 'and where there is most room to grow'
