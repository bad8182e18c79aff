# shellcheck shell=bash
# Words that the scripts in etc/ share. Sourced, never run.
set -eu -o pipefail
export LC_ALL=C.UTF-8
export PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
umask 022
# Whatever database the caller's own environment points to is none of ours.
unset "${!PG@}"

# A terminal that has gone away is no reason to stop half-way.
say() { printf '%s\n' "$*" 2>/dev/null || :; }
warn() { printf 'tolok-kota: %s\n' "$*" >&2 2>/dev/null || :; }
die() { warn "$@"; exit 1; }

# The folder of this script's tree: the repository, or the copy of it below an instance's VAR.
# shellcheck disable=SC2034
home=${BASH_SOURCE[0]%/*}/..
if [ "${home:0:1}" != / ]; then home=$PWD/$home; fi
{ here=$PWD && cd -P "$home" && home=$PWD && cd "$here"; } || exit

# The versions of PostgreSQL that the portal is made for, newest first: those of Debian 13 and 12.
pg_known='17 15'

# The newest of them that is installed, or nothing.
pg_newest=
for version in $pg_known; do
    if [ -z "$pg_newest" ] && [ -x "/usr/lib/postgresql/$version/bin/initdb" ]; then
        pg_newest=$version
    fi
done

# Its clients, before Debian's script of that name, which at each call looks for what is installed,
# and takes twice as long for that as psql for an answer.
case $PATH in
    /usr/lib/postgresql/*) ;;
    *) PATH=/usr/lib/postgresql/$pg_newest/bin:$PATH ;;
esac

# first_line FILE NAME: its beginning in that variable, when it is a plain file: whoever opens a
# pipe may wait for ever.
first_line() { [ -f "$1" ] && read -r -n 20 "$2" <"$1"; } 2>/dev/null

# The version that the cluster was made with; nothing where there is none.
pg_version() {
    local version
    first_line "$VAR/pg/PG_VERSION" version || return 0
    case $version in *[!0-9]*) die "$VAR/pg/PG_VERSION names no version" ;; esac
    printf '%s' "$version"
}
# Programs of PostgreSQL, of that version.
pg_bin() {
    local version
    version=$(pg_version)
    printf '/usr/lib/postgresql/%s/bin' "${version:-$pg_newest}"
}

# patiently WORDS COMMAND...: runs it, and says every four seconds what it is that takes so long.
patiently() {
    local words=$1 began=$SECONDS
    shift
    # The pipe carries nothing: its end is that of the command.
    { { "$@" >&5 5>&-; exit; } | while read -r -t 4 _ || [ $? -gt 128 ]; do
        say "  $words ($((SECONDS - began)) s)"
    done; } 5>&1 || return
}

# may_connect FOLDER: who may be which role of the cluster in that folder. The socket tells who
# calls: the instance's own user and root may be any of the roles, nobody else any.
may_connect() {
    local name role names=root roles='postgres tolok_web tolok_desk tolok_admin tolok_job'
    [ "$EUID" -eq 0 ] || names="root $(id -un)"
    printf 'local %s peer map=tolok\n' "all ${roles// /,}" 'replication postgres' >"$1/pg_hba.conf"
    for name in $names; do
        for role in $roles; do printf 'tolok "%s" %s\n' "$name" "$role"; done
    done >"$1/pg_ident.conf"
}

# empty_cluster FOLDER BIN: a cluster of that version without a database of ours in it.
empty_cluster() {
    "$2/initdb" -D "$1" -U postgres -E UTF8 --locale=C.UTF-8 --data-checksums --auth=peer \
        --no-sync || return
    may_connect "$1" || return
    cat >>"$1/postgresql.conf" <<CONF

# Of this instance only. Dates of publications are those of western Indonesia.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 128MB
max_wal_size = 512MB
jit = off
timezone = 'Asia/Jakarta'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d %a '
CONF
}

# is_local [SITE]: whether that address of the site is for this machine's own visitors. Demo
# accounts and simulated rounds are for these alone.
is_local() {
    local this='^(http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?/?)?$'
    [[ ${1-} =~ $this ]]
}

# is_proxies LIST: whether it is a list of addresses and networks, none of which is everybody.
is_proxies() {
    local each number='(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])' this
    this="^(($number\.){3}$number(/([1-9]|[12][0-9]|3[0-2]))?|"
    this+='[0-9a-fA-F:]*:[0-9a-fA-F:.]*(/([1-9]|[1-9][0-9]|1[01][0-9]|12[0-8]))?)$'
    for each in ${1//,/ }; do
        [[ $each =~ $this ]] || return 1
    done
}

# find_processes [COMMAND...]: in `found`, the ids of this instance's processes, of those commands
# or of all that are ours. An instance is recognised by its working folder below VAR (or in $below),
# which survives kill -9 of any parent, and by its name, so that a visitor's shell in that folder is
# left alone. Asked at every turn: it has no child.
find_processes() {
    local top=${below:-$VAR} here=$PWD comm name pid place
    found=()
    [ $# -gt 0 ] || set -- s6-svscan s6-supervise s6-log postgres pg_basebackup multiwatch worker \
        desk \
        web tolok spawn-fcgi nginx
    for comm in /proc/[0-9]*/comm; do
        read -r name <"$comm" || continue
        case " $* " in *" $name "*) ;; *) continue ;; esac
        pid=${comm#/proc/}
        pid=${pid%/comm}
        # The folders of others can not be looked at, nor that of the dead.
        cd -P "/proc/$pid/cwd" || continue
        place=$PWD
        # One that was removed has a name in the kernel alone.
        case $place in /proc/*) place=$(readlink "/proc/$pid/cwd") || continue ;; esac
        case $place/ in "$top"/*) found+=("$pid") ;; esac
    done
    cd "$here" || cd /
} 2>/dev/null
processes() {
    local found
    find_processes "$@"
    [ ${#found[@]} -eq 0 ] || printf '%s\n' "${found[@]}"
}

# A `return` that names no status gives, within a trap, that of what the signal interrupted: what a
# trap calls names one.

# Whether the supervisor lives. The one that wrote its number down is looked at without a search of
# all processes, as this is asked again and again while something is waited for.
supervised() {
    local pid name
    first_line "$VAR/supervisor" pid && first_line "/proc/$pid/comm" name &&
        [ "$name" = s6-svscan ] && [ "/proc/$pid/cwd" -ef "$VAR/service" ]
}
running() {
    local found
    supervised && return
    find_processes s6-svscan
    [ ${#found[@]} -gt 0 ]
}

# accepts PID: whether a worker accepts connections. From then on it handles signals itself.
accepts() {
    local key value
    while read -r key value; do
        [ "$key" != SigCgt: ] || break
    done <"/proc/$1/status"
    [ $((0x0${value: -4} & 0x4000)) -ne 0 ]
} 2>/dev/null

# nap SECONDS: waits without a child, which would cost more than most of what is waited for. Nothing
# ever comes from this pipe.
nap() {
    [ -n "${nothing-}" ] || exec {nothing}<> <(:)
    read -r -t "$1" -u "$nothing" _ || :
}

# poll SECONDS COMMAND...: repeats it until it succeeds, as long as the supervisor lives.
poll() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        running || return 1
        [ "$SECONDS" -lt "$end" ] || return 1
        nap 0.2
    done
}
database_answers() { psql -X -q -h "$RUN" -U postgres -d tolok -c 'select'; }

# A version of programs and files is a folder of its own, and the link VAR/app names the one that
# runs: another one takes its place at once. `keep_versions FOLDER...` forgets all others.
use_version() {
    [ -L "$VAR/app" ] || rm -rf "$VAR/app"
    ln -sfn "versions/${1##*/}" "$VAR/app.new"
    mv -T "$VAR/app.new" "$VAR/app"
}
keep_versions() {
    local version
    for version in "$VAR"/versions/*; do
        case " $* " in *" $version "*) ;; *) rm -rf "$version" ;; esac
    done
}

# wait_gone SECONDS COMMAND...: waits until none of those processes is left; fails when time is up.
wait_gone() {
    local tenths=$(($1 * 10)) found pid
    shift
    find_processes "$@"
    while [ ${#found[@]} -gt 0 ]; do
        # The dead have no folder any more, also when nobody has asked after them yet.
        for pid in "${found[@]}"; do
            while [ -e "/proc/$pid/cwd" ]; do
                tenths=$((tenths - 1))
                [ "$tenths" -gt 0 ] || return 1
                nap 0.1
            done
        done
        find_processes "$@"
    done
}

# end SIGNAL SECONDS COMMAND...: asks those processes to end, and makes them after that time.
end() {
    local signal=$1 seconds=$2 found
    shift 2
    find_processes "$@"
    [ ${#found[@]} -gt 0 ] || return 0
    kill "-$signal" "${found[@]}" 2>/dev/null || :
    wait_gone "$seconds" "$@" && return 0
    find_processes "$@"
    [ ${#found[@]} -eq 0 ] || kill -KILL "${found[@]}" 2>/dev/null || :
    wait_gone 5 "$@" || die "processes $(processes "$@" | tr '\n' ' ')do not end"
}
