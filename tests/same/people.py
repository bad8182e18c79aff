"""People of the desk with sessions that do not end, quick wins in each state, and requests on one
connection after another.

`populate` works on an instance of the old tree before its data is copied: through forms where
there are some, so that it does not depend on the shape of tables. Afterwards all that it wrote
happened thirty days ago, as pages speak of today otherwise."""
import html
import http.client
import os
import re
import sys
import urllib.parse

from trees import HOST, SITE

sys.path.append(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'http'))
import upload_cases  # noqa: E402
from browser import totp  # noqa: E402

PASSWORD = "'$argon2id$v=19$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg', repeat('a', 64)"
# role, region, dimension, level of the session, and whether an authenticator is connected
PEOPLE = {
    'office': ('office', '', '', 'full', True),
    'assessor': ('assessor', '', '', 'full', True),
    'operator': ('operator', '35.71', '', 'full', True),
    'owner': ('owner', '35.71', 'governance', 'full', True),
    'neighbour': ('owner', '35.71', 'economy', 'full', True),
    'stranger': ('operator', '35.77', '', 'full', True),
    'half': ('office', '', '', 'password', False),
    'fresh': ('assessor', '', '', 'password', False),
    'unproved': ('office', '', '', 'full', True),
    'ended': ('assessor', '', '', 'full', True),
}
ASKING = [who for who in PEOPLE if who not in ('unproved', 'ended')]
LINKS = {'invite': 'b' * 43, 'reset': 'c' * 43, 'over': 'd' * 43}

WORDS = {
    'summary': 'Antrean diambil <dari> rumah & "tanpa" kertas.',
    'problem': 'Antre sejak subuh.\n\nLoket hanya dua.\nSatu rusak.',
    'solution': 'Nomor diambil lewat ponsel.',
    'agency': 'Dinas Kesehatan',
    'started': '2024-02-01',
    'cost': '150000000',
    'figure': 'lama menunggu, menit',
    'figure_before': '145',
    'figure_after': '21.5',
    'figure_source': 'Survei 2024',
    'lesson': 'Mulailah kecil.\n\nLalu ukur.',
    'contact': 'dinkes@kediri.example',
    'partners': 'Kota mana pun.',
    'links': 'https://contoh.example/antrean\nhttps://contoh.example/b?x=1&y=2',
}
STATES = ('draft', 'submitted', 'returned', 'published', 'withdrawn', 'renewed', 'bare')


def token(who):
    return f'{who}-{"x" * 43}'[:43]


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, dict(headers), body
        self.text = body.decode('utf-8', 'replace')

    def field(self, name, action):
        """The value of a hidden field of the form with that action, or else of any."""
        forms = re.findall(rf'<form[^>]* action="{re.escape(action)}".*?</form>', self.text, re.S)
        found = re.search(
            rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', ''.join(forms) or self.text
        )
        return html.unescape(found[1]) if found else None


class Client:
    """Somebody's connection, which is kept: asks the port of an instance with the cookie of one
    of PEOPLE, or with none."""

    def __init__(self, port, who=None, origin=SITE):
        self.port, self.origin, self.connection = port, origin, None
        self.cookie = f'tolok={token(who)}' if who else ''

    def ask(self, method, path, body=None, headers=()):
        """An address that was refused may end the connection; then there is another one."""
        lines = {'Host': urllib.parse.urlsplit(self.origin).netloc or HOST, **dict(headers)}
        if self.cookie:
            lines['Cookie'] = self.cookie
        for last in (False, True):
            if self.connection is None:
                self.connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
            try:
                # Addresses are sent as they are, also those that are none.
                self.connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
                for name, value in lines.items():
                    self.connection.putheader(name, value)
                if body is not None:
                    self.connection.putheader('Content-Length', str(len(body)))
                self.connection.endheaders(body)
                got = self.connection.getresponse()
                answer = Answer(got.status, got.getheaders(), got.read())
                if got.will_close:
                    self.close()
                if not self.cookie and (set_cookie := answer.headers.get('Set-Cookie')):
                    self.cookie = set_cookie.split(';')[0]
                return answer
            except (http.client.HTTPException, OSError):
                self.close()
                if last:
                    raise

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def send(self, page, action, fields, file=None):
        """Sends the form with that action of a page, as it stands there, with these fields; one may
        be a function of the page."""
        shown = self.ask('GET', page)
        fields = {
            name: value(shown) if callable(value) else value for name, value in fields.items()
        }
        hidden = {
            name: value
            for name in ('form', 'key', 'seen', 'sealed')
            if (value := shown.field(name, action)) is not None
        }
        fields = {name: value for name, value in (hidden | fields).items() if value is not None}
        kind, body = 'application/x-www-form-urlencoded', urllib.parse.urlencode(fields).encode()
        if file:
            bound = 'batas-1234567890'
            parts = [
                f'--{bound}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                for name, value in fields.items()
            ]
            parts.append(
                f'--{bound}\r\nContent-Disposition: form-data; name="file"; '
                f'filename="{file[0]}"\r\n'
                'Content-Type: application/octet-stream\r\n\r\n'
            )
            kind, body = (
                f'multipart/form-data; boundary={bound}',
                ''.join(parts).encode() + file[1] + f'\r\n--{bound}--\r\n'.encode(),
            )
        return self.ask(
            'POST',
            action,
            body,
            {'Content-Type': kind, 'Origin': self.origin, 'Sec-Fetch-Site': 'same-origin'},
        )


def accounts(instance):
    """Puts PEOPLE into the database, and links of invitations."""
    for who, (role, region, dimension, level, enrolled) in PEOPLE.items():
        instance.sql(
            f"""
            with a as (
              insert into data.account (email, name, role, region, dimensions, state,
                                        password_setting, password_digest, otp_secret)
              values (:'who' || '@uji.go.id', 'Uji ' || :'who', :'role', nullif(:'region', ''),
                      string_to_array(nullif(:'dimension', ''), ','), 'active',
                      {PASSWORD}, case when :'enrolled' = 'True' then 'sealed' end) returning id)
            insert into data.session (account, digest, level, source, agent, expires_at)
            select a.id, data.digest_of(:'token'), :'level', '127.0.0.1', 'uji',
                   now() + interval '1 hour' from a;""",
            who=who,
            role=role,
            region=region,
            dimension=dimension,
            level=level,
            enrolled=enrolled,
            token=token(who),
        )
    for purpose, link in LINKS.items():
        instance.sql(
            """
            with a as (
              insert into data.account (email, name, role)
              values ('diundang-' || :'purpose' || '@uji.go.id', 'Uji <b>&', 'assessor')
              returning id)
            insert into data.invitation (account, purpose, digest, expires_at)
            select a.id, case :'purpose' when 'reset' then 'reset' else 'invite' end,
                   data.digest_of(:'link'), now() + interval '1 day'
            from a;""",
            purpose=purpose,
            link=link,
        )


def enrol(instance, who):
    """Connects an authenticator; the session then waits for its code again."""

    def code(shown):
        return totp(re.search(r'<code[^>]*>([A-Z2-7 ]{39})</code>', shown.text)[1].replace(' ', ''))

    way = '/masuk/daftar-kode'
    answer = Client(instance.port, who, instance.base).send(way, way, {'code': code})
    email = f'{who}@uji.go.id'
    enrolled = instance.sql(
        "select otp_secret is not null from data.account where email = :'email'", email=email
    )
    if enrolled != ['t']:
        raise RuntimeError(f'no authenticator for {who}: {answer.status} {answer.text[:2000]}')
    instance.sql(
        """
        update data.session set digest = data.digest_of('over')
        where digest = data.digest_of(:'token');
        update data.session
        set level = 'password', digest = data.digest_of(:'token'), ended_at = null
        where id = (select max(s.id) from data.session s join data.account a on a.id = s.account
                    where a.email = :'email');""",
        token=token(who),
        email=email,
    )


def done(answer, what):
    if answer.status != 303:
        raise RuntimeError(f'{what}: {answer.status} {answer.text[:2000]}')
    return answer


def quick_wins(instance):
    """One of each state of the city's, with files, and enough drafts for a second page of the
    board; {state: number}, {state: file}."""
    people = {who: Client(instance.port, who, instance.base) for who in PEOPLE}
    operator, office, wins, files = people['operator'], people['office'], {}, {}

    def begin(title, who=operator):
        answer = done(
            who.send(
                '/meja/quickwin/baru',
                '/meja/quickwin/baru',
                {'title': title, 'dimension': 'governance'},
            ),
            title,
        )
        return re.search(r'/meja/quickwin/(\d+)', answer.headers['Location'])[1]

    def save(win, title, **fields):
        words = {'title': title, 'dimension': 'governance', **WORDS, **fields}
        done(
            operator.send(f'/meja/quickwin/{win}/ubah', f'/meja/quickwin/{win}/simpan', words),
            'saving',
        )

    def add(win, name):
        done(
            operator.send(
                f'/meja/quickwin/{win}/berkas',
                f'/meja/quickwin/{win}/berkas/tambah',
                {'caption': f'Gambar <{name}>'},
                (name, upload_cases.seed('good.png')),
            ),
            'adding a file',
        )

    def submit(win):
        done(
            operator.send(f'/meja/quickwin/{win}/periksa', f'/meja/quickwin/{win}/kirim', {}),
            'sending',
        )

    def decide(win, act, **fields):
        done(office.send(f'/meja/quickwin/{win}', f'/meja/quickwin/{win}/{act}', fields), act)

    for state in STATES:
        title = f'Antrean daring puskesmas ({state})'
        win = wins[state] = begin(title)
        if state == 'bare':
            continue
        save(win, title)
        add(win, 'a.png')
        if state == 'draft':
            continue
        submit(win)
        if state == 'returned':
            decide(win, 'kembalikan', reason='Kurang <jelas>.\n\nTambahkan angka.')
            save(win, title, summary='Sudah diperjelas.', figure_after='20')
        if state in ('published', 'withdrawn', 'renewed'):
            decide(win, 'terbitkan', note='Bagus & "jelas"')
        if state == 'withdrawn':
            decide(win, 'tarik', why='Keliru')
        if state == 'renewed':
            save(win, title + ' baru', problem='Antre sejak malam.\n\nLoket hanya satu.', cost='')
    for n in range(24):
        begin(f'Rencana {n}')
    begin('Milik tetangga', people['stranger'])
    for state, win in wins.items():
        files[state] = instance.sql(
            'select coalesce(max(id), 1) from data.win_file where win = :win', win=win
        )[0]
    for person in people.values():
        person.close()
    return wins, files


LONG_AGO = """
    set session_replication_role = replica;
    do $$
    declare c record;
    begin
      for c in select table_name, column_name from information_schema.columns
               where table_schema = 'data' and data_type = 'timestamp with time zone'
                 and table_name in (select table_name from information_schema.tables
                                    where table_schema = 'data' and table_type = 'BASE TABLE')
                 and table_name in ('account', 'audit', 'file', 'invitation', 'receipt', 'session',
                                    'win', 'win_file', 'win_version')
      loop
        execute format('update data.%1$I set %2$I = %2$I - interval ''30 days''
                        where %2$I > now() - interval ''1 day''', c.table_name, c.column_name);
      end loop;
    end $$;
    update data.session set seen_at = '2090-01-01', expires_at = '2090-01-02',
           proved_at = '2090-01-01';
    update data.session set proved_at = '2020-01-01'
    where account = (select id from data.account where email = 'unproved@uji.go.id');
    update data.invitation set expires_at = '2090-01-01' where digest <> data.digest_of(:'over');
    update data.account set state = 'disabled' where email = 'ended@uji.go.id';"""


def populate(instance):
    """Everything above; what addresses need to know of it."""
    accounts(instance)
    enrol(instance, 'half')
    wins, files = quick_wins(instance)
    instance.sql(LONG_AGO, over=LINKS['over'])
    numbers = dict(
        line.split('|')
        for line in instance.sql("select split_part(email, '@', 1), id from data.account")
    )
    return {'wins': wins, 'files': files, 'accounts': numbers}
