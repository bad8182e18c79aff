#!/usr/bin/env python3
"""Forms that nobody made for this: every act of the desk, sent without our token, with that of
somebody else, of another session or of before signing in, or by another site, is refused before
anything is done."""
import hashlib
import os
import re
import secrets
import sys
import urllib.parse

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import uploader
from tap import done, is_, none, ok

with open(os.path.join(os.environ['ROOT'], 'cgi-bin/desk/acts.c'), encoding='utf-8') as source:
    routes = re.findall(r'\{\.path = "([^"]+)"', source.read())
ok(len(routes) > 20, f'{len(routes)} acts')
office, city, other = (
    uploader.Person('office'),
    uploader.Person('operator', '35.71'),
    uploader.Person('operator', '35.77'),
)
win = city.win('Dipalsukan')
account = {
    who.email: uploader.sql("select id from data.account where email = :'email'", email=who.email)[
        0
    ][0]
    for who in (office, city, other)
}
mine = ' '.join(account.values())


def session(who):
    """Another browser of the same person."""
    second = uploader.Person()
    uploader.sql(
        (
            "insert into data.session (account, digest, level, source, agent, expires_at) values"
            " (:id, :'digest', 'full', '127.0.0.1', 'uji', now() + interval '1 hour')"
        ),
        id=account[who.email],
        digest=hashlib.sha256(second.token.encode()).hexdigest(),
    )
    return second


def state():
    """All that these people have and have done."""
    return uploader.sql(
        """
        with me as (select unnest(string_to_array(:'ids', ' ')::integer[]) as id), win as (select
        w.* from data.win w join me on me.id = w.created_by), what (t) as (
          select a::text from data.account a join me using (id) union all select w::text from win w
          union all select v::text from data.win_version v join win w on w.id = v.win union all
          select f::text from data.win_file f join win w on w.id = f.win
          union all select i::text from data.invitation i join me on me.id in (i.account,
          i.created_by)
          union all select r::text from data.receipt r join me on me.id = r.account union all select
          a::text from data.audit a join me on me.id = a.account
          union all select c::text from data.recovery_code c join me on me.id = c.account
          union all select (to_jsonb(s) - 'seen_at')::text from data.session s join me on me.id =
          s.account)
        select count(*), md5(string_agg(t, '|' order by t)) from what""",
        ids=mine,
    )


def send(who, path, token, headers):
    fields = {
        'key': secrets.token_urlsafe(18),
        'seen': '1',
        'title': 'Dipalsukan',
        'reason': 'x',
        'why': 'x',
        'email': f'x{secrets.token_hex(4)}@uji.go.id',
        'name': 'X',
        'role': 'office',
        'password': 'x',
        'new': 'empat kuda makan jerami',
        'repeat': 'empat kuda makan jerami',
        'code': '000000',
    }
    if token is not None:
        fields['form'] = token
    return who.ask(
        'POST',
        path,
        urllib.parse.urlencode(fields),
        {
            'Content-Type': 'application/x-www-form-urlencoded',
            'Origin': os.environ['BASE'],
            **headers,
        },
    ).status


second, nobody = {who: session(who) for who in (office, city)}, uploader.Person()
before = state()
evil = 'https://jahat.example'
faults = []
for who in (office, city):
    own, stranger = who.get('/meja/akun').field('form'), other.get('/meja/akun').field('form')
    forged = {
        'no token': (None, {}),
        'an empty one': ('', {}),
        'that of another person': (stranger, {}),
        'that of one\'s other session': (second[who].get('/meja/akun').field('form'), {}),
        'that of before signing in': (nobody.get('/masuk').field('form'), {}),
        'the cookie itself': (who.token, {}),
        'another one\'s cookie': (other.token, {}),
        'one cut short': (own[:-1], {}),
        'another case': (own.swapcase(), {}),
        'two of them': (own + own, {}),
        'another site': (own, {'Origin': evil}),
        'no site': (own, {'Origin': 'null'}),
        'our name without its port': (own, {'Origin': 'http://127.0.0.1'}),
        'our name over TLS': (own, {'Origin': os.environ['BASE'].replace('http:', 'https:')}),
        'a fetch from elsewhere': (own, {'Sec-Fetch-Site': 'cross-site'}),
        'a fetch from a neighbour': (own, {'Sec-Fetch-Site': 'same-site'}),
        'another host': (own, {'Host': 'jahat.example', 'Origin': 'http://jahat.example'}),
    }
    for route in routes:
        path = (
            route.replace(':token', 'a' * 43)
            .replace(':file', '1')
            .replace(':round', 'uji')
            .replace(':preview', '1')
            .replace(':topic', 'banjir')
            .replace(':number', '1')
            .replace(':ask', '1')
            .replace(':id', win if 'quickwin' in route else account[other.email])
        )
        for what, (token, headers) in forged.items():
            for prefix in ('', '/en') if what == 'no token' else ('',):
                status = send(who, prefix + path, token, headers)
                # A file is read only for whom the desk knows, by its own name: nginx sends others
                # to the door.
                at_door = (
                    what == 'another host'
                    and status == 303
                    and route.endswith(('/tambah', '/unggah'))
                )
                # What holds no text of theirs is not kept for them: they sign in and press again.
                again = status == 303 and route == '/meja/kabar/dibaca'
                if status not in (403, 400) and not at_door and not again:
                    faults.append(f'{prefix}{path} with {what}: {status}')
none(faults, f'{len(routes)} acts, {len(forged)} forgeries: each is refused')
is_(state(), before, 'and nothing has changed, nor does the trail know of it')
is_(
    {
        send(
            nobody,
            route.replace(':id', win).replace(':file', '1'),
            nobody.get('/masuk').field('form'),
            {},
        )
        for route in routes
        if route.startswith('/meja/')
    }
    <= {303, 403, 404},
    True,
    'whoever has not signed in has a good token and is sent to the sign-in',
)
is_(state(), before, 'which changes nothing')
is_(
    send(city, f'/meja/quickwin/{win}/simpan', city.get('/meja/akun').field('form'), {}),
    303,
    'while the form that is ours is taken',
)
ok(state() != before, 'and that shows')
done()
