#!/usr/bin/env python3
"""Page ranking."""
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, count, done, is_, like, lines, page, status, unlike  # noqa: E402

answer = page('/peringkat')
is_(answer.status, 302, 'without a round it leads on')
is_(answer.get('location'), '/peringkat/2024', 'to the newest real one')
is_(status('/peringkat/1999'), 404, 'an unknown round')
is_(status('/peringkat/2024', 'ukuran=nothing'), 404, 'an unknown criterion')
is_(status('/peringkat/2024', 'terbitan=7'), 404, 'an unknown edition')

answer = page('/peringkat/2024', 'urut=besar')
is_(answer.status, 400, 'an order that is none')
like(
    answer.text,
    'Isian <b>urut</b> .*<code>peringkat nilai nama provinsi perubahan</code>',
    'the field is named, with what is accepted',
)
like(
    body('/peringkat/2024', 'terbitan=nol'),
    'Isian <b>terbitan</b> .* bilangan bulat dari 1 sampai 100000',
    'a number that is none',
)
is_(status('/peringkat/2024', 'jenis=kota&jenis=kota'), 400, 'a field that is given twice')
is_(
    status('/peringkat/2024', 'provinsi=&jenis=&unknown=1'),
    200,
    'empty and unknown fields do not matter',
)

text = body('/peringkat/2024')
like(text, 'Peserta reguler · 9 nilai yang terbit', 'an incomplete round says among how many')
like(text, 'Peserta angkatan 2023 · 10 nilai yang terbit', 'a table for each group')
like(text, '38 dari 57 daerah yang ikut belum punya', 'who has no figure is listed apart')
like(
    text,
    '14 dari 50 peserta, ditambah 5 daerah lain, punya nilai akhir yang terbit',
    'of how many, in the words of the first page',
)
is_(lines(text, '<td class="rank">'), 19, 'only who has a figure has a place')
like(text, '<a href="/kota/kota-bandung/2024">Kota Bandung</a>', 'links keep the round')
like(text, 'hitungan kami 3,475', 'our figure beside the official one')
like(text, '8 dari 50, peserta angkatan 2023', "the ministry's rank with group and denominator")
like(text, '<a href="/peringkat/2023">2023</a>', 'the other rounds')
unlike(text, r' style=|<script>|\{\{', 'no style attribute, script or template marker')
like(body('/peringkat/2022'), 'Jawa Timur · hitungan kami 3,315', 'Kota Kediri 2022')
like(
    body('/peringkat/2021'),
    'metode yang berbeda, jadi nilainya tidak dibandingkan',
    'another method is not compared',
)

text = body('/peringkat/2024', 'provinsi=jawa-timur&jenis=kota')
is_(lines(text, '<td class="rank">'), 2, 'filters choose rows')
like(text, '<option value="jawa-timur" selected>Jawa Timur</option>', 'and stay chosen')
text = body('/peringkat/2024', 'provinsi=papua')
like(
    text, 'Belum ada daerah yang cocok dengan penyaring itu', 'nothing matches: said, with ways on'
)
unlike(text, '<table', 'and no empty table')
is_(
    lines(body('/peringkat/2024', 'pulau=kalimantan'), '<td class="rank">'),
    2,
    'a group of islands too',
)
like(
    body('/en/peringkat/2024', 'pulau=kalimantan'),
    '<option value="bali-nusa-tenggara">Bali and Nusa Tenggara</option>',
    'named in both languages',
)
like(
    body('/peringkat/2024', 'pulau=atlantis'),
    'Belum ada daerah yang cocok dengan penyaring itu',
    'one that there is not has nobody',
)
is_(status('/peringkat/2024', 'pulau=A%20B'), 400, 'and a bad word is refused')

# The pictures: in each the figures of the table.
text = body('/peringkat/simulasi')
# Of each row of the table its name, its value and, where there is one, the value before.
figures = re.compile(
    r'aria-label="Pilih [^>]*>.*?">([^<]*)</a>.*?'
    r'<td class="gauge"><data value="([^"]*)"'
    r'(?:.*?>dari <data value="([^"]*)")?',
    re.S,
)
rows = [found.groups() for row in text.split('</tr>') if (found := figures.search(row))]
dots = re.findall(r'<circle class="dot" data-name="([^"]*)" data-value="([^"]*)"', text)
is_(sorted(dots), sorted(row[:2] for row in rows) or None, 'dots have the figures of the table')
changes = re.findall(r'data-name="([^"]*)" data-value="([^"]*)" data-from="([^"]*)"', text)
is_(
    sorted(changes),
    sorted(row for row in rows if row[2]) or None,
    'lines have both figures of the table',
)
is_(count(text, '<g class="hot">'), 1, 'one line stands out')
like(text, '39 naik, 2 tetap, 6 turun', 'how many rose is said')
text = body('/peringkat/simulasi', 'pulau=kalimantan')
dots = [lines(text, kind) for kind in ('<circle class="dot" data-name', '<circle class="body"')]
is_(dots, [5, 45], 'what a filter hides is pale')
is_(
    (count(text, '<line [^>]*data-from='), count(text, '<g class="calm">')),
    (5, 42),
    'and its lines bear no figure',
)
like(text, 'Garis tebal: daerah yang cocok dengan penyaring', 'which is said')
text = body('/peringkat/simulasi-2', 'urut=perubahan')
unlike(text, 'id="lereng"|class="change', 'a round whose method changed has no change anywhere')
is_(count(body('/peringkat/2019'), '<td class="rank"><b>–</b>'), 1, 'a rank among one is none')
unlike(body('/peringkat/2019'), 'id="sebaran"|id="lereng"', 'one value is no picture')
unlike(body('/peringkat/simulasi-1'), 'id="lereng"|class="change', 'nor has the first round')

text = body('/peringkat/2024', 'kelompok=%3Cb%3E%22x')
unlike(text, '<b>"x', 'what the visitor wrote is not markup')
like(
    body('/peringkat/2024', 'ukuran=outcome'),
    '<h1>Peringkat 2024 menurut outcome</h1>',
    'by another criterion',
)
done()
