"""Tables of poison.t. {c} stands for a canary, {f}, {o}, {a} and {b} for words that nobody has
searched for."""

# Headers that no key has.
HEADERS = [
    tuple(line.split(': ', 1))
    for line in r'''
X-Forwarded-Host: {c}.example
X-Forwarded-Host: "><{c}>
X-Forwarded-For: {c}
X-Forwarded-Proto: http
X-Forwarded-Scheme: {c}
X-Forwarded-Port: 1
X-Forwarded-Prefix: /{c}
X-Forwarded-Server: {c}.example
X-Original-URL: /{c}
X-Original-URL: /tentang
X-Rewrite-URL: /tentang
X-Host: {c}.example
X-HTTP-Host-Override: {c}.example
Forwarded: for={c};host={c}.example;proto=http
X-HTTP-Method-Override: POST
X-HTTP-Method: HEAD
X-Method-Override: DELETE
Accept-Language: en
Accept-Language: {c}
Accept: application/json
Accept: image/{c}
Accept-Charset: iso-8859-1
Cookie: session={c}; q={c}; lang=en
Authorization: Basic {c}
Range: bytes=0-3
Range: bytes=-1
Range: bytes=0-0,5-9
Range: bytes=999999-
If-Range: "{c}"
If-None-Match: "{c}"
If-None-Match: *
If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT
If-Match: *
If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT
Origin: https://{c}.example
Origin: null
Access-Control-Request-Method: GET
User-Agent: Mozilla/5.0 (iPhone) {c}
User-Agent: -
Referer: https://{c}.example/
Cache-Control: no-cache
Cache-Control: no-store, max-age=0
Cache-Control: only-if-cached
Pragma: no-cache
X-Accel-Expires: 31536000
X-Accel-Redirect: /tentang
X-Accel-Buffering: no
X-Request-Id: {c}
Upgrade: h2c
TE: trailers
Max-Forwards: 0
Expect: 100-continue
Connection: close, Host
Connection: close, Accept-Encoding
Content-Type: application/{c}
Surrogate-Capability: {c}="ESI/1.0"
Tolok-Accel: 1
Tolok-Watch: 1
Proxy: http://{c}.example
Path-Info: /tentang
Query-String: q={c}
Request-Method: POST
Vary: {c}
X-Wap-Profile: http://{c}.example/
Transfer-Encoding: chunked
Host: {c}.example
'''.strip(
        '\n'
    ).split(
        '\n'
    )
]

# What a client says that it takes: the packed page is for these, not for those, and either will do
# for the others.
PACKED = [
    'gzip',
    'gzip, deflate, br',
    'br, gzip',
    'gzip;q=1',
    'gzip;q=0.5',
    'gzip;q=1.0, *;q=0',
    'deflate, gzip;q=1.0, *;q=0.5',
    'identity;q=0, gzip',
    ',,gzip,,',
]
PLAIN = [
    '',
    'gzip;q=0',
    'gzip;q=0.0',
    'gzip;q=0.00',
    'gzip;q=0.000',
    'gzip; q=0',
    'gzip ; q=0',
    'gzip;Q=0',
    'gzip;q=0, *',
    'br, gzip;q=0',
    'gzip;q=0, br',
    'identity',
    'identity, gzip;q=0',
    'deflate',
    'br',
    '*;q=0',
    'gzip2',
    'xgzip',
    'gzip-x',
    'not-gzip',
    'gzip\t;\tq=0',
    'gzipgzip',
    '"gzip"',
]
EITHER = [
    'GZIP',
    'gzip;q=0.001',
    '*',
    'x-gzip',
    'gzip;x=1;q=0',
    'gzip;q=',
    'gzip,gzip;q=0',
    'gzip;q=2',
]

# Queries that mean the same. {F} is {f} with each letter escaped.
MEANS = [
    (
        '/kota',
        'q={f}',
        [
            'q={f}&x=1',
            'x=1&q={f}',
            'utm_source=a&q={f}&fbclid=b',
            '%71={f}',
            'q={F}',
            '&&q={f}&&',
            'q={f}&q=',
            'q=&q={f}',
            'jenis=&q={f}',
            'q={f}&provinsi=',
            'q=+{f}+',
            'q=%20{f}',
            'Q={o}&q={f}',
            'q[]={o}&q={f}',
            'q%00={o}&q={f}',
            'x=%zz&q={f}',
            '=&q={f}',
            'q={f}&%ff=1',
            '?q={o}&q={f}',
            'q={f}&a;q={o}',
            'q;={o}&q={f}',
            'lang=en&q={f}',
            'q={f}&callback=x',
            '+q={o}&q={f}',
            'q={f}#q={o}',
        ],
    ),
    (
        '/kota',
        'q={f}&jenis=kota',
        [
            'jenis=kota&q={f}',
            'jenis=kota&x&q={f}',
            'jenis=%6bota&q={f}',
            'q={f}&jenis=kota&provinsi=',
            'JENIS=kabupaten&jenis=kota&q={f}',
        ],
    ),
    (
        '/quickwin',
        'q={f}%20x',
        ['q={f}+x', 'q={f}%20x', '%71={f}+%78', 'q=++{f}+x+', 'halaman=&q={f}+x'],
    ),
    (
        '/banding',
        'kota=kota-madiun,kota-serang',
        [
            'kota=kota-madiun&kota=kota-serang',
            'kota=kota-madiun,kota-serang,,',
            'kota=kota-madiun%2Ckota-serang',
            'kota=kota-madiun,kota-madiun,kota-serang',
            'kota=&kota=kota-madiun,kota-serang',
            'kota[]=kota-kediri&kota=kota-madiun,kota-serang',
        ],
    ),
]

# Addresses near to each other: any of these paths, as it is asked and as it is meant, with any of
# these queries.
QUERIES = [
    '',
    '?',
    '?x',
    '?q=',
    '?q={a}',
    '?q={b}',
    '?q={A}',
    '?Q={a}',
    '?q={a};x=1',
    '?q={a}%26x=1',
    '?q={a}%3D',
    '?q={a}%23',
    '?q={a}+{b}',
    '?q={a}%2B{b}',
    '?q={a}%20%20{b}',
    '?q={a}%2526x',
    '?q={a}&q={b}',
    '?q[]={a}',
    '?q={a}&jenis=kota',
    '?q={a}&jenis=kabupaten',
    '?q={a}%26jenis%3Dkota',
    '?jenis=kota',
    '?jenis=KOTA',
    '?jenis=kota&jenis=kabupaten',
    '?q={a}%00',
    '?q={a}%ff',
    '?q={a}%0d%0aX-A:%20b',
    '?q=%22%3E%3Cb%3E{a}',
    "?q='{a}",
    '?q={a}%E2%80%AE',
    '?q={a}%C3%A9',
    '?q={a}e%CC%81',
    '?provinsi={a}',
    '?q={a}&provinsi={b}',
    '?q={b}&provinsi={a}',
]
PATHS = {
    '/quickwin': '/quickwin',
    '/quickwin/': '/quickwin/',
    '/kota': '/kota',
    '/%71uickwin': '/quickwin',
    '/./quickwin': '/quickwin',
    '/x/../quickwin': '/quickwin',
    '//quickwin': '//quickwin',
    '/quickwin;x.css': '/quickwin;x.css',
    '/quickwin.css': '/quickwin.css',
    '/quickwin/x.css': '/quickwin/x.css',
    '/quickwin%2fx.css': '/quickwin/x.css',
    '/quickwin%3Fq={a}': '/quickwin?q={a}',
    '/quickwin%20': '/quickwin ',
    '/quickwin%23': '/quickwin#',
    '/QUICKWIN': '/QUICKWIN',
    '/quickwin//': '/quickwin//',
    '/quickwin%5c': '/quickwin\\',
    '/quickwin%0a': '/quickwin\n',
    '/quickwin%0d%0aX-A:b': '/quickwin\r\nX-A:b',
    '/quickwin%252f': '/quickwin%2f',
    '/quickwin%26q={a}': '/quickwin&q={a}',
    '/quickwin/1': '/quickwin/1',
    '/quickwin/1;{a}': '/quickwin/1;{a}',
    '/quickwin/1/{a}.css': '/quickwin/1/{a}.css',
    '/quickwin%2f1': '/quickwin/1',
    '/kota%2f..%2fquickwin': '/quickwin',
    '/tolok.css%2f..%2fquickwin': '/quickwin',
    '/tolok.css/../quickwin': '/quickwin',
    '/tolok.css/': '/tolok.css/',
    '/tolok.css/{a}': '/tolok.css/{a}',
    '/{a}.css': '/{a}.css',
    '/{a}.svg': '/{a}.svg',
    '/galat/{a}.css': '/galat/{a}.css',
}

# Addresses that are none: with NUL, or above the root.
NONE = [
    '/kota%00',
    '/kota%00.css',
    '/..%2fkota/../..',
    '/%2e%2e/kota',
    '/kota/%2e%2e/%2e%2e/x',
    '/tolok.css%00',
]

# Of what random queries are made: pages with some of their parameters, and values.
PAGES = [
    ('/kota', ['q', 'provinsi', 'jenis']),
    ('/quickwin', ['q', 'dimensi', 'tahun', 'kota', 'perangkat', 'urut', 'halaman']),
    ('/banding', ['kota', 'putaran']),
    ('/peringkat/2022', ['ukuran', 'kelompok', 'urut', 'terbitan']),
]
VALUES = [
    'kota',
    'kabupaten',
    'kota-kediri',
    'kota-kediri,kota-serang',
    '2022',
    '1',
    'nama',
    'governance',
    'sampah',
    'a b',
    'é',
    '%',
    '&',
    '=',
    '+',
    '"',
    '<',
    ';',
    '#',
    '?',
    '/',
    '%41',
    '',
]
