#!/usr/bin/env python3
"""Page compare."""
import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, count, done, is_, like, page, status, unlike  # noqa: E402

text = body('/banding', 'kota=kota-madiun,kota-serang,kota-kediri')
like(text, '<h1>Kota Madiun, Kota Serang, Kota Kediri</h1>', 'in the order asked')
like(text, '2021: 2 dari 3 daerah punya nilai akhir', 'the newest round in which two have a figure')
like(text, '<th scope="row">Kota Madiun</th><td class="gauge best">', 'the best is marked')
flat = text.replace('\n', ' ')
like(flat,
     '<th scope="row">Kota Kediri</th><td class="gauge"> <data value="3.06">3,06</data>'
     '[^−]*<small>−0,40</small>', 'the others have their distance to it')
like(flat, '<th scope="row">Kota Serang</th><td class="gauge"> <span class="none"><data value="">',
     'no data')
like(text,
     r'<b>Kota Serang</b>: belum ada angka yang terbit untuk 2021; belum ada data bukan berarti '
     r'nol\. Pada putaran lain pun', 'what is not published is said')
unlike(text, '<data value="0', 'never a zero')
like(text, '<td>141 daerah</td>', "the ministry's ranks with their denominator")
like(text, '<span class="none">tidak disebut</span>', 'or that it is not told')
like(text, r'>Rabeg \(Reaksi atas Berita Warga\)</a>', 'quick wins')
like(text, r'<data value="759929">759\.929</data>', 'profile')
like(text,
     r'<a class="drop" href="/banding\?kota=kota-madiun,kota-kediri"><span class="hide">Keluarkan '
     r'Kota Serang', 'leaving one out keeps the rest')
is_(count(text, '<input type="hidden" name="kota" value="[a-z-]*">'), 3,
    'adding one keeps the rest')
unlike(text, r' style=|<script>|\{\{', 'no style attribute, script or template marker')

# The form works without a script: the name is repeated, empty ones do not count.
is_(body('/banding', 'kota=kota-madiun&kota=kota-serang&kota=kota-kediri'), text,
    'the name repeated is the same list')
is_(body('/banding', 'kota=kota-madiun,kota-serang,kota-madiun&kota=kota-kediri&kota='), text,
    'repeats and empty ones are dropped')
is_(body('/banding', 'kota=kota-madiun,%20kota-serang+,+kota-kediri'), text,
    'and blanks around commas')

text = body('/banding', 'kota=kota-madiun,kota-kediri&putaran=2022')
like(text, 'Baru <b>Kota Kediri</b> yang menerbitkan .*Economy <data value="3.5">3,50</data>',
     'what only one has published')
like(text, '<input type="hidden" name="putaran" value="2022">', 'the form keeps the round')
like(text, r'href="/kota/kota-kediri\?putaran=2022"', 'so do the links')
like(text, r'<a href="/banding\?kota=kota-madiun,kota-kediri&amp;putaran=2024">2024',
     'the menu of rounds keeps who is chosen')

answer = page('/banding', 'kota=kota-madiun,nowhere,kota-kediri')
is_(answer.status, 404, 'an unknown one')
like(answer.text, 'Kami belum mengenal daerah “nowhere”', 'is named')
like(answer.text, '<h1>Kota Madiun, Kota Kediri</h1>', 'and the others stay')
is_(status('/banding', 'kota=a,b,c,d,e,f,g'), 400, 'seven are too many')
is_(status('/banding', 'kota=kota-madiun,kota-kediri&putaran=1999'), 404, 'an unknown round')
is_(status('/banding', 'kota=Kota%20Madiun'), 400, 'a name that can not be one')

text = body('/banding')
is_(count(text, '<select [a-z="]*( aria-label="Daerah kedua"){0,1}'), 2,
    'nobody chosen: two to choose')
like(text, '<option value="kota-kediri">Kota Kediri</option>', 'from all')
text = body('/banding', 'kota=kota-kediri')
like(text, 'Pilih satu lagi', 'one chosen: one more')
unlike(text, '<option value="kota-kediri">', 'not the same one')

# The pictures: each criterion on a line, and each city's values over the rounds.
text = body('/banding', 'kota=kota-kediri,kota-madiun,kota-jambi&putaran=simulasi')
like(text, '<li><b>A</b> Kota Kediri</li><li><b>B</b> Kota Madiun</li><li><b>C</b> Kota Jambi</li>',
     'each city is a letter')
like(text,
     '<text class="strong" y="14">Branding</text><text x="100%" y="14" text-anchor="end">selisih '
     '1,21</text><line class="grid" x2="100%" y1="38" y2="38"/><line class="span" x1="37.75%" '
     'x2="68%"', 'a line from the lowest to the highest')
like(text,
     '<circle class="dot" cx="37.75%" cy="38" r="5.5" data-name="Kota Kediri" data-value="1.51"/>'
     '<text class="strong" x="37.75%" y="28" text-anchor="middle">A</text>',
     'a dot for each city, with its letter and its figure')
like(text,
     '<th scope="row"><small>Median ?</small></th><td class="gauge"><data value="2.995">'
     '3,00</data>', 'the median of the group in the table')
like(text, '<line class="med" x1="74.88%" x2="74.88%" y1="31" y2="49" data-value="2.995"/>',
     'and in the picture')
unlike(text, 'Yang belum terbit', 'nothing is said about gaps where there are none')
like(text, '<th scope="col" class="num">Simulasi kedua<br><small>metode baru</small></th>',
     'the round of a new method')
is_(count(text, '<line class="rise"[^>]*>'), 2,
    'only rounds of one method are joined, for each city that has both')
like(text, '<line class="calm" stroke-dasharray="2 5" x1="31%"', 'with a break between the others')

# What can be chosen where there are too many for a menu is found by its name.
text = body('/banding', 'kota=kota-madiun&q=kediri')
like(text, r'<a href="/banding\?kota=kota-madiun,kota-kediri">Tambah Kota Kediri</a>',
     'a search offers whom it finds')
like(body('/banding', 'kota=kota-madiun&q=zzz'), 'Belum ada daerah yang cocok dengan “zzz”',
     'or says that nobody fits')
done()
