#!/usr/bin/env python3
"""The scanners behind the sign-in: wapiti with the sessions of a city and of the office, on all
pages and forms of the desk, and sqlmap on every field of a quick win's form, on what a page of the
desk is asked for, and on its cookie."""
import os
import urllib.parse

from attack import Instance, failed_statements, need
from scan import ARGUED, LEVEL, MODULES, SqlMap, last, wapiti
from tap import done, none, ok

need('wapiti')
need('sqlmap')
here = Instance('attack-desk')
os.environ |= {'BASE': here.base, 'PGHOST': here.run}
import uploader  # noqa: E402 (it reads where the instance is)

TEXTS = ('title', 'summary', 'agency', 'started', 'cost', 'figure_before', 'links', 'keep_title')
# wapiti knows a token against forged forms by its name only. Ours is called `form`;
# tests/http/desk_forged.t shows what it does.
UNKNOWN = ('Cross Site Request Forgery', 'Lack of anti CSRF token')
city, office = uploader.Person('operator', '35.71'), uploader.Person('office')
win, sent = city.win('Lorong hijau'), city.win('Bank sampah')
city.act('win_submit({win}, {seen}, {key})', win=sent)
city.win('Lorong hijau kedua')
# wapiti can not be told to leave out a form, so that the one for signing out is made to do nothing.
uploader.sql(
    """create function data.stay() returns trigger language plpgsql as 'begin new.ended_at := null;
    return new; end'; create trigger stay before update on data.session for each row execute
    function data.stay()"""
)

for name, who, starts in (
    (
        'city',
        city,
        [
            '/meja',
            f'/meja/quickwin/{win}',
            f'/meja/quickwin/{win}/ubah',
            f'/meja/quickwin/{win}/berkas',
            '/meja/pengguna',
            '/meja/jejak',
        ],
    ),
    (
        'office',
        office,
        ['/meja', f'/meja/quickwin/{sent}', '/meja/pengguna', f'/meja/jejak?quickwin={sent}'],
    ),
):
    found, said = wapiti(
        name,
        here.base,
        [here.base + start for start in starts],
        MODULES,
        '-H',
        f'Cookie: tolok={who.token}',
        '--skip',
        'form',
        '--skip',
        'key',
    )
    if ok(found is not None, f'{name}: the desk is scanned', last(said)):
        crawled = {
            line.split(' ')[2].split('?')[0].removeprefix(here.base)
            for line in said.splitlines()
            if line.startswith(('[+] GET ', '[+] POST '))
        }
        none(
            [start for start in starts if start.split('?')[0] not in crawled],
            f'{name}: from every page',
        )
        none(
            [finding for finding in found if finding not in ARGUED and finding[::3] != UNKNOWN],
            f'{name}: wapiti finds nothing',
        )
    ok(who.get('/meja').status == 200, f'{name}: who was signed in still is')

page = city.get(f'/meja/quickwin/{win}/ubah')
fields = {name: page.field(name) for name in ('form', 'key', 'seen')} | dict.fromkeys(
    TEXTS, 'Kota hijau'
)
posted = [
    '--method',
    'POST',
    '--data',
    urllib.parse.urlencode(fields),
    '--randomize',
    'key',
    '--ignore-code',
    '409,422,403,404,303',
    '-p',
    ','.join(TEXTS),
]
cookie = ['--cookie', f'tolok={city.token}']
for scan in (
    SqlMap(
        'the form', f'{here.base}/meja/quickwin/{win}/simpan', TEXTS, [*LEVEL[2:], *posted, *cookie]
    ),
    SqlMap(
        'the board',
        f'{here.base}/meja?keadaan=draft&halaman=1',
        ['keadaan', 'halaman'],
        [*LEVEL, '-p', 'keadaan,halaman', *cookie],
    ),
    SqlMap(
        'the trail',
        f'{here.base}/meja/jejak?quickwin={win}&sebelum=9999',
        ['quickwin', 'sebelum'],
        [*LEVEL, '-p', 'quickwin,sebelum', *cookie],
    ),
    SqlMap('an id', f'{here.base}/meja/quickwin/{win}*', ['#1*'], [*LEVEL, *cookie]),
    SqlMap(
        'who asks',
        f'{here.base}/meja',
        ['User-Agent', 'tolok'],
        [*LEVEL, '--ignore-code', '303', '-p', 'user-agent,tolok', *cookie],
    ),
):
    none(scan.run().faults(), f'{scan.label}: sqlmap finds nothing in {", ".join(scan.names)}')
none(
    [line for line in here.log('desk').splitlines() if ' level=error ' in line],
    'no worker had trouble',
)
none(failed_statements(here), 'no statement failed')
done()
