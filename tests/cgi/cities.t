#!/usr/bin/env python3
"""Page cities."""
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, done, is_, like, lines, status, unlike  # noqa: E402

text = body('/kota')
like(text, '<h1>50 daerah peserta</h1>', 'the fifty')
drawn = re.search(r'class="map".*?</svg>', text, re.S)[0]
is_(lines(drawn, '<circle'), 50, 'all on the map')
near = re.search(r'class="map java".*?</figure>', text, re.S)[0]
is_(near.count('<circle'), 32, 'the close-up shows who lies in it')
like(text, '<small>32 dari 50', 'and says how many')
like(
    text,
    '<rect class="frame" x="22.13%" y="67.22%" width="25.53%" height="20%"/>',
    'the map, where it lies',
)
like(text, '<title>Kota Kediri: 3,31</title><circle class="dot"', 'filled: has a value')
like(text, '<title>Kota Serang: belum ada nilai</title><circle class="ring"', 'ring: not yet')
like(
    text,
    (
        '<a href="/kota/kota-kediri">Kota Kediri</a> <span><data value="3.31">3,31</data> <small>'
        '2022</small>'
    ),
    'the list has the value and its year',
)
like(text, 'Di luar lima puluh peserta portal ini', 'others with published data stand apart')
unlike(text, r' style=|<script>|\{\{', 'no style attribute, script or template marker')

text = body('/kota', 'q=kediri')
is_(lines(text, '<input class="choose".*<a href="/kota/k[a-z]*-kediri">'), 2, 'search finds names')
like(text, '<h1>Hasil pencarian</h1>', 'an answer to a search')
unlike(text, 'class="map"', 'has no map in its way')
like(
    body('/kota', 'q=sampah'),
    '<title>“sampah”: daerah dan quick win – Tolok Kota</title>',
    'it looks for both',
)
like(text, 'quick win cocok dengan “kediri”', 'and quick wins')
like(body('/kota', 'q=zzzz'), 'Belum ada yang cocok dengan “zzzz”', 'nothing matches: said')
like(body('/kota', 'q=zzzz'), r'<a href="/quickwin\?q=zzzz">', 'with ways on')
text = body('/kota', 'q=%22%3Cbz%3E%26')
like(text, 'value="&quot;&lt;bz&gt;&amp;"', 'what was typed stays, escaped')
like(text, r'href="/quickwin\?q=%22%3Cbz%3E%26"', 'also in addresses')
text = body('/kota', 'provinsi=bali&jenis=kota')
like(text, '<option value="bali" selected>Bali</option>', 'filters stay chosen')
like(
    text,
    r'href="/kota\?&amp;jenis=kota"><span class="hide">Lepas provinsi',
    'a chip drops one and keeps the other',
)
is_(status('/kota', 'jenis=desa'), 400, 'a kind that is none')
is_(status('/kota', 'q=&provinsi='), 200, 'empty fields do not matter')

like(
    body('/kota', 'q=sampng'),
    'Tidak ada daerah bernama “sampng”. Ini hasil untuk <b>“sampang”</b>',
    'a mistyped name is said',
)
like(
    body('/kota', 'q=sampng'),
    '<a href="/kota/kabupaten-sampang">Kabupaten Sampang</a>',
    'and found',
)
done()
