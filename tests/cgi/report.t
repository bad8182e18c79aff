#!/usr/bin/env python3
"""Page report."""
import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, done, is_, like, lines, status, unlike  # noqa: E402

is_(status('/kota/kota-kediri/2022'), 200, 'a city in a round')
is_(status('/kota/kota-kediri/1999'), 404, 'an unknown round')
is_(status('/kota/nowhere/2022'), 404, 'an unknown city')
is_(status('/kota/kota-padang/2022'), 404, 'a city that took no part')
is_(status('/kota/kota-kediri/2022', 'terbitan=9'), 404, 'an unknown edition')
is_(status('/kota/kota-kediri/2022', 'terbitan=1'), 200, 'an edition')

text = body('/kota/kota-kediri/2022')
like(text, '<article class="sheet">', 'one sheet')
like(text, '<p class="score"><data value="3.31">3,31</data>', 'the official value')
like(text, '<data value="3.315">3,315</data>', 'ours beside it')
like(
    text,
    r'https://bangsaonline\.com/berita/113379/[a-z0-9-]*</a>',
    'sources are written out for paper',
)
like(
    text,
    'Terbitan 1, [0-9]+ [A-Z][a-z]+ 20[0-9]+; metode [^ ;]+; sidik paket',
    'publication, day and method',
)
like(text, '[0-9a-f]{16}, sidik catatan [0-9a-f]{16}[.] Rapor', 'and both digests')
is_(lines(text, '<td><a href="/quickwin/'), 6, 'quick wins')
unlike(text, r' style=|<script>|\{\{', 'no style attribute, script or template marker')

text = body('/kota/kota-serang/2022')
like(
    text,
    'Belum ada nilai Kota Serang yang terbit',
    'a participant without a figure has a card that says so',
)
unlike(text, '<data value="0', 'never a zero')
done()
