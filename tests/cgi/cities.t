#!/bin/sh
# Page cities.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 22

status() { page "$@" | header Status; }

body=$(page /kota | body_of)
like "$body" '<h1>50 daerah peserta</h1>' 'the fifty'
is "$(printf '%s\n' "$body" | sed -n '/class="map"/,/<\/svg>/p' | grep -c '<circle')" 50 'all on the map'
like "$body" '<title>Kota Kediri: 3,31</title><circle class="dot"' 'filled: has a value'
like "$body" '<title>Kota Serang: belum ada nilai</title><circle class="ring"' 'ring: not yet'
like "$body" '<a href="/kota/kota-kediri">Kota Kediri</a> <span><data value="3.31">3,31</data> <small>2022</small>' 'the list has the value and its year'
like "$body" 'Di luar lima puluh peserta portal ini' 'others with published data stand apart'
unlike "$body" ' style=|<script>|\{\{' 'no style attribute, script or template marker'

body=$(page /kota q=kediri | body_of)
is "$(printf '%s\n' "$body" | grep -c '<input class="choose".*<a href="/kota/k[a-z]*-kediri">')" 2 'search finds names'
like "$body" '<h1>Hasil pencarian</h1>' 'an answer to a search'
unlike "$body" 'class="map"' 'has no map in its way'
like "$(page /kota q=sampah | body_of)" '<title>“sampah”: daerah dan quick win – Tolok Kota</title>' 'it looks for both'
like "$body" 'quick win cocok dengan “kediri”' 'and quick wins'
like "$(page /kota q=zzzz | body_of)" 'Belum ada yang cocok dengan “zzzz”' 'nothing matches: said'
like "$(page /kota q=zzzz | body_of)" '<a href="/quickwin\?q=zzzz">' 'with ways on'
body=$(page /kota 'q=%22%3Cb%3E%26' | body_of)
like "$body" 'value="&quot;&lt;b&gt;&amp;"' 'what was typed stays, escaped'
like "$body" 'href="/quickwin\?q=%22%3Cb%3E%26"' 'also in addresses'
body=$(page /kota 'provinsi=bali&jenis=kota' | body_of)
like "$body" '<option value="bali" selected>Bali</option>' 'filters stay chosen'
like "$body" 'href="/kota\?&amp;jenis=kota"><span class="hide">Lepas provinsi' 'a chip drops one and keeps the other'
is "$(status /kota jenis=desa)" '400 Bad Request' 'a kind that is none'
is "$(status /kota 'q=&provinsi=')" '200 OK' 'empty fields do not matter'

like "$(page /kota q=sampng | body_of)" 'Tidak ada daerah bernama “sampng”. Ini hasil untuk <b>“sampang”</b>' 'a mistyped name is said'
like "$(page /kota q=sampng | body_of)" '<a href="/kota/kabupaten-sampang">Kabupaten Sampang</a>' 'and found'
