#!/usr/bin/env python3
"""A password that was hashed by an older, weaker setting is hashed by today's at the next sign-in,
and by nothing else."""
import base64
import ctypes
import hashlib
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import browser
import desk
from tap import done, is_, ok

sodium = ctypes.CDLL('libsodium.so.23')
office = desk.person('office')
salt = b'0123456789abcdef'
weak = '$argon2id$v=19$m=19456,t=2,p=1$' + base64.b64encode(salt).decode().rstrip('=')


def weaken():
    """The account as an older version of the program would have made it."""
    key = ctypes.create_string_buffer(32)
    word = browser.password.encode()
    sodium.crypto_pwhash(
        key,
        ctypes.c_ulonglong(32),
        word,
        ctypes.c_ulonglong(len(word)),
        salt,
        ctypes.c_ulonglong(2),
        ctypes.c_size_t(19456 * 1024),
        2,
    )
    digest = hashlib.sha256(key.raw).hexdigest()
    browser.sql(
        f"update data.account set password_setting = '{weak}', password_digest = '{digest}' where"
        f" email = '{office.email}'"
    )


def kept():
    return browser.sql(
        "select password_setting || ' ' || password_digest from data.account where email ="
        f" '{office.email}'"
    )


def rows():
    return browser.sql(
        "select string_agg(concat_ws(' ', before ->> 'setting', after ->> 'setting'), ',') from"
        f" data.audit where act = 'password_rehash' and actor = '{office.email}'"
    )


weaken()
before = kept()
office.cookies.clear()
office.get('/masuk')
is_(
    office.post('/masuk', {'email': office.email, 'password': browser.password + 'x'}).status,
    422,
    'a wrong password',
)
is_(kept(), before, 'changes nothing')
office.sign_in()
is_(office.get('/meja').status, 200, 'the right one opens')
after = kept()
ok(
    re.fullmatch(r'\$argon2id\$v=19\$m=47104,t=2,p=1\$[A-Za-z0-9+/]{22} [0-9a-f]{64}', after),
    'and is hashed as it is done now',
    after,
)
is_(
    rows(),
    '$argon2id$v=19$m=19456,t=2,p=1 $argon2id$v=19$m=47104,t=2,p=1',
    'with one row in the trail that shows no salt',
)
office.sign_in()
is_((office.get('/meja').status, kept() == after), (200, True), 'the next time it opens and stays')
done()
