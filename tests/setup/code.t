#!/bin/bash
# The SQL code of a live database: replaced in place, dropped when it is gone, rebuilt when its
# shape changes, with changes to tables applied once; all of it in one transaction. Runs etc/db on a
# copy of the tree's sql/.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"
scratch_database
# shellcheck disable=SC2154 # set by scratch_database
database=$tap_database

tree=$(mktemp -d)
trap 'rm -rf "$tree"; dropdb -U postgres -f "$database"' EXIT
mkdir "$tree/etc"
cp "$ROOT/etc/db" "$ROOT/etc/lib.sh" "$tree/etc"
cp -R "$ROOT/sql" "$tree"
db() { PGDATABASE=$database "$tree/etc/db" "$@" 2>&1; }
code() { cat >"$tree/sql/$1"; }
number() { sql 'select page.zz_number()'; }

is "$(db update)" '' 'code that is not known to be in place is loaded'
versions() {
    sql "select sum(xmin::text::bigint) from pg_proc where pronamespace = 'page'::regnamespace"
}
before=$(versions)
db update
is "$(versions)" "$before" 'and then left alone'
code page/zz.sql <<'SQL'
create or replace function page.zz_number() returns integer language sql as 'select 1';
SQL
succeeds 'a new file' db update
is "$(number)" 1 'is there'

code page/zz.sql <<'SQL'
create or replace function page.zz_number() returns integer language sql as 'select 2';
create or replace function page.zz_other() returns integer language sql as 'select 1';
create or replace view pub.zz as select 1 as one, 2 as two;
SQL
succeeds 'a changed one' db code
is "$(number)" 2 'counts at once'

code page/zz.sql <<'SQL'
create or replace function page.zz_number() returns text language sql as $$select 'three'$$;
create or replace view pub.zz as select 2 as two;
SQL
succeeds 'other columns, in a view and in a function' db code
is "$(number)" three 'are taken'
is "$(sql 'select * from pub.zz')" 2 'both'
is "$(sql "select to_regprocedure('page.zz_other()') is null")" t \
    'a function that no file has any more is dropped'
is "$(sql "select has_function_privilege('tolok_web', 'page.zz_number()', 'execute')")" t \
    'rights are given'
is "$(sql "select has_function_privilege('public', 'page.zz_number()', 'execute')")" f \
    'to nobody else'
is "$(sql "select pg_get_userbyid(proowner) from pg_proc where proname = 'zz_number'")" \
    tolok_owner 'the owner is the owner'

code page/zz.sql <<'SQL'
create or replace function page.zz_number() returns text language sql as $$select 'four'$$;
create or replace function page.zz_broken() returns integer language sql as 'select nonsense';
SQL
said=$(db code)
is "$?" 1 'broken code is refused'
like "$said" 'page/zz.sql:2: ERROR:.*nonsense' 'with file and line'
is "$(number)" three 'and nothing of it is taken'

code page/zz.sql <<'SQL'
create or replace function page.zz_number() returns bigint language sql
    as 'select count(*) from data.zz';
create or replace view pub.zz as select 5 as five;
SQL
mkdir -p "$tree/sql/change"
code change/2099-01-01-zz.sql <<'SQL'
set local role tolok_owner;
create table data.zz (id integer);
insert into data.zz values (1);
reset role;
SQL
succeeds 'a change to the tables comes before the code' db update
is "$(number)" 1 'so that the code may use it'
succeeds 'and is not repeated, when the same code is loaded again' db code
is "$(number)" 1 'ever'
is "$(sql "select count(*) from data.change where name = '2099-01-01-zz.sql'")" 1 \
    'it is written down'

# A reader in the middle of its work: the replacement waits and tries again, and the reader goes on
# undisturbed.
code page/zz.sql <<'SQL'
create or replace view pub.zz as select 6 as five;
SQL
psql -X -q -At -U postgres -d "$database" >"$tree/reader" <<'SQL' &
begin isolation level repeatable read read only;
select five from pub.zz;
select pg_sleep(1.5);
select five from pub.zz;
commit;
SQL
reader=$!
until [ "$(sql "select count(*) from pg_stat_activity where datname = current_database() and \
    query like 'select pg_sleep%'")" = 1 ] ||
    ! kill -0 "$reader" 2>/dev/null; do sleep 0.05; done
succeeds 'replaced while it is being read' db code
wait "$reader"
is "$?" 0 'the reader ends well'
is "$(tr -d '\n' <"$tree/reader")" 55 'with one and the same answer'
is "$(sql 'select five from pub.zz')" 6 'the next reader sees the new one'

# The whole code may go and come again.
mv "$tree/sql/page/zz.sql" "$tree/sql/change/2099-01-02-nothing.sql"
echo 'select 1;' >"$tree/sql/change/2099-01-02-nothing.sql"
succeeds 'all code dropped and made again' db code
is "$(sql "select count(*) from pg_proc where proname like 'zz%'")" 0 'nothing of the old remains'
like "$(page /kota/kota-kediri)" '^Status: 200' 'and pages work'
done_testing
