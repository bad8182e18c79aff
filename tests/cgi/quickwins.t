#!/bin/sh
# Page quickwins.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 36

status() { page "$@" | header Status; }
wins() { grep -c '<h3 lang="id"><a href="/quickwin/'; }
marks() { grep -o '<mark>[^<]*</mark>' | sort -u | tr '\n' ' '; }

body=$(page /quickwin | body_of)
is "$(printf '%s\n' "$body" | wins)" 20 'twenty a page'
like "$body" 'href="/quickwin\?halaman=2" rel="next">Berikutnya' 'the way to the next'
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

# What was looked for is marked, and nothing that was typed becomes markup.
is "$(page /quickwin q=aduan | body_of | marks)" '<mark>Lapor</mark> <mark>Pelaporan</mark> <mark>Pengaduan</mark> <mark>aduan</mark> <mark>laporan</mark> <mark>pelaporan</mark> <mark>pengaduan</mark> ' 'words that were found are marked'
is "$(page /quickwin | body_of | marks)" '' 'without a search nothing is'
unlike "$(page /quickwin 'q=%3Cmark%3E%3Cscript%3E+sampah' | body_of)" '<script>|<mark>&lt;|value="<' 'typed markup stays text'
body=$(page /quickwin q=sampha | body_of)
like "$body" 'Tidak ada “sampha” di katalog. Ini hasil untuk <b>“sampah”</b>' 'a mistyped word is said'
like "$(page /en/quickwin q=sampha | body_of)" '“sampha” is not in the catalogue. These are the results for <b>“sampah”</b>' 'in English too'

# Offices.
body=$(page /quickwin 'perangkat=dinas-kesehatan&urut=judul' | body_of)
is "$(printf '%s\n' "$body" | wins)" 4 'those of an office'
like "$body" 'Dinas Kesehatan <a class="drop" href="/quickwin\?&amp;urut=judul">' 'by its name'
like "$body" 'href="/quickwin\?perangkat=dinas-kesehatan&amp;urut=judul" aria-current="true"><span lang="id">Dinas Kesehatan</span> <small>4</small>' 'its facet is marked'
like "$body" '<input type="hidden" name="perangkat" value="dinas-kesehatan">' 'a new search keeps it'
like "$body" '<option value="judul" selected>' 'the order stays chosen'
is "$(status /quickwin perangkat=Dinas)" '400 Bad Request' 'an office that can not be'
is "$(status /quickwin urut=acak)" '400 Bad Request' 'nor an order'
like "$(page /quickwin perangkat=tidak-ada | body_of)" 'Belum ada yang cocok' 'an unknown office: nothing, with ways on'
like "$(page /quickwin halaman=2 | body_of)" '<li>Halaman 2 dari 10</li>' 'where one is among the pages'
