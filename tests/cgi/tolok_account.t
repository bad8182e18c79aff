#!/bin/sh
# The operator's command: accounts and the audit trail.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
# shellcheck source=tests/cgi/package.sh
. "${0%/*}/package.sh"
workplace

tolok() { "$TOLOK" "$@" >out 2>err; }

# The trail of the instance so far: the rounds that it came with. Here it begins anew.
tolok audit verify
is "$?:$(sed -n '1s/[0-9]* //p' out)" '0:rows, all as they were written' 'the trail of an instance'
is "$(sql "select count(*) filter (where act = 'import') = count(*) filter (where act = 'publish') and count(*) > 0 from data.audit")" t 'has each round twice'
sql "set session_replication_role = replica; delete from data.audit; update data.audit_head set id = 0, digest = repeat('0', 64)" >/dev/null

tolok account list
is "$?:$(cat out):$(cat err)" "0::tolok: account list: no accounts yet; begin with \`tolok account create EMAIL office\`" 'no account is there from the start'
tolok audit verify
is "$?:$(sed 1q out)" '0:0 rows, all as they were written' 'nor a row in the trail'

tolok account create Kantor@Uji.go.id office --name 'Kantor Program'
is "$?:$(sed 1q out):$(cat err)" '0:kantor@uji.go.id: invited as office, Kantor Program:' 'the first office account'
like "$(sed -n 2p out)" '^/undangan/[A-Za-z0-9_-]{43}$' 'and its link'
token=$(sed -n 's|^/undangan/||p' out)
is "$(sql "select count(*) from data.invitation where digest = encode(sha256('$token'), 'hex') and closed_at is null and expires_at between now() + interval '167 hours' and now() + interval '7 days'")" 1 \
    'the database has its digest, for seven days'
is "$(pg_dump -U postgres -d "$tap_database" --schema=data 2>/dev/null | grep -c -e "$token")" 0 'and nowhere the token'
tolok account create kantor@uji.go.id office
is "$?:$(sed -n 2p out | cut -d/ -f2)" '0:undangan' 'a new link as long as it was not used'
is "$(sql "select count(*) from data.invitation where closed_at is null")" 1 'the one before it is closed'
tolok account create kota@uji.go.id operator --region kota-kediri
is "$?:$(sed 1q out)" '0:kota@uji.go.id: invited as operator, kota' 'a city by its slug'
tolok account create opd@uji.go.id owner --region=35.71 --dimension=governance
is "$?" 0 'an owner by the code of the city'

refuses() {
    name=$1
    expected=$2
    shift 2
    rows=$(sql 'select count(*) from data.account')
    tolok account "$@"
    is "$?:$(cat out):$(cat err):$(sql 'select count(*) from data.account')" "1::tolok: account $1: $expected:$rows" "$name"
}
refuses 'no address' 'not an account: email is no mail address' create kantor office
refuses 'an address with a line end' 'not an account: email is no mail address' create 'a@b.id
c@d.id' office
refuses 'no role' 'not an account: role is none of office, assessor, operator and owner' create a@b.id mayor
refuses 'a city that is none' 'not an account: region is none that is known, or such an account has none' create a@b.id operator --region kota-hilang
refuses 'an operator without a city' 'not an account: region is none that is known, or such an account has none' create a@b.id operator
refuses 'an office with one' 'not an account: region is none that is known, or such an account has none' create a@b.id office --region kota-kediri
refuses 'an owner without a dimension' 'not an account: dimension is none that is known, or such an account has none' create a@b.id owner --region kota-kediri
refuses 'a dimension that is none' 'not an account: dimension is none that is known, or such an account has none' create a@b.id owner --region kota-kediri --dimension none
refuses 'a name with a line end' 'not an account: name is empty, longer than 500 characters or holds a control character' create a@b.id office --name 'a
b'
refuses 'ending nobody' 'there is no account nobody@uji.go.id' disable nobody@uji.go.id

sql "update data.account set state = 'active', password_setting = '\$argon2id\$v=19\$m=47104,t=2,p=1\$MDEyMzQ1Njc4OWFiY2RlZg', password_digest = repeat('a', 64)
     where email = 'opd@uji.go.id'" >/dev/null
refuses 'an account that is used' 'opd@uji.go.id has an account already' create opd@uji.go.id office
refuses 'forgetting an authenticator that is not there' 'opd@uji.go.id has no authenticator' forget opd@uji.go.id
sql "update data.account set otp_secret = 's' where email = 'opd@uji.go.id'" >/dev/null
tolok account forget OPD@uji.go.id --reason 'Ponsel hilang'
is "$?:$(cat out):$(sql "select otp_secret is null and password_digest is not null from data.account where email = 'opd@uji.go.id'")" \
    '0:opd@uji.go.id: has no authenticator any more, its sessions are over:t' 'one that was lost is forgotten'
sql "insert into data.session (account, digest, level, source, agent, expires_at) select id, repeat('b', 64), 'full', '', '', 'infinity' from data.account
     where email = 'opd@uji.go.id'" >/dev/null
tolok account disable opd@uji.go.id --reason 'Pindah tugas'
is "$?:$(cat out)" '0:opd@uji.go.id: disabled, its sessions are over' 'ending an account'
is "$(sql 'select count(*) from data.session where ended_at is null')" 0 'ends its sessions'
refuses 'ending it again' 'opd@uji.go.id is disabled already' disable opd@uji.go.id
tolok account list
is "$(cat out)" 'EMAIL             ROLE      REGION       DIMENSION   STATE     CODES  SIGNED IN  NAME
kantor@uji.go.id  office    -            -           invited   no     -          kantor
kota@uji.go.id    operator  kota-kediri  -           invited   no     -          kota
opd@uji.go.id     owner     kota-kediri  governance  disabled  no     -          opd' 'the list'

# The trail: each act that was done, once, and none that was refused.
is "$(sql "select string_agg(act || ' ' || actor || ' ' || coalesce(after ->> 'email', after ->> 'reason'), ', ' order by id) from data.audit")" \
    'account_invite tolok kantor@uji.go.id, account_invite tolok kantor@uji.go.id, account_invite tolok kota@uji.go.id, account_invite tolok opd@uji.go.id, authenticator_reset tolok Ponsel hilang, account_disable tolok Pindah tugas' \
    'one row for each act'
for n in 1 2 3 4 5 6; do tolok account create "orang$n@uji.go.id" assessor; done
tolok audit verify
is "$?:$(sed 1q out):$(cat err)" '0:12 rows, all as they were written:' 'nobody changed it'
head=$(sed -n 's/^digest //p' out)
like "$head" '^[0-9a-f]{64}$' 'the digest of its head'
tolok account create orang8@uji.go.id assessor
tolok audit verify --head "$head"
is "$?" 0 'which stays in it'
tolok audit verify --head "$(printf %064d 0)"
like "$?:$(cat err)" '^1:tolok: audit verify: no row has the digest 0{64}$' 'another one is not'
for statement in "update data.audit set act = 'x'" 'delete from data.audit' 'truncate data.audit'; do
    like "$(sql "$statement" 2>&1)" 'the audit trail is only added to' "refused: $statement"
done

# Whoever has the whole database in their hands leaves a trace. Each change is made to the trail as it is, and taken back.
sql 'create table kept as select * from data.audit; create table kept_head as select * from data.audit_head' >/dev/null
tampered() {
    sql "set session_replication_role = replica; $2" >/dev/null
    tolok audit verify
    is "$?:$(cat err)" "1:tolok: audit verify: $3" "$1"
    sql 'set session_replication_role = replica; delete from data.audit; insert into data.audit select * from kept;
         delete from data.audit_head; insert into data.audit_head select * from kept_head' >/dev/null
}
changed='was changed, or does not stand in its place'
tampered 'one byte of an act' "update data.audit set act = 'account_invitE' where id = 4" "row 4 $changed"
tampered 'one byte of what it did' "update data.audit set after = jsonb_set(after, '{name}', '\"opD\"') where id = 4" "row 4 $changed"
tampered 'who did it' "update data.audit set actor = 'toloK' where id = 6" "row 6 $changed"
tampered 'a microsecond' "update data.audit set at = at + interval '1 microsecond' where id = 13" "row 13 $changed"
tampered 'nothing where there was something' "update data.audit set region = null where id = 3" "row 3 $changed"
tampered 'a digest' "update data.audit set digest = repeat('a', 64) where id = 5" "row 5 $changed"
tampered 'a digest made to fit' "update data.audit a set act = 'x' where id = 5; update data.audit a set digest = data.audit_digest(a) where id = 5" "row 6 $changed"
tampered 'one deleted row' 'delete from data.audit where id = 7' 'rows before row 8 are missing'
tampered 'the first row' 'delete from data.audit where id = 1' 'rows before row 2 are missing'
tampered 'the last row' 'delete from data.audit where id = 13' 'rows after row 12 are missing'
tampered 'all rows' 'delete from data.audit' 'rows after row 0 are missing'
tampered 'a deleted row and the others moved up' 'delete from data.audit where id = 7; update data.audit set id = -id where id > 7; update data.audit set id = -id - 1 where id < 0' "row 7 $changed"
tampered 'two rows in another order' 'update data.audit set id = 0 where id = 8; update data.audit set id = 8 where id = 9; update data.audit set id = 9 where id = 0' "row 8 $changed"
tampered 'a row put in' "update data.audit set id = -id where id > 7; update data.audit set id = -id + 1 where id < 0; insert into data.audit select 8, at, account, actor, source, request, 'x', subject, subject_id, region, before, after, previous, digest from data.audit where id = 7" "row 8 $changed"
tolok audit verify
is "$?" 0 'as it was'

# Accounts to look around with.
tolok account demo
is "$?:$(cat err)" 0: 'demo accounts'
is "$(awk 'NR > 1 {print $1 ":" $2}' out | tr '\n' ' ')" \
    'office:kantor@demo.example assessor:asesor@demo.example operator:kediri@demo.example owner:governance.kediri@demo.example operator:madiun@demo.example ' \
    'one of each role, and another city'
is "$(sed 1d out | grep -E -c ' ([0-9a-z]{4}-){3}[0-9a-z]{4}  [A-Z2-7]{32}$'):$(awk 'NR > 1 {print $3; print $4}' out | sort -u | wc -l)" 5:10 'each with a password and a secret of its own'
is "$(sql 'select count(*) from data.account where demo and state = '"'active'")" 5 'they are marked'
cp out before
secret=$(awk '$2 == "kediri@demo.example" {print $4}' out)
is "$(pg_dump -U postgres -d "$tap_database" --schema=data 2>/dev/null | grep -c -e "$secret")" 0 'the database can not read the secret'
tolok account code kediri@demo.example
like "$?:$(cat out)" '^0:[0-9]{6}$' 'a code of the moment'
refuses 'a code of anybody else' 'there is no demo account kota@uji.go.id' code kota@uji.go.id
tolok account demo
is "$(cat before out | awk '$3 ~ /-/ {print $3}' | sort -u | wc -l)" 10 'made again, all passwords are new'
sql "insert into data.session (account, digest, level, source, agent, expires_at) select id, repeat('c', 64), 'full', '', '', 'infinity' from data.account
     where email = 'kediri@demo.example'" >/dev/null
tolok account demo-end
is "$?:$(cat out err)" 0: 'ended'
is "$(sql "select string_agg(distinct state, ' ') from data.account where demo"):$(sql 'select count(*) from data.session where ended_at is null')" disabled:0 'with their sessions'
done_testing
