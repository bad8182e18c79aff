#!/usr/bin/env python3
"""tolok tidy: old rows go step by step until none is left, and so do bytes that were reserved and
never added, unless they are somebody's file."""
import os

from depot import digest, here, keep, row, there
from package import tolok
from tap import done, is_

here.sql(
    """insert into data.login_attempt (at, who, source)
            select now() - interval '25 hours', repeat('a', 64), 'x'
            from generate_series(1, 1201)"""
)
here.sql(
    """insert into data.account (email, name, role, region)
            values ('berkas@uji.go.id', 'Uji', 'operator', '35.71')"""
)
here.sql("insert into data.win (region, created_by) select '35.71', max(id) from data.account")


def reserve(text, minutes, key):
    """Somebody has asked for the room of these bytes, so long ago, and written them."""
    keep(text)
    here.sql(
        f"""insert into data.file_pending (account, key, win, region, digest, bytes, at)
                 select w.created_by, '{key}', w.id, w.region, '{digest(text)}', {len(text)},
                        now() - interval '{minutes} minutes'
                 from (select * from data.win order by id desc limit 1) w"""
    )


os.makedirs('files', exist_ok=True)
said = tolok('tidy')
is_(
    (said.returncode, said.stdout, said.stderr),
    (0, '1201 rows, 0 files removed\n', ''),
    'all that is old, in steps',
)
is_(
    here.sql("select count(*) from data.login_attempt where at < now() - interval '1 day'"),
    '0',
    'is gone',
)
for name, age, key in (
    ('mati', 61, 1),
    ('menulis', 59, 2),
    ('punya', 61, 3),
    ('ulang', 61, 4),
    ('ulang', 1, 5),
):
    reserve(name, age, key)
row('punya')
keep('muda')
said = tolok('tidy')
is_(
    (said.returncode, said.stdout),
    (0, '0 rows, 1 files removed\n'),
    'bytes that nobody came back for',
)
is_(
    there('mati', 'menulis', 'punya', 'ulang', 'muda'),
    ['menulis', 'punya', 'ulang', 'muda'],
    'not those that are being written, are a file by now, are uploaded again or never reserved',
)
is_(
    here.sql("select string_agg(key, ' ' order by key) from data.file_pending"),
    '2 5',
    'and the reservations that were over are gone',
)
is_((tolok('tidy').stdout, tolok('tidy').returncode), ('', 0), 'then it has nothing to say')
is_(tolok('tidy', TOLOK_DB='host=/nonexistent').returncode, 3, 'without a database')
done()
