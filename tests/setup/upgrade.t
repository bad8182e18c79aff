#!/bin/bash
# Databases of earlier landings, with publications, accounts and quick wins, become what a new one
# is, and keep what they hold. tests/setup/landings/README.md says how they were made. The oldest
# and the newest in `make test`, all in `make test-all`.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"
landings=$ROOT/tests/setup/landings
tap_database=tolok_landing_$$
folder=$(mktemp -d)
trap 'dropdb -U postgres --if-exists -f "$tap_database" 2>/dev/null; rm -rf "$folder"' EXIT
here="host='$PGHOST' dbname=$tap_database"
export TOLOK_DB="$here user=tolok_admin"
run_file() { psql -X -q -At -v ON_ERROR_STOP=1 -U postgres -d "$1" -f "$2"; }
update() { PGDATABASE=$tap_database "$ROOT/etc/db" update; }
code_of() {
    sql 'select md5(string_agg(oid::text || xmin::text, $$ $$ order by oid)) from pg_proc'
}

restore() (
    set -o pipefail
    createdb -U postgres "$tap_database" || return
    {
        echo "grant create on database $tap_database to tolok_owner;"
        echo 'set synchronous_commit = off;'
        xz -dc "$1"
    } | psql -X -q -1 -v ON_ERROR_STOP=1 -U postgres -d "$tap_database" -o "$folder/said"
)

# What the desk answers to somebody with the password of people.sql (7), or with another.
sign_in() {
    psql -X -q -At -v ON_ERROR_STOP=1 -U tolok_desk -d "$tap_database" -v key="$1" <<'SQL'
begin;
select from act.enter('', 'upgrade', 'upgrade', 'upgrade');
\set who 'kediri@landing.example'
select attempt from act.sign_in_begin(:'who', '$argon2id$v=19$m=47104,t=2,p=1$') \gset
select outcome from act.sign_in(:attempt, :'who', repeat(:'key', 64), repeat('t', 43));
commit;
SQL
}
# ready PROGRAM ROLE: whether the database has all that a program asks for.
ready() {
    env TOLOK_WATCH=1 TOLOK_DB="$here user=$2" REQUEST_METHOD=GET PATH_INFO=/readyz \
        "$1" </dev/null 2>/dev/null
}

run_file tolok "$landings/catalogue.sql" >"$folder/fresh"
ok $(($(wc -l <"$folder/fresh") > 1000)) 'the catalogue of a new database is read'

dumps=("$landings"/*.sql.xz)
[ -n "${TOLOK_ALL-}" ] || dumps=("${dumps[0]}" "${dumps[-1]}")
for dump in "${dumps[@]}"; do
    name=$(basename "$dump" .sql.xz)
    succeeds "$name: its database is there" restore "$dump"
    run_file "$tap_database" "$landings/keep.sql"
    succeeds "$name: it is brought up to date" update
    # Each line that only one of them has: of the new database (<), or of this one (>).
    run_file "$tap_database" "$landings/catalogue.sql" >"$folder/upgraded" || : >"$folder/upgraded"
    is "$(diff "$folder/fresh" "$folder/upgraded" | grep '^[<>]' | cut -c1-300 | head -n 20)" '' \
        "$name: it is made like a new one"
    is "$(run_file "$tap_database" "$landings/kept.sql" 2>&1)" '' \
        "$name: its tables hold what they held"
    is "$(sql "select count(*) = 2 and bool_and(p.digest = encode(sha256(convert_to(
                 act.export_sums(p.intake, p.id), 'UTF8')), 'hex')) from data.publication p")" \
        t "$name: publications have their digests"
    is "$(sql "select exists (select from data.read_publication),
                 exists (select from data.read_result),
                 exists (select from data.read_win), exists (select from data.read_word)")" \
        't|t|t|t' "$name: what pages read is there"
    succeeds "$name: the audit trail is whole" "$TOLOK" audit verify
    succeeds "$name: results, with what each covers, and records are what they would be now" \
        "$TOLOK" publication verify
    like "$(ready "$WEB" tolok_web)" '^ready' "$name: the public program has what it asks for"
    like "$(ready "$DESK" tolok_desk)" '^ready' "$name: the desk has what it asks for"
    if [ "$(sql "select count(*) from kept.held where name = 'account'")" -eq 1 ]; then
        is "$(sign_in 7)" 'done' "$name: an account signs in with its password"
        is "$(sign_in 8)" refused "$name: and not with another"
        like "$(page /quickwin/10005)" "Program 5 ke-2" "$name: a quick win of a city is public"
    fi
    before=$(code_of)
    update
    is "$(code_of)" "$before" "$name: a second time nothing is left to do"
    dropdb -U postgres -f "$tap_database"
done
done_testing
