#!/bin/bash
# tolok file sweep: files without a row go, a day after they were uploaded last; others stay, also while somebody is uploading.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 12

scratch_database
VAR=$(mktemp -d)
export VAR
trap 'dropdb -U postgres -f "$tap_database"; rm -rf "$VAR"' EXIT

# keep TEXT AGE: a file as the desk keeps it, of that age.
keep() {
    digest=$(printf %s "$1" | sha256sum | cut -d' ' -f1)
    path=$VAR/files/$(printf %.2s "$digest")/${digest#??}
    mkdir -p "$(dirname "$path")"
    printf %s "$1" >"$path"
    touch -d "$2" "$path"
}
named() { sql "insert into data.file (digest, kind, bytes) values ('$digest', 'pdf', length('$1'))"; }
there() { for text in "$@"; do digest=$(printf %s "$text" | sha256sum); [ -e "$VAR/files/${digest:0:2}/${digest:2:62}" ] && printf '%s ' "$text"; done; }
# Until somebody waits for the lock of the folder.
waits() { for _ in {1..50}; do grep -q -e '-> FLOCK .* '"$(stat -c %i "$VAR/files")"' ' -e '-> FLOCK .*:'"$(stat -c %i "$VAR/files")"' ' /proc/locks && return; sleep 0.1; done; }
sweep() { "$TOLOK" file sweep 2>&1; }

keep yatim '25 hours ago'
said=$(sweep)
is $? 1 'a database that names no file is perhaps another one'
like "$said" 'names no file at all, so nothing is removed' 'and nothing is removed'
keep punya '3 days ago'
named punya
keep muda '23 hours ago'
mkdir "$VAR/files/zz" "$VAR/files/ab"
touch -d '3 days ago' "$VAR/files/ab/notes" "$VAR/files/zz/$(printf '%062d' 0)" "$VAR/keep"
ln -s "$VAR/keep" "$VAR/files/ab/$(printf '%062d' 0)"
orphan=$(printf yatim | sha256sum | cut -d' ' -f1)
said=$(sweep)
is $? 0 'a sweep'
is "$said" "$orphan removed
1 files, 5 bytes removed" 'says what it removes'
is "$(there yatim punya muda)" 'punya muda ' 'an orphan of a day; neither what has a row nor what is young'
is "$(find "$VAR/files" -name notes -o -name '0*0' -o -type l | wc -l)" 3 'what is no file of ours stays where it is'
is "$(sweep)" '0 files, 0 bytes removed' 'once'

# Somebody uploads those bytes again, and their row is not there yet: the desk keeps them as if they were new.
keep lagi '3 days ago'
exec 7<"$VAR/files"
flock -s 7
sweep 7<&- >"$VAR/said" &
waits
is "$(there lagi)" 'lagi ' 'while somebody uploads, a sweep waits'
touch "$path"
exec 7<&-
wait
is "$(cat "$VAR/said") $(there lagi)" '0 files, 0 bytes removed lagi ' 'and leaves them what they uploaded'

# A row that was committed meanwhile is seen.
touch -d '3 days ago' "$path"
exec 7<"$VAR/files"
flock -s 7
sweep 7<&- >"$VAR/said" &
waits
digest=$(printf lagi | sha256sum | cut -d' ' -f1)
named lagi
exec 7<&-
wait
is "$(cat "$VAR/said") $(there lagi)" '0 files, 0 bytes removed lagi ' 'a row of the last moment counts'
rm -rf "$VAR/files"
sweep >/dev/null
is $? 1 'a folder that is not there'
is "$(TOLOK_DB='host=/nonexistent' sweep >/dev/null; echo $?)" 3 'nor a database'
