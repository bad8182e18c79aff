#!/bin/sh
# Several workers of the desk at once: one form sent eight times has one effect, one code opens one session, the trail stays whole.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
# shellcheck source=tests/cgi/package.sh
. "${0%/*}/package.sh"
workplace

# desk TOKEN SELECT: one transaction of the program, by hand.
desk() {
    printf "begin;\n select count(*) from act.enter('%s', 'request', '198.51.100.7', 'uji') \\\\g /dev/null\n%s;\ncommit;\n" "$1" "$2" |
        psql -X -q -At -v ON_ERROR_STOP=1 -U tolok_desk -d "$tap_database" 2>&1
}
# at_once TOKENS SELECT: the same by each of the tokens together; how often each outcome came.
at_once() {
    for token in $1; do
        desk "$token" "$2" >"said.$token.$tap_count" &
    done
    wait
    cat said.*."$tap_count" | sort | uniq -c | awk '{print $2 "*" $1}' | tr '\n' ' '
}
sql "with a as (
       insert into data.account (email, name, role, region, state, password_setting, password_digest, otp_secret)
       values ('kota@uji.go.id', 'Kota', 'operator', '35.71', 'active', '\$argon2id\$v=19\$m=47104,t=2,p=1\$MDEyMzQ1Njc4OWFiY2RlZg', repeat('a', 64), 'x')
       returning id)
     insert into data.session (account, digest, level, source, agent, expires_at)
     select a.id, data.digest_of(level || n), level, '', '', now() + interval '1 hour' from a, generate_series(1, 8) n, unnest(array['full', 'password']) level" >/dev/null
full=$(printf 'full%d ' 1 2 3 4 5 6 7 8)
half=$(printf 'password%d ' 1 2 3 4 5 6 7 8)

is "$(desk penyusup "select outcome from act.win_save(null, null, 'kunci-formulir-0001', '{}')")" signed_out 'a token that is none'
is "$(at_once "$full" "select outcome || id from act.win_save(null, null, 'kunci-formulir-0001', '{\"title\": \"Satu\"}')")" "done$(sql 'select id from data.win')*8 " \
    'eight senders of one form are told the same'
is "$(sql 'select count(*) from data.win')" 1 'and there is one record'
win=$(sql 'select id from data.win')
for n in 1 2 3 4 5 6 7 8; do
    desk "full$n" "select outcome from act.win_save($win, 1, 'kunci-formulir-1$n$n$n', '{\"title\": \"Dari $n\"}')" >"saved.$n" &
done
wait
is "$(cat saved.* | sort | uniq -c | awk '{print $2 "*" $1}' | tr '\n' ' ')" 'conflict*7 done*1 ' 'of eight forms made from the same state one is saved'
is "$(sql "select title from data.win_version")" "Dari $(grep -l 'done' saved.* | sed 's/saved.//')" 'the one that was told so'
is "$(sql "select row_version from data.win")" 2 'once'
is "$(at_once "$half" "select outcome from act.code_accept(7, md5(random()::text) || md5(random()::text))")" 'done*1 refused*7 ' 'one code opens one session'
is "$(sql "select count(*) from data.session where level = 'full'")" 9 'one more'

# An act that is cut off before its end has not happened.
printf "begin;\n select from act.enter('full1', 'request', '', '');\nselect outcome from act.win_save(%d, 2, 'kunci-formulir-2000', '{\"title\": \"Hilang\"}');\nselect pg_terminate_backend(pg_backend_pid());\ncommit;\n" "$win" |
    psql -X -q -At -U tolok_desk -d "$tap_database" >cut.off 2>&1
is "$(sed -n 1p cut.off):$(sql "select title ~ '^Dari' from data.win_version")" 'done:t' 'a connection that ends before the commit has saved nothing'
is "$(desk full1 "select outcome from act.win_save($win, 2, 'kunci-formulir-2000', '{\"title\": \"Hilang\"}')")" 'done' 'sent again it is saved'
is "$(desk full1 "select outcome from act.win_save($win, 2, 'kunci-formulir-2000', '{\"title\": \"Hilang\"}')")" 'done' 'and once more told so'
is "$(sql "select title || row_version from data.win_version v join data.win w on w.id = v.win")" Hilang3 'one effect'
"$TOLOK" audit verify >out 2>err
is "$?:$(cat err)" 0: 'the trail is whole'
is "$(sql "select string_agg(act || '*' || n, ' ' order by act) from (select act, count(*) n from data.audit where account is not null group by act) a")" \
    'sign_in*1 sign_in_refused*7 win_create*1 win_save*2' 'with one row for each act'
done_testing
