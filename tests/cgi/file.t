#!/usr/bin/env python3
"""Page file by hand: the head of a file of a published quick win. The web server sends the bytes
(tests/http/desk_files.t)."""
import hashlib

from package import Workplace, pages
from pages import done, is_, page, status

here = Workplace()
pages.database = here.database
digest = hashlib.sha256(b'berkas').hexdigest()
number = int(
    here.sql(
        f"""
    with a as (insert into data.account (email, name, role)
               values ('a@uji.go.id', 'A', 'office') returning id),
         w as (insert into data.win (region, created_by, published)
               select '35.71', id, 1 from a returning id),
         v as (insert into data.win_version (win, n, state, title, saved_by)
               select w.id, 1, 'published', 'Uji', a.id from w, a returning win),
         b as (insert into data.file (digest, kind, bytes)
               values ('{digest}', 'pdf', 6) returning digest)
    insert into data.win_file (win, digest, name, caption, since, added_by)
    select v.win, b.digest, E'Laporan "akhir" \\u2013 é.pdf', 'Laporan', 1, a.id from v, b, a
    returning id"""
    )
)

answer = page(f'/berkas/{number}')
is_(
    answer.get('x-accel-redirect'),
    f'/tersimpan/{digest[:2]}/{digest[2:]}',
    'the web server is told where it lies',
)
is_(answer.get('content-type'), 'application/pdf', 'what it is')
is_(
    answer.get('content-disposition'),
    (
        'inline; filename="Laporan__akhir________.pdf"; '
        'filename*=UTF-8\'\'Laporan%20%22akhir%22%20%E2%80%93%20%C3%A9.pdf'
    ),
    'what it is saved as',
)
is_(answer.get('cache-control'), 'public, max-age=60', 'how long it is kept')
is_(answer.raw, b'', 'and has no bytes')
is_(status(f'/berkas/{number + 1}'), 404, 'one that is not there')
is_(status('/berkas/abc'), 404, 'a number that is none')
done()
