#!/usr/bin/env python3
"""Hostile values in the variables of CGI: at a worker's socket, where a variable may hold any byte,
and by hand. A worker answers all of it, as it may not trust the web server before it."""
import os
import random
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import audit  # noqa: E402 (the path comes first)
import corpus  # noqa: E402
import wire  # noqa: E402
from tap import done, none  # noqa: E402

ALL = bool(os.environ.get('TOLOK_ALL'))
SEED = int(os.environ.get('JUNK_SEED', '20261122'))
AT_SOCKET, BY_HAND = (4000, 200) if ALL else (250, 15)
chance = random.Random(SEED)
print(f'# seed {SEED}')

audit.known['x-accel-redirect'] = audit.known['location']
USUAL = [
    (b'REQUEST_METHOD', b'GET'),
    (b'PATH_INFO', b'/kota'),
    (b'QUERY_STRING', b'q=kediri'),
    (b'SERVER_PROTOCOL', b'HTTP/1.1'),
    (b'REQUEST_ID', b'0123456789abcdef' * 2),
    (b'SCRIPT_NAME', b''),
    (b'CONTENT_LENGTH', b''),
    (b'CONTENT_TYPE', b''),
]
NAMES = b"""REQUEST_METHOD PATH_INFO QUERY_STRING REQUEST_ID CONTENT_LENGTH HTTP_IF_NONE_MATCH
          HTTP_ACCEPT_ENCODING SERVER_PROTOCOL SCRIPT_NAME PATH_TRANSLATED DOCUMENT_ROOT
          CONTENT_TYPE REMOTE_ADDR REMOTE_USER SERVER_NAME SERVER_PORT HTTPS HTTP_HOST HTTP_PROXY
          HTTP_COOKIE HTTP_USER_AGENT HTTP_X_FORWARDED_HOST TOLOK_ACCEL TOLOK_DB TOLOK_TEMPLATES
          PGHOST PATH LD_PRELOAD FCGI_ROLE FCGI_WEB_SERVER_ADDRS GATEWAY_INTERFACE""".split()
STATUSES = {200, 301, 302, 303, 304, 307, 308, 400, 404, 405, 413, 414}


def faults_of(answer, name, label, canary, value, shown=None):
    """By hand and at the socket an answer has the same form. `shown` is how a page may show the
    value, when not so."""
    faults = audit.form(answer, by_hand=True) + audit.leaked(answer, value)
    faults += audit.reflection(answer, canary, value if shown is None else shown)
    if answer.status not in STATUSES and not (
        answer.status == 0 and answer.has('x-accel-redirect')
    ):
        faults.append(f'status {answer.status}')
    return [f'{name!r:.60} {label}: {fault}' for fault in faults]


def replaced(name, value):
    return [pair for pair in USUAL if pair[0] != name] + [(name, value)]


def as_query(name, value):
    """What the variable holds, and how a page may show it: in a query a value is escaped, or means
    what it means."""
    if name != b'QUERY_STRING':
        return value, None
    return (b'q=' + corpus.escape(value), None) if chance.random() < 0.5 else (b'q=' + value, b'')


audit.form(wire.fastcgi(USUAL), by_hand=True)
log = audit.Log('web')
names, found = [name for name, _ in corpus.values('x')], []
choices = [(name, index) for name in NAMES for index in range(len(names))]
chance.shuffle(choices)
# The variables that the program reads come more often.
choices.sort(key=lambda choice: NAMES.index(choice[0]) >= 7 and chance.random() < 0.8)
for number, (name, index) in enumerate(choices[:AT_SOCKET]):
    canary = f'kf{number:06d}'
    label, value = corpus.values(canary)[index]
    if name == b'PATH_INFO' and chance.random() < 0.7:
        value = chance.choice([b'/kota/', b'/', b'/peringkat/', b'/quickwin/']) + value
    elif name == b'CONTENT_LENGTH' and chance.random() < 0.5:
        value = b'%d' % chance.choice([1, 2**20, 2**20 + 1, 2**31, 2**63, 2**64])
    variable, shown = as_query(name, value)
    answer = wire.fastcgi(replaced(name, variable), chance.choice([b'', b'', b'x' * 70000]))
    found += faults_of(answer, name, label, canary, value, shown)
none(found, f'{AT_SOCKET} requests at a worker\'s socket')

odd = {
    'no variables': [],
    'no method': [pair for pair in USUAL if pair[0] != b'REQUEST_METHOD'],
    'no path': [pair for pair in USUAL if pair[0] != b'PATH_INFO'],
    'each twice': USUAL + USUAL,
    'two paths': [*USUAL, (b'PATH_INFO', b'/tentang')],
    'an empty name': [(b'', b'x'), *USUAL],
    'a name with =': [(b'PATH_INFO=/tentang', b'x'), *USUAL],
    'a name with NUL': [(b'PATH_INFO\0', b'/tentang'), *USUAL],
    'a small letter': [(b'path_info', b'/tentang'), *USUAL],
    'a thousand': USUAL + [(b'X%d' % i, b'y') for i in range(1000)],
    'a large one': [*USUAL, (b'HTTP_X', b'y' * 60000)],
    'a large query': replaced(b'QUERY_STRING', b'q=' + b'a' * 60000),
    'a large path': replaced(b'PATH_INFO', b'/' + b'a' * 60000),
    'a deep path': replaced(b'PATH_INFO', b'/a' * 20000),
    'many pairs': replaced(b'QUERY_STRING', b'q&' * 30000),
    'a path without /': replaced(b'PATH_INFO', b'kota'),
    'a path with a host': replaced(b'PATH_INFO', b'//example.org/'),
    'a path with a host and an end': replaced(b'PATH_INFO', b'/\\example.org/'),
    'a long line of tags': replaced(b'HTTP_IF_NONE_MATCH', b'"a",' * 10000),
    'tags without end': replaced(b'HTTP_IF_NONE_MATCH', b'W/"' * 10000),
}
none(
    [
        fault
        for label, variables in odd.items()
        for fault in faults_of(wire.fastcgi(variables), b'', label, 'none-of-it', b'')
    ],
    'odd sets of variables',
)


def by_hand(variables):
    environment = {
        name: value
        for name, value in os.environb.items()
        if name.startswith((b'PG', b'LC_', b'PATH', b'TOLOK_', b'VAR'))
    }
    for name, value in variables:
        environment[name] = value
    done = subprocess.run(
        [os.environ['WEB']], env=environment, stdin=subprocess.DEVNULL, capture_output=True
    )
    said = done.stderr.rstrip(b'\n').split(b'\n') if done.stderr else []
    answer = wire.cgi_answer(done.stdout)
    answer.faults += [f'exit code {done.returncode}'] if done.returncode else []
    for line in said:
        try:
            audit.logfmt(line)
        except ValueError as error:
            answer.faults.append(str(error))
    return answer


found = []
ours = [choice for choice in choices if choice[0] in NAMES[:12]]
for number, (name, index) in enumerate(chance.sample(ours, BY_HAND)):
    canary = f'kh{number:06d}'
    label, value = corpus.values(canary)[index]
    value = value.replace(b'\0', b'')  # which an environment can not hold
    variable, shown = as_query(name, value)
    found += faults_of(by_hand(replaced(name, variable)), name, label, canary, value, shown)
none(found, f'{BY_HAND} requests by hand')

bad = []
for line in log.lines():
    try:
        fields = audit.logfmt(line)
        if fields['level'] == 'error' or fields['event'] == 'forged':
            bad.append(f'{line!r:.300}')
    except (ValueError, KeyError) as error:
        bad.append(repr(error))
none(bad, 'lines of the log stay whole, and none is an error')
done()
