#!/usr/bin/env python3
"""Requests of somebody who means harm and has signed in: bodies, fields, cookies and addresses as
no browser makes them. Each gets an answer that is not ours to be ashamed of, nothing changes, and
no worker dies of it."""
import concurrent.futures
import json
import os
import re
import secrets
import socket
import subprocess
import sys

folder = os.path.dirname(os.path.abspath(__file__))
sys.path += [folder, os.path.dirname(folder)]
import uploader
from tap import done, is_, none, ok

host = uploader.base
city, other = uploader.Person('operator', '35.71'), uploader.Person('operator', '35.77')
win = city.win('Sasaran')
page = city.get(f'/meja/quickwin/{win}/ubah')
form, seen = page.field('form'), page.field('seen')
save = f'/meja/quickwin/{win}/simpan'


def workers():
    return sorted(
        subprocess.run(
            [
                'pgrep',
                '-f',
                '^' + os.path.realpath(os.environ['VAR']) + '/(app|versions/[^/]*)/build/desk$',
            ],
            capture_output=True,
            text=True,
        ).stdout.split()
    )


def state():
    return uploader.sql(
        """select w.row_version, v.title, v.lesson, (select count(*) from data.win m where
        m.created_by = w.created_by), (select count(*) from data.win_file f where f.win = w.id) from
        data.win w join data.win_version v on v.win = w.id and v.n = w.newest where w.id = :win""",
        win=win,
    )


def raw(request):
    """Sends those bytes; the status of what comes back, and the body."""
    with socket.create_connection((host.hostname, host.port), 60) as connection:
        try:
            connection.sendall(request)
        except OSError:  # it has heard enough
            pass
        answer = b''
        try:
            while more := connection.recv(65536):
                answer += more
        except OSError:
            pass
    return int(answer[9:12] or b'0'), answer.decode('utf-8', 'replace')


def head(path, *lines, method='POST', token=None):
    own = [
        f'{method} {path} HTTP/1.1',
        f'Host: {host.netloc}',
        'Connection: close',
        f'Origin: {os.environ["BASE"]}',
    ]
    if token is None:
        own.append(f'Cookie: tolok={city.token}')
    return '\r\n'.join([*own, *lines, '', '']).encode('latin-1')


URLENCODED = 'Content-Type: application/x-www-form-urlencoded'


def post(body, *lines, path=save, length=None, kind=URLENCODED, token=None):
    return raw(
        head(
            path,
            kind,
            f'Content-Length: {len(body) if length is None else length}',
            *lines,
            token=token,
        )
        + body
    )


def chunked(body, size=7):
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b''.join(b'%x\r\n%s\r\n' % (len(piece), piece) for piece in pieces) + b'0\r\n\r\n'


def fields(title=b'Diubah', key=None):
    return b'form=%s&seen=%s&key=%s&title=%s' % (
        form.encode(),
        seen.encode(),
        (key or secrets.token_hex(16)).encode(),
        title,
    )


def parts(*pairs, boundary=b'batas'):
    return (
        b''.join(
            b'--%s\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n' % (boundary, name, value)
            for name, value in pairs
        )
        + b'--%s--\r\n' % boundary
    )


MULTIPART = 'Content-Type: multipart/form-data; boundary=batas'
mine = (b'name="form"', form.encode()), (b'name="seen"', seen.encode()), (b'name="key"', b'k' * 32)
pids, before = workers(), state()
ok(len(pids) > 0, 'there are workers')

# Bodies and their fields.
cases = {
    'a NUL in a field': (post(fields(b'a%00b')), {400}),
    'a NUL as it is': (post(fields(b'a\0b')), {400}),
    'bytes that are no text': (post(fields(b'%ff%fe')), {400}),
    'half of a surrogate': (post(fields(b'%ed%a0%80')), {400}),
    'a longer spelling of a slash': (post(fields(b'%c0%af')), {400}),
    'half an escape': (post(fields(b'%4')), {400}),
    'an escape that is none': (post(fields(b'%zz')), {400}),
    'a field twice': (post(fields() + b'&title=Lagi'), {400}),
    'the token twice': (post(fields() + b'&form=' + form.encode()), {400}),
    'two thousand fields': (post(fields() + b''.join(b'&f%d=x' % i for i in range(2000))), {400}),
    'two thousand of a list': (post(fields() + b'&links=https://a.id' * 2000), {400}),
    'a body that is only signs': (post(b'&' * 60000 + b'=' * 60000), {400, 403}),
    'no body': (post(b''), {403}),
    'a length that is none': (post(fields(), length='12x'), {400}),
    'a length below nothing': (post(fields(), length='-1'), {400}),
    'a length beyond all': (post(fields(), length='99999999999999999999'), {400, 413}),
    'two lengths': (post(fields(), 'Content-Length: 3'), {400}),
    'a length and pieces': (post(chunked(fields()), 'Transfer-Encoding: chunked'), {400}),
    'a form of 1 MB and a bit': (post(fields(b'a' * 1100000)), {413}),
    '10 MB and 1 byte more than there may be': (
        post(
            b'x' * (11 * 1024 * 1024 + 1),
            kind=MULTIPART,
            path=f'/meja/quickwin/{win}/berkas/tambah',
        ),
        {303},
    ),
    'parts without a boundary': (
        post(parts(*mine), kind='Content-Type: multipart/form-data'),
        {400, 415},
    ),
    'a boundary of nothing': (
        post(parts(*mine), kind='Content-Type: multipart/form-data; boundary='),
        {400, 415},
    ),
    'a boundary that is too long': (
        post(
            parts(*mine, boundary=b'b' * 300),
            kind='Content-Type: multipart/form-data; boundary=' + 'b' * 300,
        ),
        {400, 415},
    ),
    'parts without an end': (post(parts(*mine)[:-12], kind=MULTIPART), {400}),
    'a part without a name': (post(parts(*mine, (b'filename="x"', b'x')), kind=MULTIPART), {400}),
    'a part in a part': (post(parts((b'name="form"', parts(*mine))), kind=MULTIPART), {400, 403}),
    'five hundred parts': (
        post(parts(*mine, *[(b'name="f%d"' % i, b'x') for i in range(500)]), kind=MULTIPART),
        {400},
    ),
}
none(
    [f'{name}: {answer[0]}' for name, (answer, good) in cases.items() if answer[0] not in good],
    f'{len(cases)} bodies are refused',
)
is_(state(), before, 'and change nothing')
none(
    [
        name
        for name, (answer, _) in cases.items()
        if re.search(r'SQLSTATE|libpq|cgi-bin|/build/|ERROR:|pg_|\.c:\d', answer[1])
    ],
    'nor say what is behind',
)

# Cookies.
token = city.token
jar = {
    'twice, another first': (f'tolok={other.token}; tolok={token}', {303, 404}),
    'of 8 KB': ('tolok=' + 'A' * 8000, {303, 400}),
    'between much else': ('x=' + 'y' * 4000 + f'; tolok={token}; z=1', {200}),
    'with a letter more': (f'tolok={token}A', {303}),
    'in quotes': (f'tolok="{token}"', {303}),
    'with another name before it': (f'xtolok={token}', {303}),
    'of another case': (f'Tolok={token}', {303}),
    'with the name of the other scheme': (f'__Host-tolok={token}', {303}),
    'of control characters': ('tolok=\x01\x02', {303, 400}),
    'of signs': (';;;=;==;tolok', {303}),
    'that is no text': ('tolok=\xff\xfe', {303, 400}),
}
got = {
    name: raw(head(f'/meja/quickwin/{win}/ubah', f'Cookie: {value}', method='GET', token=''))[0]
    for name, (value, _) in jar.items()
}
none(
    [f'{name}: {status}' for name, status in got.items() if status not in jar[name][1]],
    f'{len(jar)} cookies that are none open nothing',
)
is_(
    raw(
        head(
            f'/meja/quickwin/{win}/ubah',
            f'Cookie: tolok={other.token}',
            f'Cookie: tolok={token}',
            method='GET',
            token='',
        )
    )[0]
    in (303, 400, 404),
    True,
    'two headers with cookies: not the second',
)

# Addresses.
numbers = [
    '0',
    '-1',
    '+1',
    '01',
    '1.0',
    '1e1',
    '2147483648',
    '9223372036854775807',
    '9223372036854775808',
    '99999999999999999999999',
    '%00',
    f'{win}%00',
    f'{win}%20',
    '%31%00',
    f'{win};',
    f"{win}'",
    f'{win}%27--',
    '%ff',
    '${7*7}',
    '*',
    'null',
    'NaN',
    'İ',
    '١',
]
places = [
    '/meja/quickwin/{}',
    '/meja/quickwin/{}/ubah',
    '/meja/quickwin/{}/berkas',
    '/meja/berkas/{}',
    f'/meja/quickwin/{win}/versi/{{}}',
    '/meja/pengguna/{}',
]
got = {
    place.format(number): raw(head(place.format(number), method='GET'))[0]
    for place in places
    for number in [n.encode().decode('latin-1') for n in numbers]
}
none(
    [f'{path}: {status}' for path, status in got.items() if status not in (400, 404)],
    f'{len(got)} addresses of numbers that are none lead nowhere',
)
got = {
    number: post(fields(), path=f'/meja/quickwin/{number}/simpan')[0]
    for number in numbers
    if number.isascii()
}
none(
    [f'{number}: {status}' for number, status in got.items() if status not in (400, 404)],
    'nor can anything be done to them',
)
is_(state(), before, 'nothing has changed')

# A body in pieces is a body.
answer = raw(head(save, URLENCODED, 'Transfer-Encoding: chunked') + chunked(fields(b'Potongan')))
is_((answer[0], state()[0][1]), (303, 'Potongan'), 'what comes in pieces is read as a whole')

# Two send the same draft at once: one of them has; each of many senders of one form is told the
# same.
seen = city.get(f'/meja/quickwin/{win}/periksa').field('seen')
send = f'/meja/quickwin/{win}/kirim'
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    twice = [
        re.search(r'\r\nLocation: (\S+)|$', answer[1])[1]
        for answer in pool.map(lambda key: post(fields(key=key), path=send), ['a' * 32, 'b' * 32])
    ]
    same = set(pool.map(lambda _: post(fields(key='a' * 32), path=send)[0], range(8)))
is_(twice.count(f'/meja/quickwin/{win}/terkirim'), 1, 'of two who submit at once one has')
is_(
    (
        len(same),
        uploader.sql(
            "select count(*) from data.audit where act = 'win_submit' and subject_id = :'win'",
            win=win,
        ),
    ),
    (1, [['1']]),
    'sent eight times more, it is done once',
)

# An account that ends while its form is on the way.
uploader.sql("update data.account set state = 'disabled' where email = :'email'", email=city.email)
answer = post(fields(key='c' * 32), path=f'/meja/quickwin/{win}/tarik')
is_(
    (answer[0], 'Isian Anda tidak hilang' in answer[1]),
    (403, True),
    'who has no account any more is asked to sign in',
)
is_(workers(), pids, 'all workers live')

# What they sent stands in no log as anything but itself: a line is a line of ours, whatever is in
# it.
raw(
    head(
        '/meja/x%0aevil%1b[31m',
        'User-Agent: a\x1b[2J" } {"forged":1',
        'Referer: http://x/"\\',
        method='GET',
    )
)
post(fields() + b'&title=%0als=1%0d%0ats=2026 level=info', path=f'/meja/quickwin/{win}/simpan\x1b')


def lines(name):
    for part in sorted(os.listdir(os.path.join(os.environ['VAR'], 'log', name))):
        if part == 'current' or part.startswith('@'):
            with open(os.path.join(os.environ['VAR'], 'log', name, part), 'rb') as file:
                yield from file.read().split(b'\n')[:-1]


def is_json(line):
    try:
        return {'ts', 'request_id', 'remote', 'uri', 'status'} <= json.loads(
            line.decode('ascii')
        ).keys()
    except ValueError:
        return False


none(
    [
        line[:200]
        for line in lines('access')
        if not is_json(line) or re.search(rb'[\x00-\x1f\x7f]', line)
    ],
    'each line of the log of requests is one object',
)
none(
    [
        line[:200]
        for name in ('desk', 'door', 'upload')
        for line in lines(name)
        if not re.match(
            (
                rb'Child\[\d+\] died, respawn$|ts=\S+ level=\w+ event=\w+( \w+=("(\\.|[^"\\])*"|[^'
                rb' "]*))*$'
            ),
            line,
        )
        or re.search(rb'[\x00-\x1f\x7f]', line)
    ],
    'and each of the program is one of its own',
)
none(
    [
        word
        for word in (city.token, other.token, form)
        for name in ('access', 'nginx', 'desk', 'door', 'upload', 'web', 'postgres')
        if any(word.encode() in line for line in lines(name))
    ],
    'and no cookie or token stands in any',
)
done()
