#!/usr/bin/env python3
"""The lines of page ranking from the round before, by hand: which are strong, what they are
called, and where. That labels never touch is asked of a thousand pages by tests/unit/slope.c."""
import re

from package import Workplace
from pages import body, count, done, is_, like, lines, unlike

here = Workplace()


def apart(place):
    """How many labels stand there, so many pixels from their axis, and how many of them touch."""
    found = re.findall(rf'class="word" x="{place}" y="([0-9.]*)"', text)
    heights = sorted(map(float, found))
    return len(heights), sum(low - high < 19.9 for high, low in zip(heights, heights[1:]))


text = body('/peringkat/2024')
is_(apart(-17), (6, 0), 'all lines of a small round have a label on the left, none over another')
is_(apart(22), (6, 0), 'and on the right')
is_(
    (
        count(text, '<g class="hot">'),
        count(text, '<g class="calm">'),
        count(text, '<circle c[xy]="[^>]*" r="4.5"/>'),
    ),
    (1, 5, 12),
    'one stands out; all have two ends',
)
like(
    text,
    '<g class="hot"><line data-name="Kota Makassar" data-value="3.64" data-from="3.14"',
    'the one that rose most',
)
like(text, 'Garis tebal: Kota Makassar, yang berubah paling jauh', 'which is said')
text = body('/peringkat/2024', 'daerah=kota-madiun')
like(text, '<g class="hot"><line data-name="Kota Madiun"', 'or that which the visitor has marked')
like(text, 'Garis tebal: daerah Anda, Kota Madiun', 'which is said')
text = body('/peringkat/simulasi', 'jenis=kota')
is_(apart(22), (18, 0), 'of many that a filter leaves, as many have a label as there is room')
is_(count(text, '<g class="hot">'), lines(text, 'dari <data'), 'and all stand out')
text = body('/peringkat/simulasi', 'pulau=papua')
is_(lines(text, '<g class="hot">'), 0, 'none does, when nobody passes')
unlike(text, 'Garis tebal', 'and nothing is said about them')
like(
    body('/peringkat/2024'),
    (
        '<td class="gauge"><data value="3.80">3,80</data>'
        '<svg class="bar" aria-hidden="true"><line class="v" x2="95%"'
    ),
    'a bar is as long as its value is high',
)
is_(
    lines(body('/peringkat/simulasi', 'ukuran=governance.impact'), 'id="lereng"'),
    1,
    'any criterion has them',
)

# Two rounds of one method, in which less is better: one region falls from 60 to 20, the other rises
# from 10 to 15.
for year, values in (2021, (60, 10)), (2022, (20, 15)):
    here.round_of(year, dict(zip(('35.71', '35.72'), values)), higher_is_better=False)
text = body('/peringkat/uji2022')
like(
    text,
    '<g class="hot"><line data-name="Kota Kediri" data-value="20" data-from="60"',
    'a fall stands out like a rise',
)
like(
    text,
    '<g class="calm"><line data-name="Kota Blitar" data-value="15" data-from="10"',
    'and the smaller move does not',
)
like(text, 'Sumbu dari 10 sampai 60', 'on the piece of the scale that they need')
like(text, 'x1="16%" y1="30" x2="46%" y2="134"', 'from its top, four fifths down')
like(text, '1 naik, 0 tetap, 1 turun', 'a rise is a rise')
unlike(text, 'id="sebaran"', 'two values are no dots')
done()
