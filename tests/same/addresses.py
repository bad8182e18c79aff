"""What is asked. Of the public pages what they link to, breadth first, so many of each kind (a
kind is a page and the names of the parameters), and for each parameter values that are refused,
all in both languages; of the desk every page as everybody, with every id that there is a case of,
and forms that are refused. An Ask is asked of both trees in the same way."""
import collections
import html
import re
import urllib.parse
from dataclasses import dataclass, field

from people import ASKING, LINKS
import upload_cases

# How many addresses of a kind, in each language: with one parameter, two, and more; and of pages
# that are there very often.
OF_A_KIND = (14, 5, 1)
OF_A_PAGE = {'city': 110, 'report': 110, 'quickwin': 50, 'file': 5}
SEEDS = '''
/peringkat/2022?ukuran=governance /peringkat/2022?provinsi=papua /peringkat/?x
/peringkat/simulasi?pulau=kalimantan /kota?q=kediri /kota?q=zzz /kota?q=sampah /kota/
/kota/?q=kota%20kediri /kota/kota-kediri?putaran=simulasi /kota/kabupaten-sampang
/dimensi/governance/2022 /koreksi/simulasi
/quickwin?q=sampah /quickwin?q=zzz /quickwin?q=sampha&perangkat=dinas-lingkungan-hidup
/quickwin?dimensi=living&halaman=2 /quickwin?x=1&q=%73ampah&&jenis=&halaman=+1
/banding?kota=kota-madiun,kota-serang,kota-kediri /banding?kota=kota-madiun
/banding?kota=kota-madiun&q=kediri /banding?kota=kota-madiun&kota=kota-serang%2Ckota-madiun
/banding?kota=kota-kediri,kota-madiun,kota-bandung&putaran=simulasi
/banding?kota=kota-kediri,tidak-ada
'''.split()
ABSENT = '''
/tidak-ada /kota/tidak-ada /kota/tidak-ada/2024 /kota/kota-kediri/1901 /peringkat/1901
/peringkat/2024?terbitan=99 /peringkat/2024?ukuran=tidak-ada /dimensi/tidak-ada/2024
/dimensi/governance/1901 /quickwin/999999 /metode/1901 /koreksi/1901 /berkas/999999
'''.split()
# By a kind of parameter: what is none.
BAD = {
    'int': ['x', '0', '-1', '99999999999'],
    'enum': ['x'],
    'slug': ['A%20B'],
    'code': ['a/b', '%00'],
    'text': ['a' * 1000, '%ff'],
    'slugs': ['A', 'a,b,c,d,e,f,g'],
}
# What the web server says itself.
REFUSED = ['/%00', f'/{"a" * 9000}', '/kota%00']


@dataclass
class Ask:
    page: str
    path: str
    kind: str  # of the same page and kind: one stands for the others in a sample
    who: str = ''  # '': past the cache; 'nobody' or one of PEOPLE: through the public port
    form: dict = field(default=None)  # sent with the form of `path` to `action`
    action: str = ''
    file: tuple = None

    def __str__(self):
        what = f'POST {self.action} from {self.path}' if self.action else self.path
        return f'{what[:150]}{f" as {self.who}" if self.who else ""}'


def english(path):
    return '/en' + ('' if path == '/' else path[1:] if path.startswith('/?') else path)


def patterns(pages):
    """[(name, program, regular expression)], those with the fewest parameters first."""
    found = []
    for program, name, path, _ in pages:
        text = re.sub(r'/:\w+\?', '(?:/[^/]*)?', path)
        found.append(
            (
                text.count(':') + text.count('?:'),
                name,
                program,
                re.compile(re.sub(r':\w+', '[^/]+', text) + '/?'),
            )
        )
    return [row[1:] for row in sorted(found, key=lambda row: row[0])]


class Site:
    """Which page an address is of."""

    def __init__(self, pages):
        self.pages = list(pages)
        self.patterns = patterns(self.pages)

    def page(self, path):
        bare = path.split('?')[0]
        bare = re.sub(r'^/en(?=/|$)', '', bare) or '/'
        return next((name for name, _, pattern in self.patterns if pattern.fullmatch(bare)), 'none')

    def ask(self, path, who=''):
        names = sorted({word.split('=')[0] for word in path.partition('?')[2].split('&') if word})
        return Ask(self.page(path), path, '&'.join(names), who)

    def public(self):
        return {name for program, name, *_ in self.pages if program == 'web'}

    def refused(self):
        """For each parameter of the public pages, in the path or in the query, values that it can
        not have."""
        for program, name, path, params in self.pages:
            if program != 'web':
                continue
            whole = {
                'city': 'kota-kediri',
                'round': '2022',
                'putaran': '2022',
                'dimension': 'governance',
                'id': '1',
            }
            # Without the parameter that is tried, the path has its parts; with it, that one is bad.
            for param, kind in params:
                in_path = re.search(rf':{param}\b', path)
                there = re.sub(rf':(?!{param}\b)(\w+)\??', lambda m: whole[m[1]], path)
                for value in BAD[kind]:
                    bad = re.sub(r':\w+\??', value, there)
                    yield bad if in_path else f'{bad}?{param}={value}'
                if not in_path:
                    yield f'{there}?{param}=a&{param}=b'

    def links(self, body):
        for link in re.findall(
            r'<(?:a|option|link|form)\b[^>]*? (?:href|value|action)="(/[^"#]*)', body
        ):
            link = html.unescape(link)
            if (
                not link.startswith('/en')
                and not re.search(r'\.\w+$', link.split('?')[0])
                and self.page(link) in self.public()
            ):
                yield link


def crawl(site, answers):
    """Yields every Ask of the public pages, in Indonesian and in English; answers(asks) yields
    (ask, body, if it is a page) as the old tree answers."""
    taken, level = collections.Counter(), []
    seen = set()

    def take(path):
        ask = site.ask(path)
        most = OF_A_KIND[min(ask.kind.count('&'), 2)] if ask.kind else OF_A_PAGE.get(ask.page, 60)
        if path in seen or taken[ask.page, ask.kind] >= most:
            return
        seen.add(path)
        taken[ask.page, ask.kind] += 1
        level.append(ask)

    starts = [
        re.sub(r'/:\w+\?', '', path)
        for program, _, path, _ in site.pages
        if program == 'web' and not re.search(r':\w+(?!\w*\?)', path)
    ]
    for path in [*starts, *SEEDS]:
        take(path)
    while level:
        asks, level[:] = list(level), []
        for _, body in answers(asks):
            for link in site.links(body):
                take(link)
    others = [
        site.ask(path) for path in dict.fromkeys([*ABSENT, *site.refused()]) if path not in seen
    ]
    for ask in others:
        ask.kind = 'refused ' + ask.kind
    collections.deque(answers(others), 0)
    asks = sorted(in_english([*map(site.ask, seen), *others]), key=lambda ask: ask.path)
    collections.deque(answers(asks), 0)
    collections.deque(answers([Ask('none', path, 'nginx', 'nobody') for path in REFUSED]), 0)


def in_english(asks):
    return [Ask(ask.page, english(ask.path), ask.kind, ask.who) for ask in asks]


def subjects(route, known):
    """What an id may stand for on a route: [(word, id)]."""
    if '/pengguna/:id' in route:
        names = ('office', 'assessor', 'operator', 'neighbour', 'ended', 'diundang-invite')
        return [(name, known['accounts'][name]) for name in names] + [('none', '2147483647')]
    kind = 'files' if route == '/meja/berkas/:id' else 'wins' if '/quickwin/:id' in route else None
    return [*known[kind].items(), ('none', '2147483647')] if kind else [('-', '')]


MORE = '''
/masuk?ke=/meja/akun /keluar /meja/tidak-ada /meja?keadaan=draft /meja?keadaan=submitted
/meja?keadaan=published /meja?keadaan=x /meja?halaman=2 /meja?halaman=x /meja/jejak?jenis=akun
/meja/jejak?jenis=quickwin /meja/jejak?jenis=ditolak /meja/jejak?jenis=putaran /meja/jejak?jenis=x
/meja/jejak?sebelum=20 /meja/jejak?quickwin={renewed}
'''


def desk(known, site):
    """Every page of the desk as everybody; (address, Asks of it) with English where that is a
    page."""
    asks = []
    for program, name, route, _ in site.pages:
        if program != 'desk':
            continue
        links = {'-': 'a' * 43, **LINKS} if ':token' in route else {'-': ''}
        for word, number in subjects(route, known):
            for which, link in links.items():
                path = (
                    route.replace(':token', link)
                    .replace(':n', '2' if word == 'renewed' else '1')
                    .replace(':id', number)
                )
                asks += [
                    Ask(name, path, f'{word} {which} {who}', who) for who in ('nobody', *ASKING)
                ]
    asks += [
        Ask(site.page(path), path, f'more {who}', who)
        for path in MORE.format(**known['wins']).split()
        for who in ('nobody', *ASKING)
    ]
    return asks


# Who sends, the page that is shown then, where the form is, where it is sent, and its fields; what
# else the form holds goes with them as it stands there.
FORMS = """
nobody signin /masuk /masuk email=x&password=
nobody signin /masuk /masuk email=a@b.example&password=salah+salah
nobody none /masuk/lupa /masuk/lupa email=x
half code /masuk/kode /masuk/kode code=000000
fresh enrol /masuk/daftar-kode /masuk/daftar-kode code=000000
nobody invitation /undangan/{invite} /undangan/{invite} new=pendek&repeat=lain
nobody invitation /undangan/{reset} /undangan/{reset} new=empat+kuda+makan&repeat=jerami+basah
operator account /meja/akun /meja/akun/sandi password=x&new=pendek&repeat=lain
operator account /meja/akun /meja/akun/kode password=x
operator account /meja/akun /meja/akun/autentikator password=x
office users /meja/pengguna /meja/pengguna email=x&name=&role=operator&region=
office users /meja/pengguna /meja/pengguna email=operator@uji.go.id&name=Uji&role=assessor
operator users /meja/pengguna /meja/pengguna email=x@y&name=<b>&role=owner&region=35.71
office user /meja/pengguna/{account} /meja/pengguna/{account}/ubah role=owner&region=
office user /meja/pengguna/{account} /meja/pengguna/{account}/autentikator reason=
office user /meja/pengguna/{ended} /meja/pengguna/{ended}/tutup why=x
operator winnew /meja/quickwin/baru /meja/quickwin/baru title={long}&dimension=x
operator winedit {draft}/ubah {draft}/simpan {bad}
operator winedit {draft}/ubah {draft}/lanjut {bad}
operator winedit {draft}/ubah {draft}/simpan seen=1&title=Judul+lain&problem=Lain+sama+sekali
owner winedit {draft}/ubah {draft}/simpan seen=0&title=
operator wincheck {bare}/periksa {bare}/kirim -
operator wincheck {bare}/periksa {bare}/kirim seen=0
office win {sent} {sent}/kembalikan reason=
office win {public} {public}/tarik why=
office win {sent} {sent}/terbitkan seen=0&note=Baik+<b>
office win {sent} {sent}/kembalikan seen=0&reason=y
assessor none {public} {sent}/terbitkan seen=0&key=kunci-0123456789ab
unproved prove {sent} {sent}/terbitkan note=Satu%0A<dua>
operator winfiles {draft}/berkas {draft}/berkas/tambah caption=&file=good.png
operator winfiles {draft}/berkas {draft}/berkas/tambah caption=x&file=semu.png
operator winfiles {draft}/berkas {draft}/berkas/{file}/hapus seen=0
operator none /meja/akun /meja/akun/sandi form=x&password=x
operator none /meja/akun /meja/tidak-ada -
"""
BAD_WIN = (
    'dimension=x&started=31-31-2024&cost=-1&figure_before=banyak&links=javascript:1'
    '&summary=<b>"%26&title='
)


def refused_forms(known):
    """In the order in which they are sent: nothing changes but the trail, which nobody reads
    afterwards."""
    win = {state: f'/meja/quickwin/{number}' for state, number in known['wins'].items()}
    names = {
        'draft': win['draft'], 'bare': win['bare'], 'sent': win['submitted'], 'long': 'x' * 600,
        'public': win['published'], 'bad': BAD_WIN + 'x' * 600, 'file': known['files']['draft'],
        'account': known['accounts']['operator'], 'ended': known['accounts']['ended'], **LINKS,
    }  # fmt: skip
    for line in FORMS.format(**names).strip().split('\n'):
        who, page, path, action, text = line.split(' ')
        form = dict(urllib.parse.parse_qsl('' if text == '-' else text, keep_blank_values=True))
        name = form.pop('file', None)
        file = (name, upload_cases.seed(name)) if name else None
        for turn in (str, english):
            yield Ask(page, turn(path), f'form {who}', who, form, turn(action), file)
