#!/usr/bin/env python3
"""What publishing a draft would change; and records of publications: one changed byte, wherever it
is, is named, in the database and in exported packages."""
import json
import os
import shutil

from package import GOOD, Workplace, line, put, succeeds, tolok
from tap import done, is_, ok

here = Workplace()
sql = here.sql
# Rounds of this test alone, so that all of them are computed at once.
sql(
    '''set session_replication_role = replica;
       truncate data.publication, data.result, data.record, data.intake, data.round, data.audit
         cascade'''
)


def publish(code, year, simulated='false', mark='3.5', reason=None):
    files = dict(GOOD)
    for number, old, new in (
        (3, '"uji"', f'"{code}"'),
        (5, '2022', str(year)),
        (6, 'true', simulated),
    ):
        line(files, 'round.json', number, old.encode(), new.encode())
    line(files, 'marks.csv', 2, b'3.5', mark.encode())
    put('package', files)
    succeeds(f'{code} is imported', 'import', 'package')
    succeeds('and published', 'publish', code, *(['--reason', reason] if reason else []))


def previewed(code):
    said = tolok('preview', code)
    return [row.split() for row in said.stdout.splitlines()[1:]] or said.stderr


publish('satu', 2021)
files = dict(GOOD)
line(files, 'round.json', 3, b'"uji"', b'"satu"')
line(files, 'round.json', 6, b'true', b'false')
line(files, 'marks.csv', 2, b'3.5', b'3.25')
for name in ('regions.csv', 'marks.csv'):
    files[name] = files[name].replace(b'35.72', b'35.73')
put('package', files)
is_(previewed('satu'), 'tolok: preview: round satu has no draft to look at\n', 'no draft')
succeeds('a draft', 'import', 'package')
before = here.contents()
is_(
    previewed('satu'),
    [
        '35.71 Kota Kediri umum 2.4 2.4 1 1 1-1 1 1 changed'.split(),
        '35.73 Kota Malang umum 1.25 - 2 - 2-2 0.7778 1 enters'.split(),
        '35.72 Kota Blitar umum - 1.25 - 2 - - - leaves'.split(),
    ],
    'what would change',
)
is_(here.contents(), before, 'nothing is written')
publish('coba', 2021, simulated='true')
publish('dua', 2022)
publish('satu', 2021, mark='3.25', reason='Nilai "a" keliru\\')


def records():
    return [
        json.loads(text) for text in sql('select record from data.record order by seq').splitlines()
    ]


def verified():
    said = tolok('publication', 'verify')
    return said.returncode, (said.stdout + said.stderr).splitlines()


first, second, third = records()
is_(
    [r['round'] + ' ' + r['edition'] for r in (first, second, third)],
    ['satu 1', 'dua 1', 'satu 2'],
    'who is not simulated has a record',
)
digests = sql('select digest from data.record order by seq').splitlines()
is_(
    [first['previous'], second['previous'], third['previous']],
    [None, *digests[:2]],
    'each with the digest of the one before',
)
is_([second['supersedes'], third['supersedes']], [None, digests[0]], 'and of the edition before')
is_(third['reason'], 'Nilai "a" keliru\\', 'and the reason')
is_(
    sql(f"select count(*) from data.audit where act = 'publish' and previous = '{third['trail']}'"),
    '1',
    'the publication\'s own row follows the head of the trail that it names',
)
texts = sql('select record from data.record order by seq').splitlines()
is_(
    texts,
    [
        json.dumps(r, ensure_ascii=False, sort_keys=True, separators=(',', ':'))
        for r in (first, second, third)
    ],
    'keys in order, no blanks',
)
sound = (0, ['4 publications, all as published; 3 records', f'record digest {digests[2]}'])
is_(verified(), sound, 'all of it holds')


def spoiled(name, expected, change, undo):
    """After this statement of somebody who may switch triggers off, verify says so."""
    off = 'set session_replication_role = replica;'
    sql(f'{off} {change}')
    is_(verified(), (1, [f'tolok: publication verify: {expected}']), name)
    sql(f'{off} {undo}')


def restore(table, where):
    """Statements that bring back rows of a table."""
    sql(
        f'drop table if exists kept_{table}; '
        f'create table kept_{table} as select * from data.{table} where {where}'
    )
    return (
        f'delete from data.{table} where {where}; '
        f'insert into data.{table} overriding system value select * from kept_{table}'
    )


one, two, last, tried = (
    sql(f"select id from data.publication where round = '{code}' and n = {n}")
    for code, n in (('satu', 1), ('dua', 1), ('satu', 2), ('coba', 1))
)
spoiled(
    'a value',
    'satu, publication 1: the result of 35.71 for top is not what is computed',
    (
        f"update data.result set value = 2.51 where publication = {one} and criterion = 'top' "
        "and region = '35.71'"
    ),
    restore('result', f'publication = {one}'),
)
spoiled(
    'how much applies, of a simulated round',
    'coba, publication 1: the result of 35.72 for a is not what is computed',
    (
        f"update data.result set applicable = 0.5 where publication = {tried} and criterion = 'a' "
        "and region = '35.72'"
    ),
    restore('result', f'publication = {tried}'),
)
spoiled(
    'a source, which no result shows',
    f'satu, publication 1: its package is not the one with digest {first["package"]}',
    (
        "update data.official set source = 'A letter, page 4' where intake = "
        f"(select intake from data.publication where id = {one})"
    ),
    restore('official', f'intake = (select intake from data.publication where id = {one})'),
)
spoiled(
    'a digest',
    'dua, publication 1: its record says something else of package',
    f"update data.publication set digest = reverse(digest) where id = {two}",
    restore('publication', f'id = {two}'),
)
spoiled(
    'a reason',
    'satu, publication 2: its record says something else of reason',
    f"update data.publication set reason = 'Nilai \"a\" keliru.' where id = {last}",
    restore('publication', f'id = {last}'),
)
spoiled(
    'a moment',
    'dua, publication 1: its record says something else of published',
    f"update data.publication set published_at = published_at + '1 us' where id = {two}",
    restore('publication', f'id = {two}'),
)
spoiled(
    'a byte of a record',
    'dua, publication 1: its record was changed',
    "update data.record set record = replace(record, '\"dua\"', '\"dux\"') where seq = 2",
    restore('record', 'seq = 2'),
)
spoiled(
    'and its digest with it',
    'dua, publication 1: its record says something else of round',
    (
        "update data.record set record = replace(record, '\"dua\"', '\"dux\"'), "
        "digest = data.digest_of(replace(record, '\"dua\"', '\"dux\"')) where seq = 2"
    ),
    restore('record', 'seq = 2'),
)
spoiled(
    'a record that is gone',
    'dua, publication 1: its record is missing',
    'delete from data.record where seq = 2',
    restore('record', 'seq = 2'),
)
spoiled(
    'a publication that is gone, with its record',
    "satu, publication 2: its record is number 3 and stands in place 2",
    f'delete from data.record where seq = 2; delete from data.publication where id = {two}',
    restore('record', 'seq = 2') + ';' + restore('publication', f'id = {two}'),
)
spoiled(
    'the last one, of which the trail knows',
    'satu, publication 2: the trail says that it was published, and it is not there',
    f'delete from data.record where seq = 3; delete from data.publication where id = {last}',
    restore('record', 'seq = 3') + ';' + restore('publication', f'id = {last}'),
)
spoiled(
    'two that changed places',
    "satu, publication 1: its record is number 2 and stands in place 1",
    (
        'update data.record set seq = 9 where seq = 1; '
        'update data.record set seq = 1 where seq = 2; '
        'update data.record set seq = 2 where seq = 9'
    ),
    restore('record', 'true'),
)
spoiled(
    'a simulated round in the chain',
    'coba, publication 1: a simulated round has no record',
    f"insert into data.record values (4, {tried}, '{{}}', data.digest_of('{{}}'))",
    'delete from data.record where seq = 4',
)
is_(verified(), sound, 'all is as it was')

# Exports: each has its record beside it, which an import leaves aside; none is made of what does
# not hold.
for code, edition, folder in (
    ('satu', '1', 'a'),
    ('dua', '1', 'b'),
    ('satu', '2', 'c'),
    ('coba', '1', 'd'),
):
    os.makedirs('all', exist_ok=True)
    succeeds(f'{code} {edition} is exported', 'export', code, f'all/{folder}', '--edition', edition)
with open('all/b/record.json', encoding='utf-8') as file:
    is_(file.read(), texts[1], 'the record, to the byte')
ok('record.json' not in os.listdir('all/d'), 'a simulated round has none')
with open('all/b/SHA256SUMS', encoding='utf-8') as file:
    ok('record.json' not in file.read(), 'it stands outside the digest of the package')
succeeds('what came out goes in', 'import', 'all/b')
sql(
    'set session_replication_role = replica; '
    f'update data.publication set reason = \'lain\' where id = {last}'
)
said = tolok('export', 'satu', 'never')
is_(
    (said.returncode, said.stderr, os.path.exists('never')),
    (
        1,
        (
            'tolok: export: its record says something else of reason: somebody has changed the '
            'database\n'
        ),
        False,
    ),
    'an export of what does not hold is refused',
)

# Folders of packages, without a database.
os.environ['TOLOK_DB'] = 'host=/nowhere'


def folders(*names):
    said = tolok('publication', 'verify', *names)
    return said.returncode, (said.stdout + said.stderr).splitlines()


def altered(name, expected, path, change):
    shutil.copytree('all', 'bad')
    with open(f'bad/{path}', 'rb') as file:
        text = file.read()
    with open(f'bad/{path}', 'wb') as file:
        file.write(change(text))
    status, lines = folders('bad')
    is_((status, lines[-1]), (1, f'tolok: publication verify: {expected}'), name)
    shutil.rmtree('bad')


is_(
    folders('all'),
    (0, ['4 packages, all as published; 3 records', f'record digest {digests[2]}']),
    'a folder of packages',
)
is_(
    folders('all/c', 'all/a'),
    (
        0,
        [
            '2 packages, all as published; 2 records, 1 of those before the last not here',
            f'record digest {digests[2]}',
        ],
    ),
    'some of them, in any order',
)
altered(
    'a mark',
    'bad/a: its files are not those of its digest',
    'a/marks.csv',
    lambda text: text.replace(b'3.5', b'3.6'),
)
altered(
    'a sum',
    'bad/a: its record is that of another package',
    'a/SHA256SUMS',
    lambda text: b'\n'.join([*reversed(text.split(b'\n')[:-1]), b'']),
)
altered(
    'a reason',
    'bad/b: its record does not follow the one before it',
    'a/record.json',
    lambda text: text.replace(b'"reason":null', b'"reason":"x"'),
)
altered(
    'an edition',
    'bad/c: its record does not follow the edition before it',
    'c/record.json',
    lambda text: text.replace(b'"supersedes":"', b'"supersedes":"0'),
)
altered(
    'a record',
    'bad/c: its record does not follow the one before it',
    'b/record.json',
    lambda text: text.replace(b'"trail":"', b'"trail":"0'),
)
altered('no record', 'bad/b: record.json is no record', 'b/record.json', lambda text: b'{}')
is_(
    folders('nowhere'),
    (1, ['tolok: publication verify: nowhere: No such file or directory']),
    'no such folder',
)
done()
