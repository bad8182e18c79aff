#!/usr/bin/env python3
"""Page home: what a visitor reads. Whether its links lead somewhere is asked by
tests/web/site.t."""
import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, count, done, is_, like, page, unlike  # noqa: E402

answer = page('/')
text = answer.text
is_(answer.status, 200, 'it answers')
like(text, '<title>Lima puluh daerah, satu mistar – Tolok Kota</title>', 'title')
like(text, '<meta property="og:title" content="Lima puluh daerah, satu mistar">',
     'what a message shows of it')
unlike(body('/', TOLOK_SITE=''), 'og:image|canonical',
       'without addresses, when nobody told where the site is')
like(body('/', TOLOK_SITE='https://tolok.example'),
     '<meta property="og:image" content="https://tolok.example/tolok-kota.png">', 'and with one')
like(text, '<form class="search" action="/kota">', 'a search')
is_(count(text, '<circle class="dot" data-name="[^"]*" data-value="[0-9.]*" '
                'cx="[0-9.]*%" cy="[0-9.]*%" r="[0-9.]*%"/></a>'),
    14, 'a filled dot for each value')
is_(count(text, '<circle class="ring" cx="[0-9.]*%" cy="[0-9.]*%" r="1%"/></a>'), 36,
    'a ring for each other member')
like(text,
     '<title>Kota Bandung: 3,93</title><circle class="dot" data-name="Kota Bandung" '
     'data-value="3.93" cx="[0-9.]+%" cy="[0-9.]+%" r="1.59%"',
     'the highest value is the largest dot')
like(text, '<title>Kota Madiun: 3,80</title><circle class="dot" data-name="Kota Madiun" '
           'data-value="3.80" cx="36.23%" cy="78.5%"', 'a dot lies at its place')
like(text, '<data value="3.93">3,93</data><svg class="bar" aria-hidden="true">'
           '<line class="v" x2="98.25%"', 'a bar is as long as its value is high')
is_(count(text, '<line class="rise" x1="[0-9.]*%" x2="[0-9.]*%"'), 6,
    'a line for each that rose most')
like(text,
     '<line class="lead-line" x1="76.64%" x2="76.64%" y1="24" y2="62"/><circle class="dot" '
     'data-name="Kota Bandung" data-value="3.93" cx="76.64%"', 'the best value first on the ruler')
like(text, 'x1="74.1%" x2="74.1%" y1="24" y2="87"/>', 'each on a line of its own')
like(text, '>0</text>.*|<text x="39%" y="16" text-anchor="middle">2</text>', 'labels along it')
like(text, 'Cari kota, kabupaten, atau quick win', 'one search for both')
like(text, '<a href="/dimensi/governance/2022">nilai 2022</a>',
     'the dimensions lead to the round that has values')
like(text, r'14 dari 50 daerah punya nilai 2024 yang terbit, dari 2,04 sampai 3,93\.',
     'the finding first')
like(text, '<data value="3.93">3,93</data>', 'a value for machines and for readers')
like(text, r'<data value="0.50">\+0,50</data>', 'a change with its sign')
like(text, '13 nasional', "the ministry's own rank")
like(text, '<a href="https://jambikota.go.id/content/931">jambikota.go.id</a>', 'with the source')
like(text, 'Semua 195 quick win', 'how many quick wins')
unlike(text, 'class="sim"|data simulasi', 'nothing simulated')
unlike(text, ' style=|<script>', 'no style attribute and no script')
unlike(text, r'\{\{|\}\}', 'no template marker is left')
done()
