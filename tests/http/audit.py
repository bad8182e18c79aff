"""What every answer has to be, whatever was asked: form, headers, words that must not leak, and
where a canary may stand."""
import html
import html.parser
import json
import os
import re
import time
import urllib.parse

from wire import get

# Every header that an answer may have, each at most once, with what its value may be.
known = {
    'server': r'nginx',
    'date': r'\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT',
    'connection': r'keep-alive|close',
    'content-type': r'(text/(html|css|plain)|image/svg\+xml); charset=utf-8',
    'content-length': r'0|[1-9]\d*',
    'transfer-encoding': r'chunked',
    'content-language': r'id|en',
    'content-encoding': r'gzip',
    'vary': r'Accept-Encoding',
    'cache-control': (
        r'no-store|public, max-age=\d+(, s-maxage=\d+, stale-while-revalidate=\d+,'
        r' stale-if-error=\d+)?'
    ),
    'etag': r'(W/)?"[0-9a-f-]{8,50}(-gzip)?"',
    'last-modified': r'\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT',
    'accept-ranges': r'bytes',
    'location': r'/(?![/\\])[!-\[\]-~]*',
    'retry-after': r'\d+',
    'allow': r'GET, HEAD',
    'x-request-id': r'[0-9a-f]{32}',
    'x-cache': r'MISS|HIT|STALE|EXPIRED|UPDATING|REVALIDATED|BYPASS',
    'x-made': r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ',
}
security = [
    'content-security-policy',
    'strict-transport-security',
    'x-content-type-options',
    'x-frame-options',
    'referrer-policy',
    'cross-origin-opener-policy',
    'cross-origin-resource-policy',
    'permissions-policy',
]
reference = {}  # the security headers of the first page, which all answers share

# Words of the machinery: PostgreSQL's, nginx's, ctemplate's, paths and places in the program.
leaks = re.compile(
    r'\bERROR:|SQLSTATE|syntax error|invalid input syntax|invalid byte sequence|out of range for'
    r' type|does not exist|PL/pgSQL|'
    r'\bpg_\w+|\blibpq\b|\bFATAL\b|nginx/\d|PostgreSQL \d|\b(?:page|pub|calc|act|data)\.\w+\(|at'
    r' character \d|'
    r'/(?:tmp|usr|var|home|root|proc|work|build)/|\.(?:c|cc|h|sql):\d+|\{\{|\}\}|ctemplate|root:x:0'
    r'|Traceback|Segmentation|<!--#'
)


def form(answer, by_hand=False):
    """Faults of an answer's form. By hand, the web server's headers are not there."""
    faults = list(answer.faults)
    names = [name for name, _ in answer.headers]
    faults += [
        f'header {name} comes {names.count(name)} times'
        for name in sorted({n for n in names if names.count(n) > 1})
    ]
    for name, value in answer.headers:
        if name in security:
            if value != reference.setdefault(name, value):
                faults.append(f'{name}: {value}')
        elif name not in known:
            faults.append(f'unknown header {name}: {value}')
        elif not re.fullmatch(known[name], value):
            faults.append(f'header {name}: {value!r}')
    wanted = ['x-request-id', 'cache-control'] + (
        [] if by_hand else [*security, 'server', 'date', 'connection']
    )
    faults += [f'no {name}' for name in wanted if name not in names]
    if answer.status >= 400 and answer.get('cache-control') != 'no-store':
        faults.append('an error that may be kept')
    if answer.body and 'content-type' not in names:
        faults.append('a body without a type')
    try:
        answer.body.decode()
    except UnicodeDecodeError as error:
        faults.append(f'the body is not UTF-8: {error}')
    return faults


class Reader(html.parser.HTMLParser):
    """Finds where a canary stands in a page, and what never stands in ours."""

    addresses = {
        'href',
        'src',
        'action',
        'formaction',
        'data',
        'poster',
        'srcset',
        'cite',
        'background',
        'xlink:href',
        'ping',
        'content',
    }

    def __init__(self, canary, value):
        super().__init__()
        self.canary, self.faults, self.inside, self.run = canary, [], [], ''
        self.value = ' '.join(value.decode('utf-8', 'replace').split(' ')).strip(' ')
        self.seen = 0

    def blame(self, what):
        self.faults.append(what[:300])

    def shown(self, text, where):
        """The value may be shown, but whole: what is left of it after somebody decoded or cut it is
        another one."""
        if self.canary in text:
            self.seen += 1
            if self.value not in text and self.value not in urllib.parse.unquote_plus(text):
                self.blame(f'{where} shows the value changed: {text!r}')

    def handle_starttag(self, tag, attributes):
        self.flush()
        if self.canary in tag:
            self.blame(f'a tag <{tag}>')
        for name, value in attributes:
            value = value or ''
            if self.canary in name:
                self.blame(f'an attribute {name} of <{tag}>')
            if name.startswith('on') or name in ('style', 'srcdoc', 'formaction'):
                self.blame(f'<{tag} {name}="{value}">')
            if (
                self.canary in value
                and name in self.addresses
                and tag != 'meta'
                and not re.match(r'/(?![/\\])|[?#]', value.removeprefix(os.environ['BASE']))
            ):
                self.blame(f'an address: <{tag} {name}="{value}">')
            self.shown(value, f'<{tag} {name}>')
        if tag in ('script', 'style'):
            self.inside.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        self.flush()
        if self.canary in tag:
            self.blame(f'a tag </{tag}>')
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()

    def handle_data(self, data):
        self.run += data
        if self.inside and self.canary in data:
            self.blame(f'in <{self.inside[-1]}>: {data!r}')

    def flush(self):
        self.shown(self.run, 'the text')
        self.run = ''

    def hidden(self, data):
        if self.canary in data:
            self.blame(f'in a comment or declaration: {data!r}')

    handle_comment = handle_decl = handle_pi = unknown_decl = hidden


def reflection(answer, canary, value):
    """Faults of how a page shows a value that came in."""
    raw, mark = answer.body, canary.encode()
    faults = [
        f'header {name}: {text}'
        for name, text in answer.headers
        if canary in text and name != 'location'
    ]
    if mark not in raw:
        return faults
    if (
        b'<' + mark in raw
        or b'</' + mark in raw
        or (re.search(rb'[<>"\']', value) and value in raw)
    ):
        faults.append('the value is there as it came')
    if answer.get('content-type') == 'text/html; charset=utf-8':
        reader = Reader(canary, value)
        reader.feed(answer.text)
        reader.close()
        reader.flush()
        faults += reader.faults
    return faults


def leaked(answer, value=b''):
    """Words in the body that are nobody's business; the visitor's own are no secret."""
    text = answer.text
    if value:
        text = html.unescape(text).replace(value.decode('utf-8', 'replace').strip(' '), '')
        text = text.replace(urllib.parse.quote(value, safe=''), '').replace(
            urllib.parse.quote_plus(value, safe='()'), ''
        )
    return [
        f'says {match[0]!r}: {text[max(0, match.start() - 40):match.end() + 40]!r}'
        for match in leaks.finditer(text)
    ][:3]


def names_field(answer, field):
    return f'Isian <b>{field}</b>' in answer.text


def limits(path, name):
    """What the page itself says a parameter may be, asked with a value that is none: (lowest,
    highest, words)."""
    text = (
        get(f'{path}?{name}=%00'.encode()).text + get(f'{path}?{name}={"%22" * 1000}'.encode()).text
    )
    span = re.search(r'dari (-?\d+) sampai (-?\d+)', text)
    most = re.search(r'(?:paling panjang|paling banyak) ([\d.]+)', text)
    words = re.search(r'<code>([a-z ]+)</code>', text)
    low, high = (
        (int(span[1]), int(span[2])) if span else (0, int(most[1].replace('.', '')) if most else 0)
    )
    return low, high, words[1].split() if words else []


class Log:
    """The lines that a logger writes into a folder from now on, also when it begins a new file
    meanwhile."""

    def __init__(self, name):
        self.folder = os.path.join(os.environ['VAR'], 'log', name)
        self.read, self.rest = {}, {}
        self.lines()

    def lines(self):
        found, files = [], []
        for entry in os.scandir(self.folder):
            if entry.name == 'current' or entry.name.startswith('@'):
                try:
                    files.append((entry.name == 'current', entry.name, open(entry.path, 'rb')))
                except FileNotFoundError:
                    continue  # given another name just now; it is read the next time
        for _, _, file in sorted(files, key=lambda f: f[:2]):
            with file:
                inode = os.fstat(file.fileno()).st_ino
                file.seek(self.read.get(inode, 0))
                data = self.rest.pop(inode, b'') + file.read()
                self.read[inode] = file.tell()
            *whole, self.rest[inode] = data.split(b'\n')
            found += whole
        return found

    def until(self, marks, seconds=15):
        """Reads on until each mark is in a line, as what is logged is written a moment later."""
        found, left, end = [], set(marks), time.monotonic() + seconds
        while True:
            more = self.lines()
            found += more
            left = {mark for mark in left if not any(mark in line for line in more)}
            if not left or time.monotonic() > end:
                return found
            time.sleep(0.05)


def last_marks():
    """Ids of requests that are made now, on connections of their own, so that each process of the
    web server has some: when they are in its log, what came before is there too."""
    return {get(b'/tolok.css').id.encode() for _ in range(24)}


pair = re.compile(
    r'([a-z_]+)=(?:([^\x00-\x20"\\=\x7f-\U0010ffff]+)'
    r'|"((?:[^"\\\x00-\x1f\x7f]|\\["\\]|\\x[0-9a-f]{2})*)")(?:'
    r' (?=.)|$)'
)


def logfmt(line):
    """The fields of a line of the programs' logs; ValueError when it is none."""
    text, at, fields = line.decode(), 0, {}
    while at < len(text):
        found = pair.match(text, at)
        if not found or found[1] in fields:
            raise ValueError(f'no logfmt at {at}: {line!r}')
        fields[found[1]] = found[2] if found[2] is not None else found[3]
        at = found.end()
    return fields


def json_line(line):
    """The object of a line of the web server's log; ValueError when it is none, or has a key
    twice."""

    def once(pairs):
        if len({key for key, _ in pairs}) != len(pairs):
            raise ValueError(f'a key twice: {line!r}')
        return dict(pairs)

    return json.loads(line.decode(), object_pairs_hook=once)
