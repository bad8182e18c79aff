#!/usr/bin/env python3
"""Page corrections by hand, and the command that makes a correction."""
import os

from package import Workplace, pages, succeeds, tolok
from pages import body, done, is_, like, status, unlike

here = Workplace()
text = body('/koreksi')
like(text, '<title>Koreksi – Tolok Kota</title>', 'title')
like(text, 'Semua putaran resmi masih pada terbitan pertamanya', 'no correction yet: said')
unlike(text, 'Kabarkan kekeliruan', 'nobody is invited to write where nobody reads it')
unlike(text, '<table|mailto:', 'no table without rows, and no address is made up')
like(body('/koreksi/2022'), 'Putaran ini belum pernah dikoreksi', 'a round without any')
is_(status('/koreksi/1999'), 404, 'no such round')
is_(status('/koreksi/2022', 'terbitan=2'), 404, 'no such edition')
is_(status('/koreksi/2022', 'terbitan=0'), 400, 'an edition that can not be')
like(body('/koreksi/simulasi'), '<body class="sim">', 'a simulated round is marked')
like(body('/en/koreksi'), 'All official rounds are still in their first edition', 'in English')

# A figure of 2022 was wrong.
tolok('export', '2022', '2022')
with open('2022/official.csv', encoding='utf-8', newline='') as file:
    official = file.read()
with open('2022/official.csv', 'w', encoding='utf-8', newline='') as file:
    file.write(official.replace('\n32.73,index,3.71', '\n32.73,index,3.75'))
for derived in 'SHA256SUMS', 'results.csv':
    os.remove(f'2022/{derived}')
tolok('import', '2022')


def refused(*words):
    """The first line of what is said."""
    return tolok(*words).stderr.split('\n')[0]


is_(
    refused('publish', '2022', '--reason'),
    'tolok: publish: no value after --reason',
    'a reason is text',
)
succeeds(
    'the correction is published',
    'publish',
    '2022',
    '--reason',
    'Surat menyebut 3,75 & bukan <b>3,71</b>.',
)
is_(
    refused('publish', '2022', '--reason', 'x'),
    'tolok: publish: round 2022 has no draft to publish',
    'once',
)
is_(
    refused('rounds', '--reason', 'x'),
    'tolok: rounds: unknown option --reason',
    'other commands take no reason',
)

pages.database = here.database
text = body('/koreksi')
like(text, '<h2 id="k-[0-9]+">2022: terbitan ke-2</h2>', 'the edition')
like(text, '<time datetime="20[0-9-]{8}">', 'its day')
like(
    text,
    r'Alasan: <span lang="id">Surat menyebut 3,75 &amp; bukan &lt;b&gt;3,71&lt;/b&gt;\.</span>',
    'the reason, as text',
)
like(text, r'<a href="/kota/kota-bandung\?putaran=2022">Kota Bandung</a>', 'the city')
like(text, '<td class="num"><data value="3.71">3,71</data></td>', 'from')
like(text, '<td class="num"><data value="3.75">3,75</data></td>', 'to')
like(text, r'<a href="/peringkat/2022\?terbitan=1">terbitan ke-1</a>', 'the way to what it was')
like(text, '1 nilai di 1 daerah', 'counted')
like(body('/en/koreksi'), r'1 score of 1 region\.', 'with the right plurals in English')
like(
    body('/koreksi/2022', 'terbitan=2'),
    '<title>Koreksi 2022, terbitan ke-2 – Tolok Kota</title>',
    'the edition has an address',
)
like(
    body('/koreksi/2022', 'terbitan=1'),
    'Terbitan ini tidak menggantikan apa pun',
    'the first one corrects nothing',
)
unlike(body('/koreksi/2021'), '<table', 'another round has none of it')
done()
