#!/usr/bin/env python3
"""Page compare."""
import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, count, done, is_, like, page, status, unlike  # noqa: E402

text = body('/banding', 'kota=kota-madiun,kota-serang,kota-kediri')
like(text, '<h1>Kota Madiun, Kota Serang, Kota Kediri</h1>', 'in the order asked')
flat = text.replace('\n', ' ')
like(
    flat,
    (
        '<b>Pada 2021, Kota Madiun 0,40 di atas Kota Kediri.</b> Kami membuka 2021: putaran '
        'terakhir saat dua'
    ),
    'a finding, and why the newest round in which two have a figure',
)
like(text, '<th scope="row">Kota Madiun</th><td class="gauge best">', 'the best is marked')
like(
    flat,
    (
        '<th scope="row">Kota Kediri</th><td class="gauge"> <data value="3.06">3,06</data>'
        '[^−]*<small>−0,40</small>'
    ),
    'the others have their distance to it',
)
like(
    flat,
    '<th scope="row">Kota Serang</th><td class="gauge"> <span class="none"><data value="">',
    'no data',
)
like(
    text,
    r'<b>Kota Serang</b>: belum ada angka yang terbit untuk 2021; belum ada data bukan berarti '
    r'nol\. Pada putaran lain pun',
    'what is not published is said',
)
unlike(text, '<data value="0', 'never a zero')
like(text, '<td>141 daerah</td>', "the ministry's ranks with their denominator")
like(text, '<span class="none">tidak disebut</span>', 'or that it is not told')
like(text, r'>Rabeg \(Reaksi atas Berita Warga\)</a>', 'quick wins')
like(text, r'<data value="759929">759\.929</data>', 'profile')
like(
    flat,
    r'href="/banding\?kota=kota-madiun,kota-kediri"><span class="hide">Hapus Kota Serang',
    'leaving one out keeps the rest',
)
like(flat, '>Kota Madiun dan daerah yang paling serupa</a>', 'other comparisons are proposed')
is_(
    count(text, '<input type="hidden" name="kota" value="[a-z-]*">'), 3, 'adding one keeps the rest'
)
unlike(text, r' style=|<script>|\{\{', 'no style attribute, script or template marker')

# The form works without a script: the name is repeated, empty ones do not count.
is_(
    body('/banding', 'kota=kota-madiun&kota=kota-serang&kota=kota-kediri'),
    text,
    'the name repeated is the same list',
)
is_(
    body('/banding', 'kota=kota-madiun,kota-serang,kota-madiun&kota=kota-kediri&kota='),
    text,
    'repeats and empty ones are dropped',
)
is_(
    body('/banding', 'kota=kota-madiun,%20kota-serang+,+kota-kediri'),
    text,
    'and blanks around commas',
)

text = body('/banding', 'kota=kota-madiun,kota-kediri&putaran=2022')
like(
    text,
    'Baru <b>Kota Kediri</b> yang menerbitkan .*Economy <data value="3.5">3,50</data>',
    'what only one has published',
)
like(text, '<input type="hidden" name="putaran" value="2022">', 'the form keeps the round')
like(text, r'href="/kota/kota-kediri\?putaran=2022"', 'so do the links')
like(
    text,
    r'<a href="/banding\?kota=kota-madiun,kota-kediri&amp;putaran=2024">2024',
    'the menu of rounds keeps who is chosen',
)

answer = page('/banding', 'kota=kota-madiun,nowhere,kota-kediri')
is_(answer.status, 404, 'an unknown one')
like(answer.text, 'Kami belum mengenal daerah “nowhere”', 'is named')
like(answer.text, '<h1>Kota Madiun, Kota Kediri</h1>', 'and the others stay')
is_(status('/banding', 'kota=a,b,c,d,e,f,g'), 400, 'seven are too many')
is_(status('/banding', 'kota=kota-madiun,kota-kediri&putaran=1999'), 404, 'an unknown round')
is_(status('/banding', 'kota=Kota%20Madiun'), 400, 'a name that can not be one')

text = body('/banding')
is_(
    count(text, '<select [a-z="]*( aria-label="Daerah kedua"){0,1}'),
    2,
    'nobody chosen: two to choose',
)
like(text, '<option value="kota-kediri">Kota Kediri</option>', 'from all')
text = body('/banding', 'kota=kota-kediri')
like(text, 'Pilih satu lagi', 'one chosen: one more')
like(
    text.replace('\n', ' '),
    r'<a href="/banding\?kota=kota-kediri,[a-z,-]*">Kota Kediri dan daerah yang paling serupa</a>',
    'and those that are like it',
)
like(
    body('/banding').replace('\n', ' '),
    '<a href="/banding[^"]*">6 yang naik paling banyak pada',
    'nobody chosen: ready examples',
)
unlike(text, '<option value="kota-kediri">', 'not the same one')

# The pictures: each criterion on a line, and each city's values over the rounds.
text = body('/banding', 'kota=kota-kediri,kota-madiun,kota-jambi&putaran=simulasi')
is_(count(text, '<b>[A-F]</b>'), 0, 'no city is a letter')
like(
    text.replace('\n', ' '),
    '<g class="hot">.*<text x="66%" y="[0-9.]+">Kediri *2,14</text></g>',
    'the line of the first one ends in its name and its value',
)
is_(count(text, '<line class="leader" '), 3, 'and a line leads from each last dot to its name')
is_(
    (count(text, '<rect class="hatch"'), count(text, '<figcaption><a href="/kota/')),
    (18, 3),
    'a matrix for each',
)
like(
    text.replace('\n', ' '),
    '<h2 id="silang">[A-Z][a-z]* paling membedakan: dari [0-9],[0-9]* ',
    'with a finding as title',
)
opened = text.split('<details>')
is_(
    (len(opened), count(opened[0], '<table class="data multiple">')),
    (3, 0),
    'the measures behind it are folded',
)
like(
    text,
    (
        '<th scope="row"><small>Median peserta reguler</small></th>'
        '<td class="gauge"><data value="2.995">3,00</data>'
    ),
    'the median of the group in the table',
)
unlike(text, 'Yang belum terbit', 'nothing is said about gaps where there are none')
like(
    text,
    '<th scope="col" class="num">Simulasi kedua<br><small>metode baru</small></th>',
    'the round of a new method',
)
is_(
    count(text, '<line x1="[0-9.]+%" y1="[0-9.]+" x2="[0-9.]+%"'),
    2,
    'only rounds of one method are joined, for each city that has both',
)
like(
    text,
    '<line class="lead-line" stroke-dasharray="2 5" x1="19.22%"',
    'with a break between the others',
)

# What can be chosen where there are too many for a menu is found by its name.
text = body('/banding', 'kota=kota-madiun&q=kediri')
like(
    text,
    r'<a href="/banding\?kota=kota-madiun,kota-kediri">Tambah Kota Kediri</a>',
    'a search offers whom it finds',
)
like(
    body('/banding', 'kota=kota-madiun&q=zzz'),
    'Belum ada daerah yang cocok dengan “zzz”',
    'or says that nobody fits',
)
done()
