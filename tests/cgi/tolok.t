#!/bin/sh
# The operator's command as a Unix user expects it: help, usage, exit codes, and the way of a round from package to export.
# shellcheck source=tests/lib.sh disable=SC1091,SC2016
. "${0%/*}/../lib.sh"
# shellcheck source=tests/cgi/package.sh
. "${0%/*}/package.sh"
workplace
good_package package

# tolok ARGUMENT...: leaves what it said in files `out` and `err`, and its exit code.
tolok() { "$TOLOK" "$@" >out 2>err; }

# Help and usage.
tolok --help
is "$?:$(cat err)" 0: 'help is no failure and no message'
is "$(sed -n 's/^  \([a-z][a-z ]*[a-z]\)  .*/\1/p' out | tr '\n' ',')" 'import,publish,export,rounds,simulated remove,account create,account list,account disable,account forget,account demo,account code,audit verify,file verify,file sweep,mail send,mail serve,mail list,' 'help lists the commands'
like "$(cat out)" '^Exit status: 0 .*1 .*2 .*3 ' 'and the exit codes'
for command in import publish export rounds; do
    tolok $command --help
    is "$?:$(sed 1q out | cut -d' ' -f1-3):$(cat err)" "0:Usage: tolok $command:" "$command --help"
done
tolok -h import
like "$(sed 1q out)" '^Usage: tolok import DIR\|ZIP' 'options may come first'
tolok --version
like "$?:$(cat out)" '^0:tolok \(Tolok Kota\) [0-9.]+$' 'version'

# usage NAME MESSAGE HINT ARGUMENT...
usage() {
    name=$1
    expected="2::$2
Try '$3'."
    shift 3
    tolok "$@"
    is "$?:$(cat out):$(cat err)" "$expected" "$name"
}
usage 'nothing said' 'tolok: no command' 'tolok --help'
usage 'unknown command' 'tolok: unknown command frob' 'tolok --help' frob
usage 'unknown option' 'tolok: import: unknown option --colour' 'tolok import --help' import package --colour
usage 'unknown option before the command' 'tolok: import: unknown option -x' 'tolok import --help' -x import
usage 'option of another command' 'tolok: publish: unknown option --new-regions' 'tolok publish --help' publish uji --new-regions
usage 'argument missing' 'tolok: import: too few arguments, it takes DIR|ZIP [--new-regions]' 'tolok import --help' import
usage 'one of two missing' 'tolok: export: too few arguments, it takes ROUND DIR [--edition N]' 'tolok export --help' export uji
usage 'argument too many' 'tolok: rounds: one argument too many: uji' 'tolok rounds --help' rounds uji
usage 'edition without a number' 'tolok: export: no value after --edition' 'tolok export --help' export uji x --edition
usage 'edition that is no number' 'tolok: export: not a number of a publication: 0' 'tolok export --help' export uji x --edition=0
usage 'half of a command' 'tolok: unknown command account' 'tolok --help' account
usage 'half of it known' 'tolok: unknown command account' 'tolok --help' account frob
usage 'an operand that looks like the rest of a command' 'tolok: rounds: one argument too many: list' 'tolok rounds --help' rounds list
usage 'option of another command' 'tolok: account list: unknown option --name' 'tolok account list --help' account list --name=x
usage 'argument missing' 'tolok: account create: too few arguments, it takes EMAIL ROLE [--name NAME] [--region REGION] [--dimension CODE]' \
    'tolok account create --help' account create a@b.id
usage 'a value missing' 'tolok: audit verify: no value after --head' 'tolok audit verify --help' audit verify --head
usage 'operand after --' 'tolok: rounds: one argument too many: --help' 'tolok rounds --help' rounds -- --help

# The database can not be reached.
(
    unset TOLOK_DB
    VAR=/nowhere "$TOLOK" rounds >out 2>err
    echo $? >>out
)
is "$(cat out):$(sed 1q err)" '3:tolok: no instance answers under /nowhere (start it with `make start`)' 'no instance'
TOLOK_DB='host=/nowhere dbname=none' "$TOLOK" import package >out 2>err
is "$?:$(sed 1q err)" '3:tolok: the database of TOLOK_DB does not answer' 'no database'

# A round's way.
tolok rounds
lines=$(wc -l <out)
listing=$(ls)
tolok publish uji
is "$?:$(cat out):$(cat err)" '1::tolok: publish: there is no round uji' 'publish an unknown round'
tolok export uji there
is "$?:$(cat out):$(cat err)" '1::tolok: export: round uji has no publication' 'export an unknown round'
is "$(ls)" "$listing" 'and no folder is made'
tolok import package
is "$?:$(cat out):$(cat err)" '0:uji: 2 regions (0 new), 4 criteria, 4 marks, 1 official figure
Next: tolok publish uji:' 'import'
is "$(sql "select name || '|' || \"group\" from data.participant p join data.round r on r.draft = p.intake
           where r.code = 'uji' and region = '35.71'")" 'Kota Kediri|umum' "a known region keeps the database's name"
is "$(sql "select string_agg(region || ' ' || criterion || ' ' || status || ' ' || coalesce(value::text, '-'), ', ' order by region, criterion)
           from data.mark m join data.round r on r.draft = m.intake where r.code = 'uji'")" \
    '35.71 a value 3.5, 35.71 b value 2, 35.72 a no_data -, 35.72 b value 1.25' 'an empty value is no data'
is "$(sql "select string_agg(code || ' ' || ord || ' ' || height, ', ' order by ord) from data.criterion c join data.method m on m.id = c.method
           where version = 'uji-1'")" 'index 1 2, top 2 1, a 3 0, b 4 0' 'criteria in file order with their heights'
tolok rounds
is "$(wc -l <out)" $((lines + (lines == 0) + 1)) 'one round more'
like "$(cat out)" '^uji +2022  draft +2  - +Putaran uji \(simulated\)$' 'rounds shows the draft'

cp -r package changed
sed -i 's/^b,index,0.5/b,index,0.75/' changed/criteria.csv
tolok import changed
like "$?:$(cat err)" '^1:round.json:9: method.version: uji-1 has other content in round uji' 'not even a draft may change its method under the same version'
sed 's/"uji-1"/"uji-2"/' package/round.json >changed/round.json
tolok import changed
is "$?:$(sed -n 2p out)" '0:uji: the draft before it is replaced' 'under a new version it may'
is "$(sql "select string_agg(version, ' ') from data.method where version like 'uji-%'")" uji-2 'the method that nobody uses any more is gone'
tolok import package
cp package/round.json changed/round.json
tolok publish uji
is "$?:$(sed 1q out):$(cat err)" '0:uji: publication 1: 2 regions, 4 criteria, 10 draws:' 'publish'
like "$(sed -n 2p out)" '^digest [0-9a-f]{64}$' 'and its digest'
tolok publish uji
is "$?:$(cat err)" '1:tolok: publish: round uji has no draft to publish' 'nothing left to publish'
remember
refused 'other content of a published version' \
    'round.json:9: method.version: uji-1 has other content in round uji: give the changed method a new version
tolok: import: changed: 1 fault, nothing was imported' changed
sed -i 's/"uji"/"lain"/' changed/round.json
refused 'other content in another round' \
    'round.json:9: method.version: uji-1 has other content in round uji: give the changed method a new version
tolok: import: changed: 1 fault, nothing was imported' changed

# Numbers that are written otherwise are the same content.
sed -i 's/^\(top,index\),1,/\1,1.00,/; s/,0.01,/,0.010,/' package/criteria.csv
sed -i 's/"0.5"/"0.50"/; s/"max": "4"/"max": "4.0"/' package/round.json
tolok import package
is "$?:$(sed -n 2p out)" '0:uji: pages show publication 1 until this draft is published' 'same content, new draft'
is "$(sql "select count(*) from data.method where version = 'uji-1'")" 1 'one method'
tolok rounds
like "$(cat out)" '^uji +2022  published 1, draft +2  [0-9a-f]{12}  Putaran uji' 'rounds shows both'
tolok publish uji
is "$(sed -n 2p out)" 'uji: it supersedes publication 1' 'the second publication'

# Export.
tolok export uji there
is "$?:$(sed 1q out):$(cat err)" '0:uji: publication 2 written to there, 7 files:' 'export'
is "$(cd there && sha256sum -c SHA256SUMS 2>&1 | grep -vc ': OK$')" 0 'its digests are right'
is "$(sed -n 2p out)" "digest $(sha256sum <there/SHA256SUMS | cut -d' ' -f1)" "the publication's digest is that of SHA256SUMS"
tolok export uji there
is "$?:$(cat out):$(cat err)" '1::tolok: export: there: not empty' 'not into a folder with files'
mkdir empty
tolok export --edition 1 uji empty
is "$?:$(sed 1q out)" '0:uji: publication 1 written to empty, 7 files' 'an older one into an empty folder'
tolok export uji other --edition=3
is "$?:$(cat err)" '1:tolok: export: round uji has no publication 3' 'none of that number'
tolok export uji none/there
is "$?:$(cat err)" '1:tolok: export: none/there: No such file or directory' 'no folder above'
tolok export uji out
is "$?:$(cat err)" '1:tolok: export: out: Not a directory' 'a file is in the way'
listing=$(ls)
(
    trap '' XFSZ
    ulimit -f 0
    exec "$TOLOK" export uji full
) >out 2>/dev/null
is "$?:$(ls)" "1:$listing" 'a disk that is full leaves no half package'
tolok import there
is "$?:$(sed 1q out)" '0:uji: 2 regions (0 new), 4 criteria, 4 marks, 1 official figure' 'an export is a package'
tolok publish uji
tolok export uji again
is "$(diff -r there again)" '' 'and comes out as it went in'

# What somebody has changed behind our back is not what was published.
changed() { sql "set session_replication_role = replica; update data.$1"; }
for what in "result set rank = rank + 1 where publication = (select publication from data.round
        where code = 'uji') and rank = 1" "mark set value = value + 1 where value = 0 and intake =
        (select p.intake from data.publication p join data.round r on r.publication = p.id
         where r.code = 'uji')"; do
    sql "create table public.kept as table data.${what%% *}"
    changed "$what"
    tolok export uji altered
    is "$?:$(cat out):$(ls -d altered 2>/dev/null)" '1::' "a changed ${what%% *} is not exported"
    like "$(cat err)" 'is not as it was published with digest [0-9a-f]{64}' 'in words'
    sql "set session_replication_role = replica; delete from data.${what%% *};
         insert into data.${what%% *} select * from public.kept; drop table public.kept"
done
tolok export uji unchanged
is "$?:$(diff -r there unchanged)" '0:' 'put back, it is'
"$TOLOK" rounds >/dev/full 2>err
is "$?:$(cat err)" '1:tolok: rounds: can not write to standard output' 'a result that can not be written'

# New regions.
good_package new
sed -i 's/"uji"/"baru"/; s/uji-1/baru-1/' new/round.json
printf 'region,name,group\r\nX-1,"Kota ""Baru""\303\251",\r\n35.71,ignored,umum' >new/regions.csv
printf 'status,value,criterion,region\r\n,1,a,X-1\r\nnot_applicable,,b,X-1\r\nvalue,0,a,35.71\r\n' >new/marks.csv
tolok import new --new-regions
is "$?:$(sed 1q out)" '0:baru: 2 regions (1 new), 4 criteria, 3 marks, 1 official figure' 'new region, CRLF, columns in another order'
is "$(sql "select slug || '|' || name || '|' || member || '|' || coalesce(kind, '-') from data.region where code = 'X-1'")" \
    'x-1|Kota "Baru"é|false|-' 'it has a code, an address and a name'
tolok import new
is "$?" 0 'which is known from then on'
sed -i 's/X-1/x-1/' new/regions.csv new/marks.csv
remember
refused 'an address that is taken' 'regions.csv:2: region: the address x-1 belongs to region X-1 already
tolok: import: new: 1 fault, nothing was imported' new --new-regions
printf 'region,name,group\nY.1,Y,\ny.1,y,\nz,,\n35.71,,\n' >new/regions.csv
sed -i 's/x-1/z/' new/marks.csv
refused 'two new ones of one address' 'regions.csv:3: region: y.1 and Y.1 on line 2 would have the same address
regions.csv:4: name: missing
tolok: import: new: 2 faults, nothing was imported' new --new-regions

# Two imports of one round at once take turns.
for i in 1 2 3 4; do
    "$TOLOK" import package >"turn$i" 2>&1 &
done
wait
is "$(cat turn* | grep -c '^Next:')" 4 'four imports at once'
is "$(sql "select count(*) from data.intake i where round = 'uji' and not exists (select from data.publication p where p.intake = i.id)")" 1 \
    'leave one draft'

# The server goes away in the middle: another session holds the rounds, so that the import is surely waiting.
PGAPPNAME=holder sql 'begin; lock table data.round in exclusive mode; select pg_sleep(60)' >/dev/null 2>&1 &
ours="from pg_stat_activity where datname = current_database() and application_name"
waits() { [ "$(sql "select count(*) $ours = '$1' and wait_event_type = '$2'")" = 1 ]; }
tries=0
until waits holder Timeout || [ $((tries += 1)) -gt 200 ]; do sleep 0.05; done
remember
"$TOLOK" import package >out 2>err &
import=$!
until waits tolok Lock || [ $((tries += 1)) -gt 400 ]; do sleep 0.05; done
sql "select pg_terminate_backend(pid) $ours = 'tolok'" >/dev/null
wait "$import"
is "$?:$(cat out):$(cat err)" '3::tolok: import: terminating connection due to administrator command' 'the connection is lost'
sql "select pg_terminate_backend(pid) $ours = 'holder'" >/dev/null
is "$(contents)" "$before" 'and nothing is left of the import'

# What the authority published is taken as it is.
cp -r package beyond
sed -i 's/,2.4,/,4.5,/' beyond/official.csv
tolok import beyond
is "$?:$(sql "select o.value from data.official o join data.round r on r.draft = o.intake where r.code = 'uji'")" 0:4.5 \
    'an official figure beyond the scale'

# Progress is asked for where there is no terminal, and only then.
"$TOLOK" import package --progress >out 2>err
is "$?:$(grep -c "$(printf '\033')" err)" 0:0 'no escape codes in a file'
done_testing
