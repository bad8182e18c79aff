"""A browser without a screen for tests of the desk: one cookie jar, forms as they stand in the
page, one-time codes."""
import base64
import hashlib
import hmac
import html
import http.client
import os
import re
import secrets
import struct
import subprocess
import sys
import time
import urllib.parse

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import psql  # noqa: E402 (the path comes first)

base = os.environ.get('BASE', 'http://127.0.0.1:8080')
password = 'empat kuda makan jerami basah'


def totp(secret, at=None):
    """The code of a secret in base32 at a moment (RFC 6238)."""
    step = struct.pack('>Q', int((time.time() if at is None else at) // 30))
    mac = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    return f'{(struct.unpack(">I", mac[mac[-1] & 15:][:4])[0] & 0x7fffffff) % 1000000:06}'


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def location(self):
        return self.header('Location')

    def field(self, name, action=None):
        """The value of a hidden field, of the form with that action."""
        text = self.body
        if action is not None:
            found = re.search(rf'<form[^>]* action="{re.escape(action)}".*?</form>', text, re.S)
            text = found[0] if found else ''
        found = re.search(rf'name="{name}" value="([^"]*)"', text) or re.search(
            rf'name="{name}"[^>]* value="([^"]*)"', text
        )
        return html.unescape(found[1]) if found else None


class Browser:
    """Each comes from an address of its own, as tries to sign in are counted by address. Who is
    told to come back later does so, for so many seconds: others sign in at the same time, and two
    passwords at once are hashed for all."""

    patience = 60

    def __init__(self, source=None):
        self.cookies, self.last, self.path = {}, None, '/'
        self.source = source or '127.{}.{}.{}'.format(
            *(secrets.randbelow(254) + 1 for _ in range(3))
        )

    def send(self, method, path, body=None, headers=()):
        host = urllib.parse.urlsplit(base)
        connection = http.client.HTTPConnection(
            host.hostname, host.port, timeout=30, source_address=(self.source, 0)
        )
        connection.putrequest(method, path, skip_accept_encoding=True)
        if self.cookies:
            connection.putheader('Cookie', '; '.join(f'{k}={v}' for k, v in self.cookies.items()))
        for key, value in headers:
            connection.putheader(key, value)
        if body is not None:
            connection.putheader('Content-Length', str(len(body)))
        connection.endheaders(body)
        got = connection.getresponse()
        self.last = Answer(got.status, got.getheaders(), got.read().decode('utf-8', 'replace'))
        connection.close()
        for key, value in self.last.headers:
            if key.lower() == 'set-cookie':
                name, _, rest = value.partition('=')
                self.cookies[name] = rest.split(';')[0]
                if 'Max-Age=0' in value:
                    del self.cookies[name]
        return self.last

    def ask(self, *words):
        """Sends it, and once more when it is told to."""
        end = time.monotonic() + self.patience
        while (
            self.send(*words).status == 503
            and self.last.header('Retry-After')
            and time.monotonic() < end
        ):
            time.sleep(1)
        return self.last

    def get(self, path, headers=()):
        self.path = path
        return self.ask('GET', path, None, headers)

    def post(self, path, fields=(), form=True, headers=()):
        """Sends fields as a form of the page that was got last; with form=True its token comes
        along."""
        pairs = list(fields.items() if isinstance(fields, dict) else fields)
        if form is True:
            form = self.last.field('form')
        if form:
            pairs.append(('form', form))
        body = urllib.parse.urlencode(pairs).encode()
        given = {key.lower() for key, _ in headers}
        own = [
            ('Content-Type', 'application/x-www-form-urlencoded'),
            ('Origin', base),
            ('Sec-Fetch-Site', 'same-origin'),
        ]
        own = [h for h in own if h[0].lower() not in given] + [
            h for h in headers if h[1] is not None
        ]
        return self.ask('POST', path, body, own)

    def follow(self):
        while self.last.status in (301, 302, 303):
            self.get(self.last.location)
        return self.last


sql = psql.Session()


class Person(Browser):
    """Somebody with an account: invited as the operator's command does it, with its options, signed
    in for the first time."""

    def __init__(self, email, role, *options):
        super().__init__()
        self.email, self.used = email, 0
        token = secrets.token_urlsafe(32)
        given = {'--name': None, '--region': None, '--dimension': None}
        given |= dict(zip(options[::2], options[1::2], strict=True))
        name, region, dimension = (f"'{word}'" if word else 'null' for word in given.values())
        sql(
            f"""select from act.account_create('{email}', {name}, '{role}', {region}, {dimension},
                                               '{token}')"""
        )
        self.link = f'/undangan/{token}'

    def begin(self):
        """Chooses the password, enrols, and is signed in."""
        self.get(self.link)
        self.post(self.link, {'new': password, 'repeat': password})
        self.follow()
        self.secret = re.search(r'<code[^>]*>([A-Z2-7 ]{39})</code>', self.last.body)[1].replace(
            ' ', ''
        )
        self.post('/masuk/daftar-kode', {'code': self.code()})
        self.codes = re.findall(r'<code>([0-9a-z-]{19})</code>', self.last.body)
        return self

    def code(self):
        """A code that was not used yet: if need be that of the next step, which is taken too, or
        one that is set free."""
        now = int(time.time() // 30)
        if self.used > now:
            sql(f"update data.account set otp_counter = 0 where email = '{self.email}'")
            self.used = now - 1
        self.used = max(now, self.used + 1)
        return totp(self.secret, self.used * 30)

    def sign_in(self):
        self.cookies.clear()
        self.get('/masuk')
        self.post('/masuk', {'email': self.email, 'password': password})
        self.follow()
        self.post('/masuk/kode', {'code': self.code()})
        return self
