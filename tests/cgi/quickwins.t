#!/usr/bin/env python3
"""Page quickwins."""
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, done, is_, like, lines, status, unlike  # noqa: E402


def wins(text):
    return lines(text, '<h3 lang="id"><a href="/quickwin/')


def marks(text):
    return sorted(set(re.findall('<mark>([^<]*)</mark>', text)))


text = body('/quickwin')
is_(wins(text), 20, 'twenty a page')
like(text, r'href="/quickwin\?halaman=2" rel="next">Berikutnya', 'the way to the next')
unlike(text, r' style=|<script>|\{\{', 'no style attribute, script or template marker')
is_(status('/quickwin', 'halaman=0'), 400, 'a page that can not be')
like(
    body('/quickwin', 'halaman=99'),
    'Kembali ke halaman pertama',
    'a page beyond the last leads back',
)

text = body('/quickwin', 'q=sampah&dimensi=environment')
like(text, '<h2 id="hasil">[0-9]+ quick win tentang “sampah”</h2>', 'how many were found')
like(
    text,
    'name="q" type="search" maxlength="200" autocomplete="off" value="sampah"',
    'what was typed stays',
)
like(
    text,
    '<input type="hidden" name="dimensi" value="environment">',
    'a new search keeps the filters',
)
like(
    text,
    r'href="/quickwin\?dimensi=environment&amp;q=sampah" aria-current="true"',
    'the chosen facet is marked',
)
like(
    text,
    r'href="/quickwin\?jenis=kota&amp;q=sampah&amp;dimensi=environment"',
    'a facet keeps the others',
)
like(
    text,
    r'href="/quickwin\?&amp;dimensi=environment"><span class="hide">Lepas penyaring sampah',
    'a chip drops one',
)
like(
    text,
    r'href="/quickwin\?&amp;q=sampah"><span class="hide">Lepas penyaring environment',
    'or the other',
)

# Topics and sizes.
text = body('/quickwin', 'topik=sampah')
like(
    text,
    r'href="/quickwin\?topik=sampah" aria-current="true">Sampah dan limbah <small>[0-9]+</small>',
    'the chosen topic is marked',
)
like(text, r'Sampah dan limbah <a class="drop" href="/quickwin\?">', 'and can be dropped')
like(text, '<input type="hidden" name="topik" value="sampah">', 'a search keeps it')
like(
    text,
    r'penduduk=raya&amp;topik=sampah">1 juta penduduk atau lebih <small>',
    'and so does a choice of size',
)
text = body('/en/quickwin', 'topik=sampah&penduduk=besar')
like(text, '>Waste <a class="drop"', 'in English too')
like(text, '500 thousand to 1 million people <a class="drop"', 'both')
like(
    body('/quickwin', 'q=sampha&dimensi=society'),
    'quickwin[?]q=sampha">Maksud Anda “sampah”[?]</a>',
    'nothing, and mistyped: what was meant',
)

text = body('/quickwin', 'dimensi=lain')
like(text, 'dimensi belum ditulis', 'those whose dimension no source names')
is_(status('/quickwin', 'dimensi=mobility'), 400, 'a dimension that is none')

text = body('/quickwin', 'q=parkir+bawah+laut&dimensi=living')
like(text, 'Belum ada yang cocok dengan “parkir bawah laut”', 'nothing: said')
like(text, r'<a href="/quickwin\?dimensi=living">Lihat semua quick win Living</a>', 'with a way on')
like(text, '<a href="/quickwin">Lihat seluruh katalog</a>', 'and another')
is_(
    status('/quickwin', 'q=%27%22%26%7C%21%28%3A%2A'),
    200,
    'signs of the search language do no harm',
)
is_(wins(body('/quickwin', 'kota=kota-kediri')), 6, 'those of one city')
like(
    body('/quickwin', 'kota=kota-kediri'),
    r'Kota Kediri <a class="drop" href="/quickwin\?">',
    'by its name',
)
is_(status('/quickwin', 'q=%FF'), 400, 'no text')
is_(status('/quickwin', 'q=&dimensi=&tahun='), 200, 'empty fields do not matter')

# What was looked for is marked, and nothing that was typed becomes markup.
is_(
    marks(body('/quickwin', 'q=aduan')),
    ['Lapor', 'Pelaporan', 'Pengaduan', 'aduan', 'laporan', 'pelaporan', 'pengaduan'],
    'words that were found are marked',
)
is_(marks(body('/quickwin')), [], 'without a search nothing is')
unlike(
    body('/quickwin', 'q=%3Cmark%3E%3Cscript%3E+sampah'),
    '<script>|<mark>&lt;|value="<',
    'typed markup stays text',
)
text = body('/quickwin', 'q=sampha')
like(
    text,
    'Tidak ada “sampha” di katalog. Ini hasil untuk <b>“sampah”</b>',
    'a mistyped word is said',
)
like(
    body('/en/quickwin', 'q=sampha'),
    '“sampha” is not in the catalogue. These are the results for <b>“sampah”</b>',
    'in English too',
)

# Offices.
text = body('/quickwin', 'perangkat=dinas-kesehatan&urut=judul')
is_(wins(text), 6, 'those of an office, however it is written')
like(text, r'Dinas Kesehatan <a class="drop" href="/quickwin\?&amp;urut=judul">', 'by its name')
like(
    text,
    r'href="/quickwin\?perangkat=dinas-kesehatan&amp;urut=judul" aria-current="true"><span '
    r'lang="id">Dinas Kesehatan</span> <small>6</small>',
    'its facet is marked',
)
like(
    text, '<input type="hidden" name="perangkat" value="dinas-kesehatan">', 'a new search keeps it'
)
like(text, '<option value="judul" selected>', 'the order stays chosen')
is_(status('/quickwin', 'perangkat=Dinas'), 400, 'an office that can not be')
is_(status('/quickwin', 'urut=acak'), 400, 'nor an order')
like(
    body('/quickwin', 'perangkat=tidak-ada'),
    'Belum ada yang cocok',
    'an unknown office: nothing, with ways on',
)
like(body('/quickwin', 'halaman=2'), '<li>Halaman 2 dari 10</li>', 'where one is among the pages')
done()
