#!/bin/sh
# Page quickwin.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 16

status() { page "$@" | header Status; }

is "$(status /quickwin/999999)" '404 Not Found' 'an unknown one'
is "$(status /quickwin/abc)" '404 Not Found' 'a number that is none'

id=$(page /quickwin q=PENDEKAR | body_of | sed -n 's|.*<h3 lang="id"><a href="/quickwin/\([0-9]*\)"><mark>PENDEKAR.*|\1|p')
body=$(page "/quickwin/$id" | body_of)
like "$body" '<h1 lang="id">PENDEKAR \(Pelayanan Dekati Rakyat\)</h1>' 'its title'
like "$body" '<a href="/kota/kota-madiun">Kota Madiun</a> · Jawa Timur · 2019' 'city and year'
like "$body" '<dt>Perangkat daerah</dt><dd>belum diisi</dd>' 'what is not known says so'
like "$body" '<dt>Sumber</dt><dd lang="id">Diskominfo Kota Madiun, 30 September 2019</dd>' 'a source in words'
like "$body" '4 dari 8 bagian terisi' 'how much is known'
like "$body" 'Serupa di daerah lain' 'similar ones'
unlike "$body" ' style=|<script>|\{\{' 'no style attribute, script or template marker'

id=$(page /quickwin q=E-SPTPD | body_of | sed -n 's|.*<h3 lang="id"><a href="/quickwin/\([0-9]*\)"><mark>E.*|\1|p')
like "$(page "/quickwin/$id" | body_of)" '<a class="button quiet" href="/quickwin\?kota=kota-kediri">6 quick win Kota Kediri</a>' 'the way to the others of the city'
id=$(page /quickwin q=KURNIA | body_of | sed -n 's|.*<h3 lang="id"><a href="/quickwin/\([0-9]*\)"><mark>KURNIA.*|\1|p')
like "$(page "/quickwin/$id" | body_of)" 'Pemerintah Kota Kediri, 29 September 2022 <a href="https://metaranews\.co/\?p=8585">|<a href="https://metaranews\.co' 'a source with an address'

# How others reach who runs it: nothing is made up.
like "$(page "/quickwin/$id" | body_of)" 'Sumbernya tidak menyebut perangkat daerah yang mengelola' 'no office named: said'
body=$(page "/quickwin/$(page /quickwin 'q=sleman+smart+room' | body_of | sed -n 's|.*<a href="/quickwin/\([0-9]*\)"><mark>Sleman.*|\1|p' | head -n 1)" | body_of)
like "$body" 'Pengelolanya <span lang="id">Dinas Komunikasi dan Informatika</span>, Kabupaten Sleman' 'an office'
like "$body" 'sumber di sini: <a href="https://kominfo\.slemankab\.go\.id/' 'a site of the region that is a source'
unlike "$body" 'mailto:|href="tel:|[0-9]{3,4}-[0-9]{4,}' 'no address or number of anybody'
body=$(page "/quickwin/$(page /quickwin q=e-warung | body_of | sed -n 's|.*<a href="/quickwin/\([0-9]*\)">.*|\1|p' | head -n 1)" | body_of)
like "$body" 'Belum ada yang serupa menurut kata-katanya' 'nothing alike: said'
