#!/usr/bin/env python3
"""The same request by hand as CGI and through nginx gives the same body."""
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import pages  # noqa: E402 (the path comes first)
from tap import done, is_  # noqa: E402

HEADERS = (
    'ETag',
    'Location',
    'Cache-Control',
    'Content-Type',
    'Content-Encoding',
    'Content-Length',
    'Vary',
)
ADDRESSES = '''/
/peringkat
/peringkat/2022
/peringkat/2022?ukuran=governance&urut=nama
/kota
/kota?q=kediri&jenis=kota
/kota/kota-kediri
/kota/kota-kediri/2022
/banding?kota=kota-madiun,kota-serang,kota-kediri
/quickwin?q=sampah
/quickwin/1
/metode/2022
/tentang
/tidak-ada
/kota/tidak-ada
/quickwin?halaman=nol
/quickwin?x=1&q=%73ampah&&jenis=&halaman=+1
/banding?putaran=2022&kota=kota-madiun&kota=kota-serang%2Ckota-madiun
/banding?kota=kota-madiun,%20kota-serang&q=kediri
/kota/?utm_source=x&q=kota%20kediri
/peringkat/?x'''.splitlines()


def served(target, encoding=''):
    headers = [(b'Accept-Encoding', encoding.encode())] if encoding else []
    return pages.served(target, headers)


def by_hand(target, encoding=''):
    path, _, query = target.partition('?')
    return pages.by_hand(path, query, HTTP_ACCEPT_ENCODING=encoding)


def plain(answer):
    """What differs: the request id, which only error pages show."""
    return re.sub(rb'<code>[0-9a-f]{32}<', b'<code>ID<', answer.raw)


def same(encoding, target):
    name = target + (f' as {encoding}' if encoding else '')
    hand, nginx = by_hand(target, encoding), served(target, encoding)
    is_([plain(nginx), nginx.faults], [plain(hand), hand.faults], f'{name}: the same body')
    is_(nginx.status, hand.status, f'{name}: the same status')
    for header in HEADERS:
        is_(nginx.get(header.lower()), hand.get(header.lower()), f'{name}: the same {header}')


for address in ADDRESSES:
    same('', address)
for address in ('/', '/kota/kota-kediri', '/peringkat'):
    same('gzip', address)
packed = served('/kota/kota-kediri', 'gzip')
is_(packed.get('content-encoding'), 'gzip', 'a page is packed for whom that suits')
is_(packed.body, served('/kota/kota-kediri').raw, 'and is the same page')

# Decoded once, by nginx; by hand PATH_INFO is decoded already.
is_(served('/kot%61/kota-kediri').status, 200, 'an escaped letter is that letter')
is_(served('/kota%252fkota-kediri').status, 404, 'nothing is decoded twice')
done()
