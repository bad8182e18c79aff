#!/bin/bash
# The life of an instance: start, stop, kill -9 of anything and of everything, two side by side, a
# port in use.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"

# The long form, of make test-all.
all=${TOLOK_ALL-}
[ "$all" != 0 ] || all=

# Beside the data that all tests begin with, as the instances' user can come there.
one=$(python3 "$ROOT/tests/fault/house.py" --beside life-one)
base=$one.d
two="$base/two with spaces and a name that is so long that the address of a socket in it"
two+=" would have too many bytes"
port_one=$(free_port)
port_two=$(free_port)
port_three=$(free_port)

instance() { VAR=$1 PORT=$2 "$ROOT/etc/instance" "$3" 2>&1; }
fetch() { curl -s -m 30 --noproxy '*' "http://127.0.0.1:$1$2" "${@:3}"; }
status() { fetch "$1" "$2" -o /dev/null -w '%{http_code}'; }
answers() { [ "$(status "$1" /)" = 200 ]; }
# How fast is not told here: a machine with other work does it in a minute, too.
fresh() {
    local end=$((SECONDS + 60))
    until [ "$(status "$1" "/kota?q=$SECONDS$RANDOM")" = 200 ]; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.2
    done
}
# Process ids of the instance in folder $1, of command $2 when given.
ids() {
    local pid name
    find /proc/[0-9]*/cwd -maxdepth 0 -lname "$(realpath -m "$1")/*" 2>/dev/null |
        while IFS=/ read -r _ _ pid _; do
            [ -z "${2-}" ] || { read -r name <"/proc/$pid/comm"; } 2>/dev/null || continue
            [ "${2-$name}" != "$name" ] || echo "$pid"
        done
}
sockets() { find "$(realpath -m "$1")" "$(realpath -m "$1/run")" -type s 2>/dev/null; }
in_database() { psql -X -q -At -U postgres -h "$(realpath "$1/run")" -d tolok -c "$2"; }
digests() { in_database "$1" 'select string_agg(digest, $$ $$ order by id) from data.publication'; }
# shellcheck disable=SC2317
clean_up() {
    for folder in "$one" "$two"; do instance "$folder" 8080 reset >/dev/null; done
    rm -rf "$base"
}
rm -rf "$base"
trap clean_up EXIT
mkdir -p "$base"
# Below a folder of theirs the instance's user makes its own.
chown --reference="$one" "$base"

# A first start that is killed at a bad moment is simply done again; that takes long.
if [ -z "$all" ]; then
    said=$(instance "$one" "$port_one" start)
    is "$?" 0 'a first start'
else
    instance "$one" "$port_one" reset >/dev/null
    setsid env VAR="$one" PORT="$port_one" "$ROOT/etc/instance" start >/dev/null 2>&1 &
    starter=$!
    disown "$starter"
    until [ -e "$one/pg.new/postmaster.pid" ]; do sleep 0.1; done
    sleep 0.5
    kill -KILL "$starter"
    for pid in $(ids "$one"); do kill -KILL "$pid" 2>/dev/null; done
    is "$(find "$one/pg" 2>/dev/null)" '' 'a first start was killed midway'
    said=$(instance "$one" "$port_one" start)
    is "$?" 0 'the next start makes the database again'
fi
like "$said" "http://localhost:$port_one/" 'and says the address'
ok "$(answers "$port_one"; echo $((! $?)))" 'the first page answers'

users=$(for pid in $(ids "$one"); do stat -c %U "/proc/$pid"; done 2>/dev/null | sort -u)
unlike "$users" '^root$' 'no process is root'
is "$(find "$(realpath "$one")" -user root | head -n 3)" '' 'no file of the state belongs to root'

said=$(instance "$one" "$port_one" start)
is "$?" 0 'a start of what runs is no failure'
like "$said" 'already' 'it says that it runs'
said=$(instance "$one" "$port_two" start)
is "$?" 1 'with another port it is refused'
like "$said" "already, on port $port_one" 'it names the port in use'

# What runs in another container on the same folder can not be seen, but its lock can.
if unshare -pf --mount-proc true 2>/dev/null; then
    elsewhere() { VAR=$one PORT=$port_two unshare -pf --mount-proc "$ROOT/etc/instance" "$1" 2>&1; }
    for command in start stop; do
        said=$(elsewhere "$command")
        is "$?" 1 "a $command from where it can not be seen is refused"
        like "$said" 'can not be seen from here' 'in words'
    done
    is "$(for pid in $(ids "$one" postgres); do tr '\0' ' ' <"/proc/$pid/cmdline"; echo; done |
        grep -c ' -D ')" 1 'there is one database'
    ok "$(fresh "$port_one"; echo $((! $?)))" 'which answers as before'
fi

# A log that has grown is put aside, and nginx goes on in a new one.
head -c 11000000 /dev/zero >>"$one/log/access/current"
for _ in {1..150}; do
    [ -z "$(find "$one/log/access" -name '@*')" ] || break
    sleep 0.2
done
like "$(find "$one/log/access" -name '@*' -size +10M)" '/@' 'a log that has grown is put aside'
mark=$(curl -s -o /dev/null -w '%header{x-request-id}' --noproxy '*' "http://127.0.0.1:$port_one/")
for _ in {1..50}; do
    if grep -q "$mark" "$one/log/access/current"; then break; fi
    sleep 0.2
done
is "$(grep -c "$mark" "$one/log/access/current")" 1 'and a new one begun'

before=$(digests "$one")
like "$before" '^[0-9a-f]{64}( [0-9a-f]{64})*$' 'there are publications'

# Kill one kind of process at a time; tests/fault/start.t kills others.
for command in ${all:+web multiwatch nginx s6-log s6-supervise} postgres; do
    for pid in $(ids "$one" "$command"); do kill -KILL "$pid" 2>/dev/null; done
    ok "$(fresh "$port_one"; echo $((! $?)))" "every $command killed: it comes back by itself"
done
# The next supervisor starts the database anew.
for _ in {1..100}; do
    found=$(digests "$one" 2>/dev/null)
    [ "$found" != "$before" ] || break
    sleep 0.2
done
is "$found" "$before" 'nothing is lost'

# A database that was stopped stays down, even when its supervisor dies.
instance "$one" "$port_one" db-stop >/dev/null
is "$?" 0 'db-stop'
supervisors=$(ids "$one" s6-supervise | wc -l)
for pid in $(ids "$one" s6-supervise); do kill -KILL "$pid" 2>/dev/null; done
for _ in {1..100}; do
    [ "$(ids "$one" s6-supervise | wc -l)" -lt "$supervisors" ] || break
    sleep 0.1
done
is "$(s6-svstat -o wantedup "$one/service/postgres")" false \
    'the next supervisor knows that it is stopped'
is "$(ids "$one" postgres)" '' 'the database stays down'
# nginx starts anew with its supervisor.
for _ in {1..100}; do
    shown=$(fetch "$port_one" / -o /dev/null -w '%{http_code} %header{x-cache}')
    [ "$shown" = '000 ' ] || break
    sleep 0.2
done
is "$shown" '200 STALE' 'a page that was seen is shown'
said=$(fetch "$port_one" '/kota?q=belum' -i)
like "$said" '^HTTP/1.1 503 ' 'one that was not says so with 503'
like "$said" '^Retry-After: ' 'and when to come back'
like "$said" "^Content-Security-Policy: default-src 'none'" 'with the headers of every answer'
is "$(status "$port_one" /tolok.css)" 200 'files are still served'
instance "$one" "$port_one" db-start >/dev/null
is "$?" 0 'db-start'
ok "$(fresh "$port_one"; echo $((! $?)))" 'pages answer again, without a restart of the workers'

# A program that can not start: nobody waits for it, and nobody gets the bare page of nginx
# (tests/fault/kill.t has the short form).
if [ -n "$all" ]; then
    program=$(realpath "$one/app")/build/web
    mv "$program" "$base/web"
    printf '#!/bin/sh\nexit 1\n' >"$program"
    chmod 755 "$program"
    for pid in $(ids "$one" web); do kill -KILL "$pid" 2>/dev/null; done
    slow=0
    for _ in {1..10}; do
        said=$(fetch "$port_one" '/kota?q=rusak' -i -w '\n%{time_total}')
        like "$said" '^Retry-After: ' 'a program that can not start: visitors are told to come back'
        took=${said##*$'\n'}
        [ "${took%.*}" -lt 5 ] || slow=1
    done
    ok $((!slow)) 'at once'
    is "$(status "$port_one" /)" 200 'pages that were seen are shown'
    mv "$base/web" "$program"
    ok "$(fresh "$port_one"; echo $((! $?)))" 'mended, it goes on by itself'
fi

# Everything at once, as when the machine loses power. Demo accounts end at the next start.
# shellcheck disable=SC2016 # what a password was hashed with
in_database "$one" \
    'select from act.demo_make($$coba@demo.example$$, $$Coba$$, $$office$$, null, null,
    $q$$argon2id$v=19$m=47104,t=2,p=1$$q$ || repeat($$A$$, 22), repeat($$7$$, 64), null)'
demo="select count(*) from data.account where demo and state = 'active'"
is "$(in_database "$one" "$demo")" 1 'there is a demo account'
# shellcheck disable=SC2046
kill -KILL $(ids "$one")
sleep 0.3
instance "$one" "$port_three" start >"$base/said.1" &
instance "$one" "$port_three" start >"$base/said.2"
is "$?" 0 'kill -9 of everything: it starts, on another port too'
wait $!
is "$?" 0 'and once more at the same time'
is "$(cat "$base"/said.? | grep -c "http://localhost:$port_three/")" 2 'both say where it runs'
is "$(grep -l already "$base"/said.? | wc -l)" 1 'and one of them did it'
is "$(digests "$one")" "$before" 'nothing is lost'
is "$(in_database "$one" "$demo")" 0 'which has ended'

if [ -n "$all" ]; then
    kill -KILL "$(ids "$one" s6-svscan)"
    instance "$one" "$port_one" start >/dev/null
    is "$?" 0 'the top supervisor killed alone: the next start takes over'
    ok "$(answers "$port_one"; echo $((! $?)))" 'and answers'
fi

# Two side by side.
port=$(cat "$one/port")
said=$(instance "$two" "$port" start)
is "$?" 1 'a port in use is refused'
like "$said" "port $port is in use" 'in words'
is "$(ids "$two")$(sockets "$two")" '' 'and nothing is left behind'
if [ -n "$all" ]; then
    # Data that need not be made.
    copy=$(python3 "$ROOT/tests/fault/house.py" --beside life-two)
    mv "$copy/pg" "$two/pg"
    rm -rf "$copy"
    instance "$two" "$port_two" start >/dev/null
    ok "$(answers "$port_one" && answers "$port_two"; echo $((! $?)))" \
        'beside the first: both answer'
    instance "$two" "$port_two" stop >/dev/null
    ok "$(answers "$port_one"; echo $((! $?)))" 'the first lives on when the second ends'
fi

# Stop and start again.
instance "$one" "$port_one" stop >/dev/null
is "$?" 0 'stop'
is "$(ids "$one")$(sockets "$one")" '' 'no process and no socket is left'
said=$(instance "$one" "$port_one" stop)
is "$?" 0 'another stop is no failure'
like "$said" 'Nothing is running' 'it says so'

# A database that can not start: the house opens without it, says so, and finds together when it is
# mended.
if [ -n "$all" ]; then
    mv "$one/pg/global/pg_control" "$base/pg_control"
    said=$(instance "$one" "$port_one" start)
    is "$?" 1 'a damaged database is a failed start'
    like "$said" 'could not open file .*pg_control' 'with the reason'
    like "$said" "PostgreSQL does not answer.*pages that were seen before" 'and what it means'
    is "$(status "$port_one" /)" 200 'pages that were seen before are shown'
    mv "$base/pg_control" "$one/pg/global/pg_control"
    ok "$(fresh "$port_one"; echo $((! $?)))" 'mended, it finds together by itself'
    instance "$one" "$port_one" stop >/dev/null
fi

# In front: Ctrl-C reaches the whole process group.
for signal in INT ${all:+TERM}; do
    # Whoever stood in front of what was just stopped has not noticed it yet.
    flock "$one/front.lock" sleep 600 &
    earlier=$!
    # Whoever runs these tests in the background has Ctrl-C ignored, which a shell passes on.
    coproc FRONT { VAR=$one PORT=$port_one exec setsid env --default-signal=INT \
        "$ROOT/etc/instance" run 2>&1; }
    inode=$(stat -c %i "$one/front.lock")
    for _ in {1..300}; do
        ! grep -q -e "-> FLOCK.*:$inode " /proc/locks || break
        kill -0 "$FRONT_PID" 2>/dev/null || break
        sleep 0.1
    done
    pkill -P "$earlier"
    front=$FRONT_PID
    exec 7<&"${FRONT[0]}"
    read -r line <&7
    like "$line" 'Ctrl-C ends it' 'run says how to end it'
    read -r line <&7
    like "$line" '^Demo accounts for http://localhost:[0-9]+/masuk' 'and where one may look around'
    kill "-$signal" -- "-$front"
    wait "$front" 2>/dev/null
    is "$(ids "$one")$(sockets "$one")" '' \
        "after $signal nothing is left; it says: $(tail -n 3 <&7 | tr '\n' '|')"
done

# What is not ours is not touched.
mkdir "$base/other"
echo keep >"$base/other/file"
said=$(instance "$base/other" "$port_one" start)
is "$?" 1 'a folder with other files is refused'
said=$(instance "$base/other" "$port_one" reset)
is "$?:$(cat "$base/other/file")" '1:keep' 'and not emptied'
said=$(instance "$one" "$port_one" reset)
is "$?" 0 'reset'
is "$(find "$one" 2>/dev/null)" '' 'removes the state'
done_testing
