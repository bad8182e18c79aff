"""What the scanners' tests share: an instance of their own, its pages with a good value for every
parameter, and a page that is as bad as ours must not be, by which a scanner shows that it would
have found something."""
import html
import http.server
import os
import re
import subprocess
import sys
import threading
import urllib.parse

sys.path += [
    os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), folder)
    for folder in ('', 'fault', 'http')
]
from house import Instance, skip  # noqa: E402 (the path comes first)

# A good value for every parameter, so that a scanner begins at a page that is there. A new
# parameter has to be added here.
GOOD = {
    'q': 'sampah',
    'provinsi': 'jawa-timur',
    'jenis': 'kota',
    'city': 'kota-kediri',
    'putaran': '2022',
    'terbitan': '1',
    'kota': 'kota-madiun',
    'id': '1',
    'dimensi': 'environment',
    'tahun': '2022',
    'halaman': '1',
    'ukuran': 'index',
    'kelompok': 'kota',
    'urut': 'nama',
    'pulau': 'jawa',
    'perangkat': 'dinas-kesehatan',
    'dimension': 'governance',
}


def need(program):
    """Ends the test where a scanner is not installed and the long form is not asked for."""
    if (
        subprocess.run(['sh', '-c', f'command -v {program}'], stdout=subprocess.DEVNULL).returncode
        != 0
    ):
        skip(f'{program} is not installed: etc/packages attack')


class Page:
    """One page: its path with good values, the parameters in its path and those in its query."""

    def __init__(self, line):
        self.name, pattern, params, _ = line.split('\t')
        self.components = re.findall(r':(\w+)', pattern)
        self.query = [
            name
            for name in (param.split(':')[0] for param in params.split())
            if name not in self.components
        ]
        self.path = re.sub(r':(\w+)\??', lambda m: GOOD[m[1]], pattern)

    def marked(self, component):
        """The path with sqlmap's mark behind a component."""
        return self.path.replace(f'/{GOOD[component]}', f'/{GOOD[component]}*', 1)

    def address(self, base):
        pairs = urllib.parse.urlencode([(name, GOOD[name]) for name in self.query])
        return base + self.path + (f'?{pairs}' if pairs else '')


def pages():
    table = subprocess.run(
        [os.environ['WEB'], '--pages'],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return [Page(line) for line in table.stdout.splitlines()]


class Bad(http.server.BaseHTTPRequestHandler):
    """A page that writes what it is given into its query and into its HTML, and sends visitors
    wherever they ask."""

    database = ''

    def do_GET(self):
        asked = urllib.parse.parse_qs(
            urllib.parse.urlsplit(self.path).query, keep_blank_values=True
        )
        word, to = (asked.get(name, [''])[0] for name in ('q', 'to'))
        if to:
            self.send_response(302)
            self.send_header('Location', to)
            self.end_headers()
            return
        query = f"select name from pub.region where slug = '{word}'"
        found = subprocess.run(
            [
                'psql',
                '-X',
                '-A',
                '-t',
                '-h',
                self.database,
                '-U',
                'tolok_web',
                '-d',
                'tolok',
                '-c',
                query,
            ],
            env=dict(os.environ, PGAPPNAME='bad-site'),
            capture_output=True,
            text=True,
        )
        said = f'PG::SyntaxError: {found.stderr}' if found.returncode else found.stdout
        body = (
            '<!DOCTYPE html><title>Bad</title><a href="/?to=/x">x</a><form action="/"><input'
            f' name="q" value="kota-kediri"></form><p>{word}</p><p>{html.escape(said)}</p>'.encode()
        )
        self.send_response(200)
        self.send_header('Content-Type', 'text/html; charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def bad_site(here):
    """Starts that page over the instance's database; returns its address. It ends with the test."""
    handler = type('BadSite', (Bad,), {'database': here.run})
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f'http://127.0.0.1:{server.server_address[1]}'


def failed_statements(here):
    """What the database says of statements of the portal; those of the bad page are others."""
    return [
        line
        for line in here.log('postgres').splitlines()
        if re.search(r' tolok_(?:web|desk)@', line)
        and ' bad-site ' not in line
        and re.search(r' (?:ERROR|FATAL|PANIC): ', line)
    ]


__all__ = ['Instance', 'bad_site', 'failed_statements', 'need', 'pages']
