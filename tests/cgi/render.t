#!/usr/bin/env python3
"""Documents by hand: what an address is made of, and a page drawn without a database."""
import json
import os
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import done, is_, ok  # noqa: E402 (the path comes first)


def run(program, *words, text='', **variables):
    said = subprocess.run(
        [os.environ[program], *words],
        input=text,
        capture_output=True,
        encoding='utf-8',
        check=False,
        env={**os.environ, **variables},
    )
    return said.returncode, said.stdout.replace('\r\n', '\n'), said.stderr


def away(program, *words, text='', **variables):
    """Where there is no database."""
    return run(program, *words, text=text, TOLOK_DB='host=/nowhere', **variables)


def draw(text, page='about'):
    """Whether a document is drawn, and what is said about it."""
    status, _, said = away('WEB', '--render', page, text=text)
    return status, [
        line
        for line in said.splitlines()
        if not (line.startswith('ts=') and 'event=request' in line)
    ]


def body(answer):
    return answer.partition('\n\n')[2]


_, about, _ = run('WEB', '--document', PATH_INFO='/tentang')
ok(about.startswith('{"members":50,'), 'the document of an address', about[:40])
is_(type(json.loads(about)), dict, 'as JSON')
_, drawn, _ = away('WEB', '--render', 'about', text=about, PATH_INFO='/tentang')
_, page, _ = run('WEB', PATH_INFO='/tentang')
ok(body(page), 'there is a page', page)
is_(body(drawn), body(page), 'drawn it is the page')
_, drawn, _ = away('WEB', '--render', 'about', text=about, PATH_INFO='/en/tentang')
ok('<html lang="en">' in drawn, 'in the language of the address')
_, said, _ = run('WEB', '--document', PATH_INFO='/koreksi/1999')
ok(said.startswith('Status: 404'), 'an address without one', said)
_, said, _ = run('WEB', '--document', PATH_INFO='/koreksi/2022', QUERY_STRING='terbitan=x')
ok(said.startswith('Status: 400'), 'inputs are checked', said)

status, said = draw('{"members": 1')
ok(
    any(line.startswith('about: byte 13: ') for line in said),
    'what is wrong with a document, and where',
    said,
)
is_(status, 1, 'and fails')
status, said = draw('{"members": 01}')
ok(
    any(line.startswith('about: ') or 'bad_document' in line for line in said),
    'no document is drawn that a page would refuse',
    said,
)
is_(draw('[1]')[0], 1, 'nor one that is no object')
ok(any('there is no document' in line for line in draw('')[1]), 'nothing')
ok(any('no such page' in line for line in draw('{}', 'nothing')[1]), 'a page that is none')
is_(draw('{"members": 1, "sources": null}')[0], 0, 'a document that was made up')

documents = '{"members": 1, "sources": [{"wins": 2, "extra": 1}]} {"sources": null, "weak": []}'
_, said, _ = away('WEB', '--names', 'about', text=documents)
names = said.splitlines()
ok('unread sources.extra' in names, 'a key that nobody reads', names)
ok('unknown figure_count' in names, 'a name that nobody has', names)
ok('textless weak' in names, 'a name without a text', names)
_, out, said = away('DESK', '--render', 'board')
is_((out + said).split('\n')[0], 'desk: unknown argument; see desk --help', 'not at the desk')
done()
