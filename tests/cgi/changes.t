#!/usr/bin/env python3
"""Page changes: every change between rounds of one method."""
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, count, done, is_, like, page, unlike  # noqa: E402

answer = page('/perubahan')
text = answer.text
is_(answer.status, 200, 'it answers')
like(text, '11 dari 12 perubahan adalah kenaikan', 'the finding first')
like(text, '2023 ke 2024: 6 naik</h2>', 'the newest pair of rounds, of which nobody stayed or fell')
like(text, '2021 ke 2022: 2 naik, 1 turun', 'and older ones')
unlike(text, '2020 ke 2021|2019 ke 2020', 'but none whose method changed')
like(text, 'tersirat dalam', 'a value that is only implied is told')
like(text, '<a lang="id" href="/quickwin/[0-9]*">', 'with what the farthest has published')
places = [float(x) for x in re.findall(r'<circle class="ring"[^>]* cx="([0-9.]*)%"', text)]
is_((len(places), count(text, '<td class="change[ a-z]*">')), (12, 12), 'each is drawn')
like(text, 'data-name="Kota Makassar" data-value="3.64" cx="91%"', 'on one scale in all tables')
like(body('/en/perubahan'), '11 of 12 changes were rises', 'in English')
unlike(text, r' style=|\{\{|data simulasi', 'no style attribute, no marker, nothing simulated')
done()
