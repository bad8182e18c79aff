# shellcheck shell=sh
# TAP helpers of the shell tests, and the test instance that tests/run has started. Sourced, never
# run; POSIX sh.
#
# A test begins with `plan N` or ends with `done_testing`. Environment from tests/run:
#   ROOT   the tree               WEB, DESK  build/web, build/desk   TOLOK  build/tolok
#   VAR    state of the instance  BASE   http://127.0.0.1:PORT   PGHOST folder of its sockets
# Tests that import or publish call `scratch_database`, so that they do not disturb each other.

tap_count=0
tap_failed=0

plan() { echo "1..$1"; }
done_testing() { echo "1..$tap_count"; [ "$tap_failed" -eq 0 ]; }
# On standard error, where prove lets it through.
diag() { printf '%s\n' "$*" | sed 's/^/# /' >&2; }

# ok TRUTH NAME: TRUTH is 1 for true, as arithmetic has it: ok $((a == b)) 'they are equal'
ok() {
    tap_count=$((tap_count + 1))
    if [ "$1" -ne 0 ]; then
        echo "ok $tap_count - $2"
    else
        echo "not ok $tap_count - $2"
        echo "# not ok $tap_count - $2" >&2
        tap_failed=$((tap_failed + 1))
    fi
}
pass() { ok 1 "$1"; }
fail() { ok 0 "$1"; }

# is GOT EXPECTED NAME
is() {
    if [ "$1" = "$2" ]; then
        ok 1 "$3"
    else
        ok 0 "$3"
        diag "got:      $1"
        diag "expected: $2"
    fi
}

# like GOT REGEX NAME: an extended regular expression that one line of GOT matches; unlike: that no
# line matches.
like() {
    if printf '%s\n' "$1" | grep -Eq -e "$2"; then
        ok 1 "$3"
    else
        ok 0 "$3"
        diag "no line matches $2 in:"
        diag "$(printf '%s\n' "$1" | head -n 20)"
    fi
}
unlike() {
    if printf '%s\n' "$1" | grep -Eq -e "$2"; then
        ok 0 "$3"
        diag "a line matches $2:"
        diag "$(printf '%s\n' "$1" | grep -E -e "$2" | head -n 5)"
    else
        ok 1 "$3"
    fi
}

# succeeds NAME COMMAND...; what it says is shown when it fails.
succeeds() {
    tap_name=$1
    shift
    if tap_said=$("$@" 2>&1); then
        ok 1 "$tap_name"
    else
        ok 0 "$tap_name"
        diag "$tap_said"
    fi
}

# page PATH [QUERY] [VARIABLE=VALUE...]: a public page, as a CGI program says it: head and body.
# From the running instance; where it shall be made from another database or with other variables,
# from the program by hand, which takes ten times as long. tests/http/same.t shows that both say the
# same.
page() {
    if [ $# -le 2 ] && [ -z "${tap_database-}" ]; then
        get "$1${2:+?$2}" -g | sed '1s/^HTTP[^ ]* /Status: /'
        return
    fi
    tap_path=$1
    tap_query=${2-}
    [ $# -lt 2 ] || shift
    shift
    # Its standard input must not look like a FastCGI socket.
    env ${tap_database:+TOLOK_DB="host='$PGHOST' dbname=$tap_database user=tolok_web"} \
        TOLOK_SITE="$BASE" REQUEST_METHOD=GET \
        PATH_INFO="$tap_path" QUERY_STRING="$tap_query" "$@" "$WEB" 2>/dev/null </dev/null
}

# get PATH [CURL OPTION...]: through nginx: head and body. code: the status alone.
get() {
    tap_path=$1
    shift
    curl -s -i --noproxy '*' --path-as-is -m 30 "$@" "$BASE$tap_path" | tr -d '\r'
}
code() {
    tap_path=$1
    shift
    curl -s -o /dev/null -w '%{http_code}' --noproxy '*' --path-as-is -m 30 "$@" "$BASE$tap_path"
}

# Parts of an answer on standard input. header NAME: its value, one line for each time that it
# occurs.
head_of() { tr -d '\r' | sed '/^$/q'; }
body_of() { tr -d '\r' | sed '1,/^$/d'; }
header() { head_of | sed -n "s/^$1: *//Ip"; }

# sql TEXT: rows of the test database, as superuser, unaligned.
sql() { psql -X -q -At -v ON_ERROR_STOP=1 -U postgres -d "${tap_database:-tolok}" -c "$1"; }

# A private copy of the database that build/web, build/tolok and `sql` use from here on; dropped at
# the end.
scratch_database() {
    tap_database=tolok_$$
    createdb -U postgres -S file_copy -T tolok_copy "$tap_database"
    trap 'dropdb -U postgres -f "$tap_database"' EXIT
    # shellcheck disable=SC2089,SC2090 # the quotes are for libpq
    TOLOK_DB="host='$PGHOST' dbname=$tap_database user=tolok_admin"
    # shellcheck disable=SC2090
    export TOLOK_DB
}

free_port() {
    python3 "$ROOT/tests/port.py"
}
