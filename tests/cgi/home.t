#!/usr/bin/env python3
"""Page home: what a visitor reads. Whether its links lead somewhere is asked by
tests/web/site.t."""
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, count, done, is_, like, page, unlike  # noqa: E402

answer = page('/')
text = answer.text
is_(answer.status, 200, 'it answers')
like(text, '<title>Lima dari lima daerah naik – Tolok Kota</title>', 'the finding is its title')
like(
    text,
    '<meta property="og:title" content="Lima dari lima daerah naik">',
    'what a message shows of it',
)
unlike(
    body('/', TOLOK_SITE=''),
    'og:image|canonical',
    'without addresses, when nobody told where the site is',
)
like(
    body('/', TOLOK_SITE='https://tolok.example'),
    '<meta property="og:image" content="https://tolok.example/tolok-kota.png">',
    'and with one',
)
like(text, r'<h1>Lima dari lima daerah naik\.</h1>', 'it opens with what is found')
like(text, r'Kota Makassar paling jauh: 3,14 ke 3,64\.', 'and who moved farthest')
like(text, '>Kota Ambon</a>', 'who was left out is named')
like(body('/en'), r'<h1>Five out of five regions went up\.</h1>', 'in English too')
is_(
    count(text, '<line data-name="[^"]*" data-value="[0-9.]*" data-from="[0-9.]*"'),
    5,
    'a line for each',
)
is_(count(text, '<g class="hot">'), 1, 'one of them stands out')
labels = [float(y) for y in re.findall(r'x="22" y="([0-9.]*)"', text)]
is_(
    (len(labels), min(abs(a - b) for a in labels for b in labels if a is not b) >= 20),
    (5, True),
    'no label over another',
)
like(text, '<form class="search" action="/kota">', 'a search')
is_(
    count(text, '<option value="[^"]*">'),
    count(body('/kota'), 'aria-label="Pilih '),
    'with every region of the directory to choose from',
)
is_(count(text, '<li><a href="[^"]*"><b class="big">'), 3, 'three doors')
like(text, 'nilai 2024 sudah terbit: 14 dari 50 peserta, ditambah 5 daerah lain', 'of how many')
like(text, '33 dari 50 peserta sudah menerbitkan nilainya', 'who has published')
is_(count(text, '<table class="data terbit">'), 3, 'in three tables')
like(
    text,
    '<a href="/kota/kota-kediri/2022"><data value="3.31">3,31</data></a>',
    'a value leads to its report card',
)
like(text, 'Semua 195 quick win', 'how many quick wins')
unlike(text, 'class="map"|<image', 'no map that says nothing')
unlike(text, 'class="sim"|data simulasi', 'nothing simulated')
unlike(text, ' style=|<script>', 'no style attribute and no script')
unlike(text, r'\{\{|\}\}', 'no template marker is left')
answer = page('/kota', 'q=kab.+bandung+barat&tandai=ya')
is_(
    (answer.status, answer.get('location')),
    (302, '/kota/kabupaten-bandung-barat?daerah=kabupaten-bandung-barat'),
    'who gives the whole name is there, with the region marked',
)
is_(
    page('/en/kota', 'q=makassar').get('location'),
    '/en/kota/kota-makassar',
    'so is who gives the only name that fits',
)
is_(
    [page('/kota', query).status for query in ('q=kediri', 'q=sampah', 'q=makassar&jenis=kota')],
    [200, 200, 200],
    'who may mean several gets the list',
)
done()
