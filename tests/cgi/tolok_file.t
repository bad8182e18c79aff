#!/bin/sh
# tolok file verify: files that the database names are compared with their digests.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 10

scratch_database
VAR=$(mktemp -d)
export VAR
trap 'dropdb -U postgres -f "$tap_database"; rm -rf "$VAR"' EXIT

keep() {
    digest=$(printf %s "$1" | sha256sum | cut -d' ' -f1)
    path=$VAR/files/$(printf %.2s "$digest")/${digest#??}
    mkdir -p "$(dirname "$path")"
    printf %s "$1" >"$path"
}
verify() { "$TOLOK" file verify 2>&1; }

is "$(verify)" '0 files, 0 bytes, 0 missing or damaged; 0 on disk that nobody can ask for' 'no files'
for text in satu dua; do
    keep "$text"
    sql "insert into data.file (digest, kind, bytes) values ('$digest', 'pdf', length('$text'))"
done
is "$(verify)" '2 files, 7 bytes, 0 missing or damaged; 0 on disk that nobody can ask for' 'two that are whole'
verify >/dev/null
is $? 0 'are a success'
keep tiga
: >"$VAR/files/.new-1"
is "$(verify)" '2 files, 7 bytes, 0 missing or damaged; 1 on disk that nobody can ask for' 'one that no row names is counted'
rm "$path"
keep dua
printf d >"$path"
like "$(verify)" "^tolok: file verify: $digest is missing or damaged\$" 'a damaged one is named'
like "$(verify)" '^2 files, 7 bytes, 1 missing or damaged; 1 on disk' 'and counted'
verify >/dev/null
is $? 1 'which is a failure'
rm "$path"
like "$(verify)" "^tolok: file verify: $digest is missing or damaged\$" 'so is a missing one'
like "$(verify)" '^2 files, 7 bytes, 1 missing or damaged; 0 on disk' 'and no other'
TOLOK_DB='host=/nonexistent' verify >/dev/null
is $? 3 'without a database it says so'
