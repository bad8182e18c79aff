#!/usr/bin/env python3
"""What lies sealed in the database, and its key: what an earlier version sealed is sealed anew,
once, and a key that is missing is never replaced in silence."""
import os
import re
import subprocess
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'http'))
import browser  # noqa: E402 (the path comes first)
from package import Workplace, tolok  # noqa: E402
from tap import done, is_, ok  # noqa: E402

here = Workplace()
sql = here.sql
folder = os.getcwd()
os.environ.update(VAR=folder, TOLOK_SMTP='', TOLOK_SITE='http://127.0.0.1')
KEY = '0123456789abcdef' * 4
# By version 0.1, with that key: what is sealed, and as it lay in the database.
SECRETS = {
    'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP': (
        'Kwlp4CtyTKAW_Hbkhhrh1aNhQEzRidldffbIII28VMffSmKQyc_t1Fqurz3jrGwrdztB2FnmlfFefkT6du3YFhOLVX'
        'KLnTG2'
    ),
    'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ': (
        'kBc8iemgvXgeMP9cmDd1U_jDZvuFqAe52nXCabXmQ9KYjQc5u3UkDvniK3ClBByiqnoJErRf9wHGkBhK1DGG4G2Att'
        'gh4-pv'
    ),
}
TOKEN = 'tautan-yang-menunggu-0123456789012345678901'
LINK = (
    '66t3wtnEvU8EotbaiWZgr_Px_vy2mbG1h8dul2yBo3EmyQBModeRvlrDKQYfuxkIceJahANrVqptPsO0CEo91CWH7h'
    'Aaalg7uoOHxmd9nhAYcVM'
)


def seal(*words):
    said = tolok('seal', *words)
    return said.returncode, said.stdout, said.stderr


def put_key(text):
    with open('seal.key', 'w', encoding='ascii') as key:
        key.write(text)


def code(email):
    """What the authenticator of that demo account would show."""
    return tolok('account', 'code', email).stdout.strip()


def fits(email, secret):
    """Whether it is that of the secret; a step may end in between."""
    return any(code(email) == browser.totp(secret) for _ in range(2))


def ready():
    """What the desk says of itself."""
    host = os.environ['PGHOST']
    said = subprocess.run(
        [os.environ['DESK']],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={
            **os.environ,
            'TOLOK_WATCH': '1',
            'REQUEST_METHOD': 'GET',
            'PATH_INFO': '/readyz',
            'TOLOK_DB': f"host='{host}' dbname={here.database} user=tolok_desk",
        },
    )
    return said.stdout.split('\n', 1)[0].strip(), said.stdout.split('\n\n', 1)[1].strip()


# Nothing lies sealed.
is_(
    (*ready(), os.path.exists('seal.key')),
    ('Status: 200 OK', 'ready', False),
    'without a key and without secrets the desk is ready',
)
is_((*seal(), os.stat('seal.key').st_size), (0, '', '', 64), 'then a key is made')

# Accounts, and a link that waits, of an earlier version.
put_key(KEY)
for n, sealed in enumerate(SECRETS.values()):
    sql(
        f"""insert into data.account (email, name, role, state, demo, password_setting,
                                      password_digest, otp_secret, otp_counter)
            values ('lama{n}@uji.go.id', 'Lama', 'assessor', 'active', true,
                    '$argon2id$v=19$m=47104,t=2,p=1$' || repeat('s', 22), repeat('a', 64),
                    '{sealed}', 7)"""
    )
sql(
    f"""with a as (insert into data.account (email, name, role)
                   values ('undangan@uji.go.id', 'Undangan', 'assessor') returning id),
             i as (insert into data.invitation (account, purpose, digest, expires_at)
                   select id, 'invite', data.digest_of('{TOKEN}'), now() + interval '7 days'
                   from a returning id)
        insert into data.mail (invitation, sealed) select id, '{LINK}' from i"""
)
CONTENT = """select string_agg(md5((to_jsonb(a) - 'otp_secret')::text), ' ' order by a.id),
             (select string_agg(md5((to_jsonb(m) - 'sealed')::text), ' ') from data.mail m)
             from data.account a"""
SEALED = "select string_agg(sealed, ' ' order by purpose, id) from act.sealed()"
content = sql(CONTENT)
is_(code('lama0@uji.go.id'), '', 'what was sealed for nobody in particular opens for nobody')
is_(seal(), (0, '3 sealed anew\n', ''), 'until it is sealed anew')
is_(sql(CONTENT), content, 'nothing else has changed')
for n, secret in enumerate(SECRETS):
    ok(fits(f'lama{n}@uji.go.id', secret), f'account {n} has its codes')
after = sql(SEALED)
is_([old for old in (*SECRETS.values(), LINK) if old in after], [], 'nothing lies as before')
is_((seal(), sql(SEALED)), ((0, '', ''), after), 'a second time nothing is left to do')
sql(
    """update data.account a set otp_secret = b.otp_secret from data.account b
       where a.email = 'lama1@uji.go.id' and b.email = 'lama0@uji.go.id'"""
)
is_(code('lama1@uji.go.id'), '', "another account's secret opens for nobody")
status, printed, told = seal()
ok(
    (status, printed) == (1, '') and re.search(r'1 can not be opened with .*/seal\.key', told),
    'which is told',
    told,
)

# The key is gone, or another one.
os.rename('seal.key', 'kept')
is_(
    ready(),
    (
        'Status: 503 Service Unavailable',
        'not ready\nkey: seal.key is missing, nobody can sign in with a code',
    ),
    'the desk says that the key is missing',
)
for words in ('seal',), ('account', 'demo'):
    said = tolok(*words)
    ok(
        said.returncode == 1 and f'{folder}/seal.key is missing' in said.stderr,
        f'{" ".join(words)}: so does the command',
        said.stderr,
    )
is_(os.path.exists('seal.key'), False, 'and nobody makes another one')
put_key('0123')
is_(
    ready()[1],
    'not ready\nkey: seal.key can not be read, nobody can sign in with a code',
    'one that is cut off is none',
)
put_key('f' * 64)
is_(seal()[0], 1, 'another one opens nothing')
ok('3 can not be opened' in seal()[2], 'of what there is')
is_((seal('--lost')[0], sql(SEALED)), (1, sql(SEALED)), 'a key that is there is not lost')
os.rename('kept', 'seal.key')
ok(fits('lama0@uji.go.id', next(iter(SECRETS))), 'the right one is brought back')

# It is lost.
os.remove('seal.key')
is_(
    seal('--lost'),
    (0, '2 accounts without an authenticator, 1 link given up\n', ''),
    'a key that is lost takes what it has sealed',
)
is_(
    (os.path.exists('seal.key'), ready()[1], sql('select count(*) from act.sealed()')),
    (True, 'ready', '0'),
    'with another one the desk is ready',
)
is_(
    sql("select count(*) from data.audit where act = 'authenticator_reset'"),
    '2',
    'the trail says for whom',
)
done()
