"""The cases of junk.t: every place where a visitor can write something, with every hostile value,
and what may come back."""
import re
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import unquote_to_bytes

import corpus
from audit import limits

ANY = frozenset({200, 301, 302, 303, 304, 307, 308, 400, 404, 405, 413, 414, 431})
FOUND = frozenset({200, 301, 302, 303, 307, 308, 404})
LINE_MAX = 8192  # bytes of a request line or a header line (large_client_header_buffers)
QUERY_MAX = 4096  # bytes of a query string, as it is sent
PATH_MAX = 1024  # bytes of a decoded path, and of a query, that the program takes
QUERY_MAX = 4096

# A component of each page's path that exists, by the name of the parameter. A page with others has
# to be added here.
exists = {
    'city': 'kota-kediri',
    'putaran': '2022',
    'id': '1',
    'island': 'jawa',
    'dimension': 'governance',
}


@dataclass
class Case:
    group: str
    name: str
    target: bytes
    canary: str = 'zzzzzzzz'
    value: bytes = b''
    headers: list = field(default_factory=list)
    method: bytes = b'GET'
    body: bytes = None
    host: bytes = b'tolok.test'
    expected: frozenset = ANY
    blames: str = ''  # the parameter that a 400 has to name
    same_as: bytes = b''  # the address whose answer this one has to have, if it is a 200

    def line(self):
        return (
            f'{self.group}: {self.name}:'
            f' {self.method[:20]!r} {self.target[:200]!r} '
            f'{[h[:2] for h in self.headers][:3]!r:.200}'
        )


class Page:
    def __init__(self, line):
        self.name, self.pattern, params, _ = line.split('\t')
        self.params = [tuple(p.split(':')) for p in params.split()]
        self.components = re.findall(r':(\w+)', self.pattern)
        self.query = [(name, kind) for name, kind in self.params if name not in self.components]
        self.kinds = dict(self.params)
        self.path = re.sub(r':(\w+)\??', lambda m: exists.get(m[1], '1'), self.pattern)

    def path_with(self, component, text):
        """The path with these bytes in the place of a component."""
        before, after = re.split(rf':{component}\??', self.pattern)
        fill = lambda m: exists.get(m[1], '1')
        return (
            re.sub(r':(\w+)\??', fill, before).encode()
            + text
            + re.sub(r':(\w+)\??', fill, after).encode()
        )


class Rule:
    """What a parameter takes, from its kind and from the words in which the page itself says it."""

    def __init__(self, page, name):
        self.kind = page.kinds[name]
        self.low, self.high, self.words = (
            (0, 0, []) if name in page.components else limits(page.path, name)
        )
        if name in page.components:
            self.low, self.high = 1, 2147483647

    def takes(self, value):
        """True, False, or None where the value counts as none at all."""
        try:
            text = value.decode()
        except UnicodeDecodeError:
            return False
        if '\0' in text:
            return False
        text = text.strip(' ')
        if self.kind == 'slugs':
            slugs = {s.strip(' ') for s in text.split(',')} - {''}
            return (
                (
                    all(re.fullmatch(r'[a-z0-9._-]{1,64}', s) for s in slugs)
                    and len(slugs) <= self.high
                )
                if slugs
                else None
            )
        if not text:
            return None
        if self.kind == 'text':
            return is_text(text) and len(text.encode()) <= self.high
        if self.kind == 'int':
            return (
                bool(re.fullmatch(r'-?[1-9][0-9]*|0', text)) and self.low <= int(text) <= self.high
            )
        if self.kind == 'enum':
            return text in self.words
        return bool(
            re.fullmatch(
                r'[a-z0-9._-]{1,64}' if self.kind == 'slug' else r'[A-Za-z0-9._-]{1,64}', text
            )
        )


def is_text(text):
    def bad(c):
        p = ord(c)
        return (
            p < 32
            or 0x7F <= p <= 0x9F
            or p in (0x2028, 0x2029)
            or 0x202A <= p <= 0x202E
            or 0x2066 <= p <= 0x2069
            or p & 0xFFFE == 0xFFFE
            or 0xFDD0 <= p <= 0xFDEF
        )

    return not any(bad(c) for c in text)


class Choice:
    """A case that is made when it is chosen: `make(canary)` gives it. There are many more than are
    asked. `shown` is the name of the value where a page shows it again."""

    def __init__(self, group, name, make, shown=None):
        self.group, self.name, self.make, self.shown = group, name, make, shown


NAMES = [name for name, _ in corpus.values('x')]


def choices(group, make, indexes=range(len(NAMES)), prefix='', is_shown=False, **more):
    """One choice for each value; make(case, **more) gets a case with that value and completes
    it."""
    for index in indexes:
        name = prefix + NAMES[index]

        def build(canary, index=index, name=name):
            return make(Case(group, name, b'', canary, corpus.values(canary)[index][1]), **more)

        yield Choice(group, name, build, NAMES[index] if is_shown else None)


def query_case(case, page, name, rule, encode, decoded):
    case.target = page.path.encode() + b'?' + name.encode() + b'=' + encode(case.value)
    case.value = case.value if decoded else corpus.escape(case.value)
    taken = rule.takes(case.value)
    case.expected = frozenset({400}) if taken is False else FOUND
    case.blames = name if taken is False else ''
    if rule.kind == 'slugs':
        case.value = b''  # of which a page shows its parts
    return case


def of_query(page):
    """Every declared parameter that stands in the query."""
    for name, _ in page.query:
        rule = Rule(page, name)
        for spelling, encode, decoded in corpus.encodings:
            yield from choices(
                f'{page.name} {name}',
                query_case,
                prefix=f'{spelling} ',
                is_shown=rule.kind == 'text',
                page=page,
                name=name,
                rule=rule,
                encode=encode,
                decoded=decoded,
            )


def path_case(case, page, name, rule, encode, decoded):
    case.target = page.path_with(name, encode(case.value))
    case.value = case.value if decoded else corpus.escape(case.value)
    case.expected = expected_of_path(rule, page.path_with(name, case.value), case.value)
    return case


def of_path(page):
    """Every component of the path."""
    for name in page.components:
        rule = Rule(page, name)
        for spelling, encode, decoded in corpus.encodings:
            yield from choices(
                f'{page.name} /{name}',
                path_case,
                prefix=f'{spelling} ',
                page=page,
                name=name,
                rule=rule,
                encode=encode,
                decoded=decoded,
            )


def expected_of_path(rule, path, value):
    if b'\0' in path:
        return frozenset({400})
    if value in (b'', b'.', b'..') or b'/' in value:
        return FOUND | {400, 414}  # another path altogether
    if len(path) > PATH_MAX:
        return frozenset({414})
    try:
        readable = is_text(path.decode())
    except UnicodeDecodeError:
        readable = False
    if not readable:
        return frozenset({400})
    taken = value[:1] != b' ' and value[-1:] != b' ' and rule.takes(value)
    return FOUND if taken else frozenset({404})


# Shapes of a query that say nothing to a page: {n} is a declared name, {x} an undeclared one, {v} a
# value.
NEUTRAL = [
    '{x}={v}',
    '{v}',
    '={v}',
    '{v}={v}',
    '&&&{x}={v}&',
    '{x}[]={v}',
    '{x}[0][a]={v}',
    '{x}%5B%5D={v}',
    '__proto__[{x}]={v}',
    'constructor.prototype.{x}={v}',
    '{x}={v}&{x}={v}',
    '{x}',
    '%00={v}',
    '%ff={v}',
    '%={v}',
    '{x}%00={v}',
    '?{x}={v}',
    ';{x}={v}',
    'lang={v}',
    'debug={v}',
    'callback={v}',
    'next=//{x}.example',
    'url=http://{x}.example',
    'file=../../{x}',
    'format={v}',
]
DECLARED = [
    '{n}[]={v}',
    '{n}[0]={v}',
    '{n}%5B%5D={v}',
    '{n}%00={v}',
    '{n}%20={v}',
    '%20{n}={v}',
    '{n}.x={v}',
    '{n};={v}',
    '{N}={v}',
    '{n}',
    '{n}=',
    '{n}=&{n}=',
    '&{n}=%20%20',
    'x{n}={v}',
    '{n}%3D{v}',
    'a;{n}={v}',
]


def shape_case(case, page, shape, name):
    query = shape.format(
        x=case.canary, v=corpus.escape(case.value).decode(), n=name, N=name.upper()
    )
    case.target, case.same_as = page.path.encode() + b'?' + query.encode(), page.path.encode()
    case.expected = frozenset({200})
    return case


def whole_case(canary, page, group, name, **more):
    return Case(
        group,
        name,
        more.pop('target', page.path.encode()),
        canary,
        same_as=page.path.encode(),
        **more,
    )


def of_shapes(page):
    """Parameters that are none: the page is the same."""
    group = f'{page.name} undeclared'
    shapes = [(shape, 'q') for shape in NEUTRAL]
    shapes += [(shape, name) for shape in DECLARED for name, kind in page.query]
    for shape, name in shapes:
        yield from choices(
            group,
            shape_case,
            range(0, len(NAMES), 12),
            f'{shape} ',
            page=page,
            shape=shape,
            name=name,
        )
    for many in (
        b'&'.join(b'a%d=%d' % (i, i) for i in range(400)),
        b'&' * 4096,
        b'=' * 4096,
        b'%' * 2000,
        b'?' * 4096,
        b'&' * 4097,
    ):
        yield Choice(
            group,
            f'many {many[:1]}',
            partial(
                whole_case,
                page=page,
                group=group,
                name='many',
                expected=frozenset({200}),
                target=page.path.encode() + b'?' + many,
            ),
        )


def header_case(case, page, header):
    """A header's value; what ends a line would make another header of it."""
    value = case.value.replace(b'\r', b'%0d').replace(b'\n', b'%0a')
    case.target = case.same_as = page.path.encode()
    case.value, case.headers = value, [(header.encode(), value)]
    refused = b'\0' in value or (
        header == 'Referer' and re.search(rb'[\x01-\x1f\x7f]', value.strip(b' '))
    )
    case.expected = frozenset(
        {400} if refused else {200, 304} if header == 'If-None-Match' else {200}
    )
    return case


def header_name_case(case, page):
    case.target = case.same_as = page.path.encode()
    case.headers, case.expected = [
        (case.value.replace(b'\r', b'').replace(b'\n', b'') or b'X', b'x')
    ], frozenset({200, 400})
    return case


def host_case(case, page):
    case.target = case.same_as = page.path.encode()
    case.host, case.expected = case.value.replace(b'\r', b'').replace(b'\n', b''), frozenset(
        {200, 400}
    )
    return case


def of_headers(page):
    """Header values, which change nothing, and names."""
    group = f'{page.name} header'
    for header in corpus.HEADERS:
        yield from choices(group, header_case, prefix=f'{header}: ', page=page, header=header)
    yield from choices(group, header_name_case, prefix='name ', page=page)
    yield from choices(group, host_case, prefix='Host: ', page=page)


METHODS = (
    [
        method.encode()
        for method in """POST PUT DELETE PATCH OPTIONS TRACE TRACK CONNECT PROPFIND PROPPATCH MKCOL
            COPY MOVE LOCK UNLOCK SEARCH DEBUG PURGE BAN INDEX QUERY PRI get Get GETS <{c}> {c}
            GET,POST '""".split()
    ]
    + [b'A' * 5000, b'\xff']
)
BODIES = [
    (b'application/x-www-form-urlencoded', b'q={c}&q={c}&_method=DELETE'),
    (b'application/x-www-form-urlencoded', b'q=%00%ff%zz&' * 50),
    (
        b'multipart/form-data; boundary=b',
        (
            b'--b\r\nContent-Disposition: form-data; name="q";'
            b' filename="../../{c}.html"\r\n\r\n<{c}>\r\n--b--\r\n'
        ),
    ),
    (b'multipart/form-data; boundary=b', b'--b\r\nContent-Disposition: form-data; name="{c}'),
    (b'multipart/form-data', b'--'),
    (b'multipart/form-data; boundary=' + b'b' * 300, b'--b'),
    (b'application/json', b'{"q":"{c}","__proto__":{"a":1}}'),
    (b'application/json', b'[' * 5000),
    (
        b'application/xml',
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;{c}</a>',
    ),
    (b'application/x-gzip', b'\x1f\x8b\x08\0\0\0\0\0\0\3' + b'\xff' * 100),
    (b'text/html', b'<script>{c}</script>'),
    (b'', b'\0' * 4096),
    (b'{c}', b''),
]


def method_case(canary, page, method):
    method = method.replace(b'{c}', canary.encode())
    return Case(
        f'{page.name} method',
        'method',
        page.path.encode(),
        canary,
        method,
        method=method,
        expected=frozenset({400, 405}),
    )


def body_case(canary, page, method, kind, body):
    kind, body = (text.replace(b'{c}', canary.encode()) for text in (kind, body))
    read = method in (b'GET', b'HEAD')
    return Case(
        f'{page.name} body',
        'body',
        page.path.encode(),
        canary,
        body,
        [(b'Content-Type', kind)],
        method,
        body,
        expected=frozenset({200} if read else {405}),
        same_as=page.path.encode() if read else b'',
    )


def of_methods(page):
    """Methods and bodies: only GET and HEAD are for us, and a body says nothing."""
    for method in METHODS:
        yield Choice(
            f'{page.name} method', f'{method[:20]}', partial(method_case, page=page, method=method)
        )
    for kind, body in BODIES:
        for method in (b'POST', b'GET', b'PUT', b'HEAD'):
            make = partial(body_case, page=page, method=method, kind=kind, body=body)
            yield Choice(f'{page.name} body', f'{method} {kind[:40]}', make)
    group = f'{page.name} body'
    yield Choice(
        group,
        'large',
        partial(
            whole_case,
            page=page,
            group=group,
            name='large',
            method=b'POST',
            body=b'x' * 70000,
            expected=frozenset({413}),
        ),
    )


def plan(pages):
    """All choices, by kind."""
    made = {
        'query': of_query,
        'path': of_path,
        'undeclared': of_shapes,
        'headers': of_headers,
        'methods': of_methods,
    }
    return {
        kind: [choice for page in pages for choice in make(page)] for kind, make in made.items()
    }


def bounded(case):
    """What nginx refuses for its length alone, before it looks at anything else, and what the
    program does."""
    path, _, query = case.target.partition(b'?')
    if len(case.method) + len(case.target) + len(b'  HTTP/1.1\r\n') > LINE_MAX:
        return frozenset({414, 400} if case.expected == {400, 405} else {414})
    if any(
        len(name) + len(value) + 4 > LINE_MAX
        for name, value in [*case.headers, (b'Host', case.host)]
    ):
        return frozenset({431, 400})
    if len(unquote_to_bytes(path)) > PATH_MAX or len(query) > QUERY_MAX:
        return case.expected - FOUND | {414}
    return case.expected
