#!/usr/bin/env python3
"""The region that a visitor has marked as their own, ?daerah=: on every page that shows it, in its
links, and let go again."""
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, count, done, is_, like, none, ok, page, unlike  # noqa: E402

SITE = 'https://tolok.example'
mark = 'daerah=kota-serang'
# Pages in a round of which the region has a value; how often a chart shows it there, and a list.
shown = {'/peringkat/simulasi': (1, 1), '/dimensi/governance/simulasi': (1, 1)}

for path, (charts, lists) in shown.items():
    text = body(path, mark)
    bare = body(path)
    like(text, r'<meta name="robots" content="noindex">', f'{path}: no search engine keeps it')
    own = r'<link rel="canonical" href="[^"?]*">'
    is_((count(text, own), count(bare, own)), (1, 1), 'its own address is that without the mark')
    is_(count(text, 'class="own-ring"'), charts, 'the charts show it')
    is_(count(text, '<tr class="here">'), lists, 'and the tables')
    like(text, r'Daerah Anda: <a href="/kota/kota-serang">Kota Serang</a>', 'it is named')
    like(text, f'<a href="{path}\\?daerah=">Lepas tanda</a>', 'with the way to let it go')
    unlike(bare, 'own-ring|class="here"|Lepas tanda|daerah=', 'unmarked nothing is')
    links = re.findall(r'<a [^>]*href="(/(?:en/)?(?:peringkat|dimensi)[^"#]*)', text)
    none([link for link in links if 'daerah=' not in link], 'its links keep it')
    ok(len(links) > 8, 'all of them')
    unlike(text, f'(href|action)="/(metode|tentang|quickwin)[^"]*{mark}', 'but no other link')
    unlike(
        body(path, 'daerah=kota-mana'),
        'own-ring|class="here"|Lepas tanda',
        'of a region that there is not nothing is marked',
    )
    is_(page(path, 'daerah=Kota').status, 400, 'and what is no name of one is refused')

answer = page('/peringkat', mark)
is_(answer.get('location'), f'/peringkat/2024?{mark}', 'a redirect keeps it')
text = body('/peringkat/2024', mark)
like(text, 'Kota Serang</a>, nilainya belum terbit', 'who has no value is told so')
is_(count(text, '<li class="here">'), 1, 'and marked among those without one')
like(text, '<input type="hidden" name="daerah" value="kota-serang">', 'the filters keep it')
like(
    body('/dimensi/governance/2022', 'daerah=kota-palopo'),
    'Kota Palopo</a>, bukan peserta tahun ini',
    'who took no part is told so',
)
text = body('/peringkat/simulasi', 'urut=nama&jenis=kota&daerah=kota-serang', TOLOK_SITE=SITE)
like(
    text,
    f'rel="canonical" href="{SITE}/peringkat/simulasi\\?jenis=kota&amp;urut=nama"',
    'the rest of the address stays',
)
like(
    text,
    r'<a href="/peringkat/simulasi\?jenis=kota&amp;urut=nama&amp;daerah=">Lepas tanda',
    'also when it is let go',
)
like(
    body('/en/peringkat/simulasi', mark),
    r'<a href="/en/peringkat/simulasi\?daerah=">',
    'in the same language',
)
done()
