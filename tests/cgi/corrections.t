#!/bin/bash
# Page corrections by hand, and the command that makes a correction.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"
plan 26
scratch_database
folder=$(mktemp -d)
# shellcheck disable=SC2154 # set by scratch_database
trap 'dropdb -U postgres -f "$tap_database"; rm -rf "$folder"' EXIT

body=$(page /koreksi | body_of)
like "$body" '<title>Koreksi – Tolok Kota</title>' 'title'
like "$body" 'Semua putaran resmi masih pada terbitan pertamanya' 'no correction yet: said'
like "$body" '<a href="#lapor">Kabarkan kekeliruan</a>' 'with a way on'
unlike "$body" '<table|mailto:' 'no table without rows, and no address is made up'
like "$(page /koreksi/2022 | body_of)" 'Putaran ini belum pernah dikoreksi' 'a round without any'
is "$(page /koreksi/1999 | header Status)" '404 Not Found' 'no such round'
is "$(page /koreksi/2022 terbitan=2 | header Status)" '404 Not Found' 'no such edition'
is "$(page /koreksi/2022 terbitan=0 | header Status)" '400 Bad Request' 'an edition that can not be'
like "$(page /koreksi/simulasi | body_of)" '<body class="sim">' 'a simulated round is marked'
like "$(page /en/koreksi | body_of)" 'All official rounds are still in their first edition' 'in English'

# A figure of 2022 was wrong.
"$TOLOK" export 2022 "$folder/2022" >/dev/null
sed -i 's/^32.73,index,3.71/32.73,index,3.75/' "$folder/2022/official.csv"
rm "$folder/2022/SHA256SUMS" "$folder/2022/results.csv"
"$TOLOK" import "$folder/2022" >/dev/null
is "$("$TOLOK" publish 2022 --reason 2>&1 >/dev/null | head -n 1)" 'tolok: publish: no value after --reason' 'a reason is text'
succeeds 'the correction is published' "$TOLOK" publish 2022 --reason 'Surat menyebut 3,75 & bukan <b>3,71</b>.'
is "$("$TOLOK" publish 2022 --reason x 2>&1 >/dev/null | head -n 1)" 'tolok: publish: round 2022 has no draft to publish' 'once'
is "$("$TOLOK" rounds --reason x 2>&1 >/dev/null | head -n 1)" 'tolok: rounds: unknown option --reason' 'other commands take no reason'

body=$(page /koreksi | body_of)
like "$body" '<h2 id="k-[0-9]+">2022: terbitan ke-2</h2>' 'the edition'
like "$body" '<time datetime="20[0-9-]{8}">' 'its day'
like "$body" 'Alasan: <span lang="id">Surat menyebut 3,75 &amp; bukan &lt;b&gt;3,71&lt;/b&gt;\.</span>' 'the reason, as text'
like "$body" '<a href="/kota/kota-bandung\?putaran=2022">Kota Bandung</a>' 'the city'
like "$body" '<td class="num"><data value="3.71">3,71</data></td>' 'from'
like "$body" '<td class="num"><data value="3.75">3,75</data></td>' 'to'
like "$body" '<a href="/peringkat/2022\?terbitan=1">terbitan ke-1</a>' 'the way to what it was'
like "$body" '1 nilai di 1 daerah' 'counted'
like "$(page /en/koreksi | body_of)" '1 score of 1 region\.' 'with the right plurals in English'
like "$(page /koreksi/2022 terbitan=2 | body_of)" '<title>Koreksi 2022, terbitan ke-2 – Tolok Kota</title>' 'the edition has an address'
like "$(page /koreksi/2022 terbitan=1 | body_of)" 'Terbitan ini tidak menggantikan apa pun' 'the first one corrects nothing'
unlike "$(page /koreksi/2021 | body_of)" '<table' 'another round has none of it'
