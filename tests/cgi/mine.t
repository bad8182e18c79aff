#!/usr/bin/env python3
"""The region that a visitor has marked as their own, ?daerah=: on every page that shows it, in its
links, and let go again."""
import json
import os
import re
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import psql  # noqa: E402 (the path comes first)
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
    like(text, rf'Daerah Anda: <a href="/kota/kota-serang\?{mark}">Kota Serang</a>', 'it is named')
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


def charts(text):
    """The pictures of a page that show values, each whole."""
    found, depth, begin = [], 0, 0
    for tag in re.finditer(r'<(/?)svg\b', text):
        if not tag[1] and depth == 0:
            begin = tag.start()
        depth += -1 if tag[1] else 1
        if tag[1] and depth == 0:
            found.append(text[begin : tag.start()])
    return [one for one in found if re.search('data-value=|class="(v|nil|dot)"', one)]


# On pages of other regions each picture has its ring; the number of pictures.
others = {
    '/kota/kota-kediri?putaran=simulasi': 3,
    '/kota/kota-kediri/simulasi': 2,
    '/kota/kota-kediri?putaran=2024': 6,
    '/banding?kota=kota-kediri,kota-madiun&putaran=simulasi': 87,
    '/banding?kota=kota-kediri,kota-serang&putaran=simulasi-2': 83,
}
for address, pictures in others.items():
    path, query = address.split('?') if '?' in address else (address, '')
    whose = 'daerah=kota-makassar' if '2024' in query else mark
    text = body(path, f'{query}&{whose}'.strip('&'))
    drawn = charts(text)
    none(
        [one[:300] for one in drawn if 'class="own-ring own-dot"' not in one], f'{address}: a ring'
    )
    is_(len(drawn), pictures, 'on all pictures')
    like(text, '<meta name="robots" content="noindex">', 'no search engine keeps it')
    like(text, 'Lingkaran pada gambar: daerah', 'it says what the ring is')
    links = re.findall(r'<a [^>]*href="(/(?:peringkat|dimensi|kota|banding)[^"#]*)', text)
    none([link for link in links if 'daerah=' not in link], 'its links keep it')
    unlike(body(path, query), 'own-ring|Lepas tanda', 'unmarked nothing is')

text = body('/banding', f'kota=kota-kediri,kota-serang&putaran=simulasi&{mark}')
like(text, '<g class="hot">.*data-name="Kota Serang"', 'the line of the own region stands out')
unlike(text, 'Tambahkan daerah Anda', 'and is not offered again')
like(text, '<figure class="chart here">', 'its matrix is marked')
like(
    body('/banding', f'kota=kota-kediri,kota-madiun&{mark}'),
    'href="/banding\\?kota=kota-kediri,kota-madiun,kota-serang&amp;daerah=kota-serang"',
    'where it is not compared, it can be',
)
text = body('/kota/kota-serang', mark)
like(text, 'Ini daerah Anda. <a href="/kota/kota-serang\\?daerah=">Lepas', 'its page says so')
unlike(text, 'own-ring', 'and rings nothing')


def drawn_from(document):
    """Page city as it would be."""
    return subprocess.run(
        [os.environ['WEB'], '--render', 'city'],
        input=json.dumps(document),
        capture_output=True,
        text=True,
        check=True,
    ).stdout


# No two regions have published the components of one round: as if they had.
ask = "select d from page.city('id', 'kota-kediri', '2022', null) d"
told = json.loads(psql.Session()(ask))
for measure in told['measures']:
    measure['marked_shown'] = 1
drawn = charts(drawn_from(told))
bars = [one for one in drawn if 'class="v"' in one]
is_(len(bars), 11, 'components and dimensions as bars')
is_(sum('cx="25%" cy="50%"' in one for one in bars), 11, 'each with the ring of the own region')
like(
    body('/kota/kota-serang'),
    'href="/kota/kota-serang\\?daerah=kota-serang[^"]*">tandai sebagai',
    'each page offers its own',
)
like(
    body('/kota/kota-serang', 'daerah=kota-jambi'),
    '<tr class="here"><th scope="row"><a href="/kota/kota-jambi',
    'among similar ones it is marked',
)
done()
