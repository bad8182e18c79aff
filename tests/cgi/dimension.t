#!/usr/bin/env python3
"""Page dimension."""
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, count, done, is_, like, lines, page, status, unlike  # noqa: E402

answer = page('/dimensi/governance')
is_(answer.status, 302, 'without a round it leads on')
is_(answer.get('location'), '/dimensi/governance/2024', 'to the newest real one')
is_(
    page('/en/dimensi/governance').get('location'),
    '/en/dimensi/governance/2024',
    'in the same language',
)
is_(status('/dimensi/nothing/2024'), 404, 'an unknown criterion')
is_(status('/dimensi/governance/1999'), 404, 'an unknown round')
is_(status('/dimensi/governance/2024', 'terbitan=7'), 404, 'an unknown edition')
is_(status('/dimensi'), 404, 'no criterion at all')
is_(status('/dimensi/governance/2024', 'terbitan=nol'), 400, 'a number that is none')

text = body('/dimensi/governance/simulasi')
like(text, '<title>Governance Simulasi ketiga – Tolok Kota</title>', 'title')
like(text, '<a href="/peringkat/simulasi">Simulasi ketiga</a></li></ol></nav>', 'the way back')
like(text, 'Separuh daerah berada di antara', 'the dot strip')
like(text, 'class="tag">data simulasi', 'says that it is simulated')
like(
    text,
    r'href="/quickwin\?dimensi=governance">60 quick win Governance</a>',
    'quick wins of the dimension',
)
like(
    text, '<a href="/dimensi/governance.impact/simulasi">Impact</a></th>', 'its parts are pages too'
)
like(text, '<a href="/dimensi/governance/simulasi-1">', 'the other simulated rounds')
unlike(text, 'href="/dimensi/governance/2022"', 'and no real one')
is_(
    lines(text, '<th scope="row">'),
    lines(text, '<circle class="dot" data-name'),
    'a dot for each row',
)
is_(
    count(text, '<td class="num wider">'),
    5 * lines(text, '<th scope="row">'),
    'five parts to each row',
)
unlike(text, r' style=|\{\{', 'no style attribute and no template marker')
row = r'<th scope="row">.*?">([^<]*)</a>.*?<td class="gauge[^>]*><data value="([^"]*)"'
dots = re.findall(r'<circle class="dot" data-name="([^"]*)" data-value="([^"]*)"', text)
is_(
    sorted(dots),
    sorted(re.findall(row, text, re.S)) or None,
    'the picture has the figures of the table',
)

text = body('/dimensi/governance/2024')
like(text, 'belum terbit untuk satu daerah pun', 'nobody has a value: said')
like(
    text,
    '<a href="/dimensi/governance/2022">Lihat governance 2022</a>',
    'with the round in which somebody has',
)
unlike(text, '<table|class="chart"', 'and no empty table or picture')
text = body('/dimensi/output/simulasi-2')
like(
    text, 'metode yang berbeda, jadi nilainya tidak dibandingkan', 'another method is not compared'
)
unlike(text, 'class="change', 'and there is no column of changes')
like(text, 'Belum ada nilai bukan berarti nol', 'who has no value is listed apart')
like(body('/dimensi/output/2022'), '<data value=', 'a component of a real round')
like(body('/en/dimensi/governance/simulasi'), '<html lang="en">', 'in English')
done()
