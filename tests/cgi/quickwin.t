#!/usr/bin/env python3
"""Page quickwin."""
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, done, is_, like, status, unlike  # noqa: E402


def found(query, mark=''):
    """The number of the first quick win that a search finds, whose title begins with that mark."""
    link = f'<h3 lang="id"><a href="/quickwin/([0-9]*)">{mark}'
    return re.search(link, body('/quickwin', query))[1]


is_(status('/quickwin/999999'), 404, 'an unknown one')
is_(status('/quickwin/abc'), 404, 'a number that is none')

number = found('q=PENDEKAR', '<mark>PENDEKAR')
text = body(f'/quickwin/{number}')
like(text, r'<h1 lang="id">PENDEKAR \(Pelayanan Dekati Rakyat\)</h1>', 'its title')
like(text, '<a href="/kota/kota-madiun">Kota Madiun</a> · Jawa Timur · 2019', 'city and year')
like(
    text,
    'masalah, bahan, langkah, hasil, pelajaran. Yang mengetahuinya Kota Madiun.',
    'what is not known is said in one line',
)
unlike(text, '<dt>(Masalah|Perangkat daerah)</dt>', 'and has none of its own')
like(text, r'href="/meja/quickwin/baru\?tiru=[0-9]+">Kami meniru ini</a>', 'a city can say so')
like(
    text,
    '<dt>Sumber</dt><dd lang="id">Diskominfo Kota Madiun, 30 September 2019</dd>',
    'a source in words',
)
like(text, 'Serupa di daerah lain', 'similar ones')
unlike(text, r' style=|<script>|\{\{', 'no style attribute, script or template marker')

number = found('q=E-SPTPD', '<mark>E')
like(
    body(f'/quickwin/{number}'),
    r'<a class="button quiet" href="/quickwin\?kota=kota-kediri">6 quick win Kota Kediri</a>',
    'the way to the others of the city',
)
number = found('q=KURNIA', '<mark>KURNIA')
like(
    body(f'/quickwin/{number}'),
    r'Pemerintah Kota Kediri, 29 September 2022 <a href="https://metaranews\.co/\?p=8585">|<a '
    r'href="https://metaranews\.co',
    'a source with an address',
)

# How others reach who runs it: nothing is made up.
like(
    body(f'/quickwin/{number}'),
    'Sumbernya tidak menyebut perangkat daerah yang mengelola',
    'no office named: said',
)
text = body('/quickwin/' + found('q=sleman+smart+room', '<mark>Sleman'))
like(
    text,
    'Pengelolanya <span lang="id">Dinas Komunikasi dan Informatika</span>, Kabupaten Sleman',
    'an office',
)
like(
    text,
    r'sumber di sini: <a href="https://kominfo\.slemankab\.go\.id/',
    'a site of the region that is a source',
)
unlike(text, 'mailto:|href="tel:|[0-9]{3,4}-[0-9]{4,}', 'no address or number of anybody')
text = body('/quickwin/' + found('q=e-warung'))
like(text, 'Belum ada yang serupa menurut kata-katanya', 'nothing alike: said')
done()
