#!/bin/sh
# Page quickwins by hand.
# shellcheck source=tests/lib.sh disable=SC1091
. "$(dirname "$0")/../lib.sh"
plan 22

status() { page "$@" | header Status; }
wins() { grep -c '<h3 lang="id"><a href="/quickwin/'; }

body=$(page /quickwin | body_of)
is "$(printf '%s\n' "$body" | wins)" 20 'twenty a page'
like "$body" 'href="/quickwin\?halaman=2">Berikutnya' 'the way to the next'
unlike "$body" ' style=|<script>|\{\{' 'no style attribute, script or template marker'
is "$(status /quickwin halaman=0)" '400 Bad Request' 'a page that can not be'
like "$(page /quickwin halaman=99 | body_of)" 'Kembali ke halaman pertama' 'a page beyond the last leads back'

body=$(page /quickwin 'q=sampah&dimensi=environment' | body_of)
like "$body" '<h2 id="hasil">[0-9]+ quick win tentang “sampah”</h2>' 'how many were found'
like "$body" 'name="q" type="search" maxlength="200" autocomplete="off" value="sampah"' 'what was typed stays'
like "$body" '<input type="hidden" name="dimensi" value="environment">' 'a new search keeps the filters'
like "$body" 'href="/quickwin\?dimensi=environment&amp;q=sampah" aria-current="true"' 'the chosen facet is marked'
like "$body" 'href="/quickwin\?jenis=kota&amp;q=sampah&amp;dimensi=environment"' 'a facet keeps the others'
like "$body" 'href="/quickwin\?&amp;dimensi=environment"><span class="hide">Lepas saringan sampah' 'a chip drops one'
like "$body" 'href="/quickwin\?&amp;q=sampah"><span class="hide">Lepas saringan environment' 'or the other'

body=$(page /quickwin 'dimensi=lain' | body_of)
like "$body" 'dimensi belum ditulis' 'those whose dimension no source names'
is "$(status /quickwin dimensi=mobility)" '400 Bad Request' 'a dimension that is none'

body=$(page /quickwin 'q=parkir+bawah+laut&dimensi=living' | body_of)
like "$body" 'Belum ada yang cocok dengan “parkir bawah laut”' 'nothing: said'
like "$body" '<a href="/quickwin\?dimensi=living">Lihat semua quick win Living</a>' 'with a way on'
like "$body" '<a href="/quickwin">Lihat seluruh katalog</a>' 'and another'
is "$(status /quickwin 'q=%27%22%26%7C%21%28%3A%2A')" '200 OK' 'signs of the search language do no harm'
is "$(page /quickwin 'kota=kota-kediri' | body_of | wins)" 6 'those of one city'
like "$(page /quickwin 'kota=kota-kediri' | body_of)" 'Kota Kediri <a class="drop" href="/quickwin\?">' 'by its name'
is "$(status /quickwin 'q=%FF')" '400 Bad Request' 'no text'
is "$(status /quickwin 'q=&dimensi=&tahun=')" '200 OK' 'empty fields do not matter'
