"""People of the desk for tests through nginx: accounts and sessions are put into the database of
the test instance, and taken out again."""
import hashlib
import http.client
import json
import os
import re
import secrets
import sys
import urllib.parse

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import psql  # noqa: E402 (the path comes first)

base = urllib.parse.urlsplit(os.environ['BASE'])


sql = psql.Rows()  # of the instance's database, as superuser


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()
        self.text = self.body.decode('utf-8', 'replace')

    def field(self, name):
        """The value of a hidden field of the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return found[1] if found else None


class Person:
    """Somebody who has signed in. Role None: nobody."""

    def __init__(self, role=None, region=None, dimension=None):
        self.token = secrets.token_urlsafe(32)
        self.email = f'uji-{secrets.token_hex(6)}@uji.go.id'
        if role is not None:
            sql(
                '''
                with a as (
                  insert into data.account (email, name, role, region, dimensions, state,
                    password_setting, password_digest, otp_secret)
                  values (:'email', 'Uji', :'role', nullif(:'region', ''),
                    string_to_array(nullif(:'dimension', ''), ','), 'active',
                          '$argon2id$v=19$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg', repeat('a', 64),
                            'sealed') returning id)
                insert into data.session (account, digest, level, source, agent, expires_at)
                select a.id, :'digest', 'full', '127.0.0.1', 'uji', now() + interval '1 hour' from
                  a;''',
                email=self.email,
                role=role,
                region=region or '',
                dimension=dimension or '',
                digest=hashlib.sha256(self.token.encode()).hexdigest(),
            )

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(base.hostname, base.port, timeout=60)
        connection.request(
            method,
            path,
            body,
            {'Host': base.netloc, 'Cookie': f'tolok={self.token}', **(headers or {})},
        )
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def get(self, path):
        return self.ask('GET', path)

    def post(self, path, fields, files=(), headers=None):
        """Sends a form; files are (field, name as it stands in the header, bytes)."""
        boundary = 'batas' + secrets.token_hex(8)
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            .encode()
            for name, value in fields.items()
        ]
        parts += [
            b'--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type:'
            b' image/png\r\n\r\n' % (boundary.encode(), field.encode(), name.encode())
            + content
            + b'\r\n'
            for field, name, content in files
        ]
        body = b''.join(parts) + f'--{boundary}--\r\n'.encode()
        return self.ask(
            'POST',
            path,
            body,
            {
                'Content-Type': f'multipart/form-data; boundary={boundary}',
                'Origin': os.environ['BASE'],
                **(headers or {}),
            },
        )

    def post_form(self, path, fields):
        """Sends a form without files."""
        return self.ask(
            'POST',
            path,
            urllib.parse.urlencode(fields),
            {'Content-Type': 'application/x-www-form-urlencoded', 'Origin': os.environ['BASE']},
        )

    def hand_in(self, content, year='2025', region='', name='surat.pdf', **more):
        """Begins a letter with this file: the answer."""
        page = self.get('/meja/surat/baru')
        sent = {key: page.field(key) for key in ('form', 'key')} | {'region': region, 'year': year}
        return self.post('/meja/surat/unggah', sent | more, [('file', name, content)])

    def letter(self, content, number, state='draft', **fields):
        """A letter of this person's with one figure; its number."""
        letter = self.hand_in(content, **fields).headers['Location'].split('/')[3]
        words = {'number': number, 'issued': '2026-01-05', 'publisher': 'Ditjen Uji'}
        for call in (
            "letter_save({letter}, {seen}, {key}, :'words', 'id')",
            'letter_submit({letter}, {seen}, {key})',
        )[: 1 if state == 'draft' else 2]:
            self.act(call, letter=letter, words=json.dumps(words | {'improvement': '0,2'}))
        return letter

    def win(self, title):
        """A new quick win of this person's, ready to be submitted; its number."""
        return sql(
            '''
            begin;
            set local search_path = '';
            select from act.enter(:'token', 'uji', '127.0.0.1', 'uji');
            select (act.win_save(null, null, 'kunci-' || md5(random()::text),
              jsonb_build_object('title', :'title', 'summary', 'Ringkasan',
              'problem', 'Masalah', 'solution', 'Solusi', 'agency', 'Dinas', 'started',
                '2026-01-02', 'dimension', 'governance'))).id;
            commit;''',
            token=self.token,
            title=title,
        )[-1][0]

    def act(self, call, **values):
        """An act on a quick win or a letter, as this person: call names the function with {win} or
        {letter}, {seen} and {key} in it; its outcome."""
        kind = 'win' if 'win' in values else 'letter'
        seen = f'(select row_version from data.{kind} where id = :{kind})'
        words = call.format(
            win=':win', letter=':letter', seen=seen, key="'kunci-' || md5(random()::text)"
        )
        return sql(
            f'''
            begin;
            set local search_path = '';
            select from act.enter(:'token', 'uji', '127.0.0.1', 'uji');
            select (act.{words}).outcome;
            commit;''',
            token=self.token,
            **values,
        )[-1][0]
