#!/bin/sh
# Page ranking.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 41

status() { page "$@" | header Status; }

answer=$(page /peringkat)
is "$(printf '%s\n' "$answer" | header Status)" '302 Found' 'without a round it leads on'
is "$(printf '%s\n' "$answer" | header Location)" /peringkat/2024 'to the newest real one'
is "$(status /peringkat/1999)" '404 Not Found' 'an unknown round'
is "$(status /peringkat/2024 ukuran=nothing)" '404 Not Found' 'an unknown criterion'
is "$(status /peringkat/2024 terbitan=7)" '404 Not Found' 'an unknown edition'

answer=$(page /peringkat/2024 urut=besar)
is "$(printf '%s\n' "$answer" | header Status)" '400 Bad Request' 'an order that is none'
like "$answer" 'Isian <b>urut</b> .*<code>peringkat nilai nama provinsi perubahan</code>' 'the field is named, with what is accepted'
like "$(page /peringkat/2024 terbitan=nol)" 'Isian <b>terbitan</b> .* bilangan bulat dari 1 sampai 100000' 'a number that is none'
is "$(status /peringkat/2024 'jenis=kota&jenis=kota')" '400 Bad Request' 'a field that is given twice'
is "$(status /peringkat/2024 'provinsi=&jenis=&unknown=1')" '200 OK' 'empty and unknown fields do not matter'

body=$(page /peringkat/2024 | body_of)
like "$body" 'Kelompok umum · Urutan di antara 9 daerah yang nilainya diterbitkan' 'an incomplete round says among how many'
like "$body" 'Kelompok kohort 2023 · Urutan di antara 10 daerah' 'a table for each group'
like "$body" '<h2 id="belum">Belum ada nilai</h2>' 'who has no figure is listed apart'
is "$(printf '%s\n' "$body" | grep -c '<td class="rank">')" 19 'only who has a figure has a place'
like "$body" '<a href="/kota/kota-bandung/2024">Kota Bandung</a>' 'links keep the round'
like "$body" 'hitungan kami <data value="3.475">3,475</data>' 'our figure beside the official one'
like "$body" '8 dari 50, kohort 2023' "the ministry's rank with group and denominator"
like "$body" '<a href="/peringkat/2023">2023</a>' 'the other rounds'
unlike "$body" ' style=|<script>|\{\{' 'no style attribute, script or template marker'
like "$(page /peringkat/2022 | body_of)" '<data value="3.31">3,31</data>.*hitungan kami <data value="3.315">3,315</data>' 'Kota Kediri 2022'
like "$(page /peringkat/2021 | body_of)" 'metode yang berbeda, jadi nilainya tidak dibandingkan' 'another method is not compared'

body=$(page /peringkat/2024 'provinsi=jawa-timur&jenis=kota' | body_of)
is "$(printf '%s\n' "$body" | grep -c '<td class="rank">')" 2 'filters choose rows'
like "$body" '<option value="jawa-timur" selected>Jawa Timur</option>' 'and stay chosen'
body=$(page /peringkat/2024 provinsi=papua | body_of)
like "$body" 'Belum ada daerah yang cocok dengan saringan itu' 'nothing matches: said, with ways on'
unlike "$body" '<table' 'and no empty table'
is "$(page /peringkat/2024 pulau=kalimantan | body_of | grep -c '<td class="rank">')" 2 'a group of islands too'
like "$(page /en/peringkat/2024 pulau=kalimantan | body_of)" '<option value="bali-nusa-tenggara">Bali and Nusa Tenggara</option>' 'named in both languages'
like "$(page /peringkat/2024 pulau=atlantis | body_of)" 'Belum ada daerah yang cocok dengan saringan itu' 'one that there is not has nobody'
is "$(status /peringkat/2024 pulau=A%20B)" '400 Bad Request' 'and a bad word is refused'

# The pictures: in each the figures of the table.
body=$(page /peringkat/simulasi | body_of)
# rows: name, value and, where there is one, the value before, as the table has them.
rows() {
    printf '%s\n' "$body" | sed -n -e '/aria-label="Pilih /{s/.*">\([^<]*\)<\/a>.*/\1/;h;}' -e '/<td class="gauge"/{s/.*<td class="gauge"><data value="\([^"]*\)".*/\1/;H;}' \
        -e '/>dari <data/{s/.*dari <data value="\([^"]*\)".*/\1/;H;}' -e '/<\/tr>/{x;s/\n/ /g;/ [0-9]/p;s/.*//;x;}' | sort
}
is "$(printf '%s\n' "$body" | sed -n 's/.*<circle class="dot" data-name="\([^"]*\)" data-value="\([^"]*\)".*/\1 \2/p' | sort)" \
    "$(rows | sed 's/\( [0-9.]*\) [0-9.]*$/\1/')" 'dots have the figures of the table'
is "$(printf '%s\n' "$body" | grep -o 'data-name="[^"]*" data-value="[^"]*" data-from="[^"]*"' | awk -F'"' '{print $2, $4, $6}' | sort)" \
    "$(rows | grep -E ' [0-9.]+ [0-9.]+$')" 'lines have both figures of the table'
is "$(printf '%s\n' "$body" | grep -o '<line class="rise"' | wc -l)" 5 'the five largest rises are strong'
like "$body" '39 dari 47 daerah nilainya naik sejak Simulasi kedua' 'the finding first'
body=$(page /peringkat/simulasi pulau=kalimantan | body_of)
is "$(printf '%s\n' "$body" | grep -c '<circle class="dot" data-name'):$(printf '%s\n' "$body" | grep -c '<circle class="body"')" 5:45 'what a filter hides is pale'
is "$(printf '%s\n' "$body" | grep -o '<line [^>]*data-from=' | wc -l):$(printf '%s\n' "$body" | grep -o '<line class="calm"' | wc -l)" 5:42 'and its lines bear no figure'
like "$body" 'Garis tebal: daerah yang cocok dengan saringan' 'which is said'
body=$(page /peringkat/simulasi-2 urut=perubahan | body_of)
unlike "$body" 'id="lereng"|class="change' 'a round whose method changed has no change anywhere'
unlike "$(page /peringkat/2019 | body_of)" 'id="sebaran"|id="lereng"' 'one value is no picture'
unlike "$(page /peringkat/simulasi-1 | body_of)" 'id="lereng"|class="change' 'nor has the first round'

body=$(page /peringkat/2024 'kelompok=%3Cb%3E%22x' | body_of)
unlike "$body" '<b>"x' 'what the visitor wrote is not markup'
like "$(page /peringkat/2024 ukuran=outcome | body_of)" '<h1>Peringkat 2024 menurut outcome</h1>' 'by another criterion'
