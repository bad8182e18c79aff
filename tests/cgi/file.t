#!/bin/sh
# Page file by hand: the head of a file of a published quick win. The web server sends the bytes (tests/http/desk_files.t).
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 7

scratch_database
digest=$(printf berkas | sha256sum | cut -d' ' -f1)
id=$(sql "
    with a as (insert into data.account (email, name, role) values ('a@uji.go.id', 'A', 'office') returning id),
         w as (insert into data.win (region, created_by, published) select '35.71', id, 1 from a returning id),
         v as (insert into data.win_version (win, n, state, title, saved_by) select w.id, 1, 'published', 'Uji', a.id from w, a returning win),
         b as (insert into data.file (digest, kind, bytes) values ('$digest', 'pdf', 6) returning digest)
    insert into data.win_file (win, digest, name, caption, since, added_by)
    select v.win, b.digest, E'Laporan \"akhir\" \u2013 é.pdf', 'Laporan', 1, a.id from v, b, a returning id")

answer=$(page "/berkas/$id" | tr -d '\r')
is "$(printf '%s' "$answer" | header X-Accel-Redirect)" "/tersimpan/$(printf %.2s "$digest")/${digest#??}" 'the web server is told where it lies'
is "$(printf '%s' "$answer" | header Content-Type)" 'application/pdf' 'what it is'
is "$(printf '%s' "$answer" | header Content-Disposition)" \
    "attachment; filename=\"Laporan__akhir________.pdf\"; filename*=UTF-8''Laporan%20%22akhir%22%20%E2%80%93%20%C3%A9.pdf" 'what it is saved as'
is "$(printf '%s' "$answer" | header Cache-Control)" 'public, max-age=60' 'how long it is kept'
is "$(printf '%s' "$answer" | body_of)" '' 'and has no bytes'
is "$(page "/berkas/$((id + 1))" | header Status)" '404 Not Found' 'one that is not there'
is "$(page /berkas/abc | header Status)" '404 Not Found' 'a number that is none'
