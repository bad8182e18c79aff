#!/usr/bin/env python3
"""The operator's command: accounts and the audit trail."""
import re

from package import Workplace, tolok
from tap import done, is_, ok

here = Workplace()
sql = here.sql
LINK = re.compile(r'/undangan/([A-Za-z0-9_-]{43})')
PASSWORD = '$argon2id$v=19$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg'


def like(text, pattern, name):
    ok(re.search(pattern, text), name, text)


def account(*words):
    return tolok('account', *words)


def verify(*words):
    return tolok('audit', 'verify', *words)


def first(said):
    """How it ended, and its first line."""
    return said.returncode, said.stdout.split('\n')[0]


def holds(text):
    """How many rows of the data have that text in them, wherever."""
    parts = sql(
        f"""
        select string_agg(format('select count(*) from data.%I t where strpos(t::text, %L) > 0',
                                 tablename, '{text}'), ' union all ')
        from pg_tables where schemaname = 'data'"""
    )
    return int(sql(f'select sum(count) from ({parts}) x'))


def session(email, digest):
    """A session of that account."""
    sql(
        f"""insert into data.session (account, digest, level, source, agent, expires_at)
            select id, repeat('{digest}', 64), 'full', '', '', 'infinity'
            from data.account where email = '{email}'"""
    )


# The trail of the instance so far: the rounds that it came with. Here it begins anew.
status, line = first(verify())
is_(
    (status, line.lstrip('0123456789')),
    (0, ' rows, all as they were written'),
    'the trail of an instance',
)
is_(
    sql(
        """select count(*) filter (where act = 'import') = count(*) filter (where act = 'publish')
             and count(*) > 0 from data.audit"""
    ),
    't',
    'has each round twice',
)
sql(
    """set session_replication_role = replica;
       delete from data.audit;
       update data.audit_head set id = 0, digest = repeat('0', 64)"""
)

said = account('list')
is_(
    (said.returncode, said.stdout, said.stderr),
    (
        0,
        '',
        'tolok: account list: no accounts yet; begin with `tolok account create EMAIL office`\n',
    ),
    'no account is there from the start',
)
is_(first(verify()), (0, '0 rows, all as they were written'), 'nor a row in the trail')

said = account('create', 'Kantor@Uji.go.id', 'office', '--name', 'Kantor Program')
is_(
    (*first(said), said.stderr),
    (0, 'kantor@uji.go.id: invited as office, Kantor Program', ''),
    'the first office account',
)
link = LINK.fullmatch(said.stdout.split('\n')[1])
ok(link, 'and its link', said.stdout)
is_(
    sql(
        f"""select count(*) from data.invitation
            where digest = encode(sha256('{link[1]}'), 'hex') and closed_at is null
              and expires_at between now() + interval '167 hours' and now() + interval '7 days'"""
    ),
    '1',
    'the database has its digest, for seven days',
)
is_((holds(link[1]), holds('Kantor Program') > 0), (0, True), 'and nowhere the token')
said = account('create', 'kantor@uji.go.id', 'office')
is_(
    (said.returncode, LINK.fullmatch(said.stdout.split('\n')[1]) is None),
    (0, False),
    'a new link as long as it was not used',
)
is_(
    sql('select count(*) from data.invitation where closed_at is null'),
    '1',
    'the one before it is closed',
)
is_(
    first(account('create', 'kota@uji.go.id', 'operator', '--region', 'kota-kediri')),
    (0, 'kota@uji.go.id: invited as operator, kota'),
    'a city by its slug',
)
is_(
    account(
        'create', 'opd@uji.go.id', 'owner', '--region=35.71', '--dimension=governance'
    ).returncode,
    0,
    'an owner by the code of the city',
)


def refuses(name, expected, *words):
    rows = sql('select count(*) from data.account')
    said = account(*words)
    is_(
        (said.returncode, said.stdout, said.stderr, sql('select count(*) from data.account')),
        (1, '', f'tolok: account {words[0]}: {expected}\n', rows),
        name,
    )


region = 'not an account: region is none that is known, or such an account has none'
dimension = 'not an account: dimension is none that is known, or such an account has none'
refuses('no address', 'not an account: email is no mail address', 'create', 'kantor', 'office')
refuses(
    'an address with a line end',
    'not an account: email is no mail address',
    'create',
    'a@b.id\nc@d.id',
    'office',
)
refuses(
    'no role',
    'not an account: role is none of office, assessor, operator and owner',
    'create',
    'a@b.id',
    'mayor',
)
refuses('a city that is none', region, 'create', 'a@b.id', 'operator', '--region', 'kota-hilang')
refuses('an operator without a city', region, 'create', 'a@b.id', 'operator')
refuses('an office with one', region, 'create', 'a@b.id', 'office', '--region', 'kota-kediri')
refuses(
    'an owner without a dimension',
    dimension,
    'create',
    'a@b.id',
    'owner',
    '--region',
    'kota-kediri',
)
refuses(
    'a dimension that is none',
    dimension,
    'create',
    'a@b.id',
    'owner',
    '--region',
    'kota-kediri',
    '--dimension',
    'none',
)
for name, text in (
    ('with a line end', 'a\nb'),
    ('of 81 signs', 'a' * 81),
    *((f'with {sign}', f'a{sign}b') for sign in '/:{}<>@'),
):
    refuses(
        f'a name {name}',
        (
            'not an account: name is empty, longer than 80 characters or holds a '
            'control character or one of /:{}<>@'
        ),
        'create',
        'a@b.id',
        'office',
        '--name',
        text,
    )
refuses('ending nobody', 'there is no account nobody@uji.go.id', 'disable', 'nobody@uji.go.id')

sql(
    f"""update data.account
        set state = 'active', password_setting = '{PASSWORD}', password_digest = repeat('a', 64)
        where email = 'opd@uji.go.id'"""
)
refuses(
    'an account that is used',
    'opd@uji.go.id has an account already',
    'create',
    'opd@uji.go.id',
    'office',
)
refuses(
    'forgetting an authenticator that is not there',
    'opd@uji.go.id has no authenticator',
    'forget',
    'opd@uji.go.id',
)
sql("update data.account set otp_secret = 's' where email = 'opd@uji.go.id'")
said = account('forget', 'OPD@uji.go.id', '--reason', 'Ponsel hilang')
is_(
    (
        said.returncode,
        said.stdout,
        sql(
            """select otp_secret is null and password_digest is not null
            from data.account where email = 'opd@uji.go.id'"""
        ),
    ),
    (0, 'opd@uji.go.id: has no authenticator any more, its sessions are over\n', 't'),
    'one that was lost is forgotten',
)
session('opd@uji.go.id', 'b')
said = account('disable', 'opd@uji.go.id', '--reason', 'Pindah tugas')
is_(
    (said.returncode, said.stdout),
    (0, 'opd@uji.go.id: disabled, its sessions are over\n'),
    'ending an account',
)
is_(sql('select count(*) from data.session where ended_at is null'), '0', 'ends its sessions')
refuses('ending it again', 'opd@uji.go.id is disabled already', 'disable', 'opd@uji.go.id')
is_(
    account('list').stdout,
    '''\
EMAIL             ROLE      REGION       DIMENSION   STATE     CODES  SIGNED IN  NAME
kantor@uji.go.id  office    -            -           invited   no     -          kantor
kota@uji.go.id    operator  kota-kediri  -           invited   no     -          kota
opd@uji.go.id     owner     kota-kediri  governance  disabled  no     -          opd
''',
    'the list',
)

# The trail: each act that was done, once, and none that was refused.
is_(
    sql(
        """select act || ' ' || actor || ' ' || coalesce(after ->> 'email', after ->> 'reason')
           from data.audit order by id"""
    ).split('\n'),
    [
        'account_invite tolok kantor@uji.go.id',
        'account_invite tolok kantor@uji.go.id',
        'account_invite tolok kota@uji.go.id',
        'account_invite tolok opd@uji.go.id',
        'authenticator_reset tolok Ponsel hilang',
        'account_disable tolok Pindah tugas',
    ],
    'one row for each act',
)
for number in range(1, 7):
    account('create', f'orang{number}@uji.go.id', 'assessor')
said = verify()
is_((*first(said), said.stderr), (0, '12 rows, all as they were written', ''), 'nobody changed it')
head = re.search('^digest ([0-9a-f]{64})$', said.stdout, re.M)
ok(head, 'the digest of its head', said.stdout)
account('create', 'orang8@uji.go.id', 'assessor')
is_(verify('--head', head[1]).returncode, 0, 'which stays in it')
said = verify('--head', '0' * 64)
is_(
    (said.returncode, said.stderr),
    (1, f'tolok: audit verify: no row has the digest {"0" * 64}\n'),
    'another one is not',
)
for statement in (
    "update data.audit set act = 'x'",
    'delete from data.audit',
    'truncate data.audit',
):
    like(here.refusal(statement), 'the audit trail is only added to', f'refused: {statement}')

# Whoever has the whole database in their hands leaves a trace. Each change is made to the trail as
# it is, and taken back; the kind of a row follows from its act.
sql(
    """create table kept as select * from data.audit;
       alter table kept drop column kind;
       create table kept_head as select * from data.audit_head"""
)
columns = sql(
    """select string_agg(attname, ', ' order by attnum) from pg_attribute
       where attrelid = 'kept'::regclass and attnum > 0 and not attisdropped"""
)


def tampered(name, change, expected):
    sql(f'set session_replication_role = replica; {change}')
    said = verify()
    is_((said.returncode, said.stderr), (1, f'tolok: audit verify: {expected}\n'), name)
    sql(
        f"""set session_replication_role = replica;
           delete from data.audit;
           insert into data.audit ({columns}) select {columns} from kept;
           delete from data.audit_head;
           insert into data.audit_head select * from kept_head"""
    )


changed = 'was changed, or does not stand in its place'
tampered(
    'another act', "update data.audit set act = 'account_change' where id = 4", f'row 4 {changed}'
)
tampered(
    'one byte of what it did',
    """update data.audit set after = jsonb_set(after, '{name}', '"opD"') where id = 4""",
    f'row 4 {changed}',
)
tampered('who did it', "update data.audit set actor = 'toloK' where id = 6", f'row 6 {changed}')
tampered(
    'a microsecond',
    "update data.audit set at = at + interval '1 microsecond' where id = 13",
    f'row 13 {changed}',
)
tampered(
    'nothing where there was something',
    'update data.audit set region = null where id = 3',
    f'row 3 {changed}',
)
tampered(
    'a digest', "update data.audit set digest = repeat('a', 64) where id = 5", f'row 5 {changed}'
)
tampered(
    'a digest made to fit',
    """update data.audit a set act = 'x' where id = 5;
            update data.audit a set digest = data.audit_digest(a) where id = 5""",
    f'row 6 {changed}',
)
tampered('one deleted row', 'delete from data.audit where id = 7', 'rows before row 8 are missing')
tampered('the first row', 'delete from data.audit where id = 1', 'rows before row 2 are missing')
tampered('the last row', 'delete from data.audit where id = 13', 'rows after row 12 are missing')
tampered('all rows', 'delete from data.audit', 'rows after row 0 are missing')
tampered(
    'a deleted row and the others moved up',
    """delete from data.audit where id = 7;
            update data.audit set id = -id where id > 7;
            update data.audit set id = -id - 1 where id < 0""",
    f'row 7 {changed}',
)
tampered(
    'two rows in another order',
    """update data.audit set id = 0 where id = 8;
            update data.audit set id = 8 where id = 9;
            update data.audit set id = 9 where id = 0""",
    f'row 8 {changed}',
)
tampered(
    'a row put in',
    """update data.audit set id = -id where id > 7;
            update data.audit set id = -id + 1 where id < 0;
            insert into data.audit
            select 8, at, account, actor, source, request, 'x', subject, subject_id, region, before,
                   after, previous, digest
            from data.audit where id = 7""",
    f'row 8 {changed}',
)
is_(verify().returncode, 0, 'as it was')

# Accounts to look around with.
said = account('demo')
rows = [row.split() for row in said.stdout.splitlines()[1:]]
is_((said.returncode, said.stderr), (0, ''), 'demo accounts')
is_(
    [row[:2] for row in rows],
    [
        ['office', 'kantor@demo.example'],
        ['office', 'kantor2@demo.example'],
        ['assessor', 'asesor@demo.example'],
        ['operator', 'kediri@demo.example'],
        ['owner', 'governance.kediri@demo.example'],
        ['operator', 'madiun@demo.example'],
    ],
    'one of each role, and another city',
)
secret = re.compile(' ([0-9a-z]{4}-){3}[0-9a-z]{4}  [A-Z2-7]{32}$')
is_(
    (
        sum(bool(secret.search(row)) for row in said.stdout.splitlines()),
        len({word for row in rows for word in row[2:4]}),
    ),
    (6, 12),
    'each with a password and a secret of its own',
)
is_(
    sql("select count(*) from data.account where demo and state = 'active'"), '6', 'they are marked'
)
own = next(row[3] for row in rows if row[1] == 'kediri@demo.example')
is_(
    (holds(own), holds('kediri@demo.example') > 0),
    (0, True),
    'the database can not read the secret',
)
said = account('code', 'kediri@demo.example')
ok(
    said.returncode == 0 and re.fullmatch('[0-9]{6}\n', said.stdout),
    'a code of the moment',
    said.stdout + said.stderr,
)
refuses(
    'a code of anybody else', 'there is no demo account kota@uji.go.id', 'code', 'kota@uji.go.id'
)
again = [row.split() for row in account('demo').stdout.splitlines()[1:]]
is_(len({row[2] for row in rows + again}), 2 * len(rows), 'made again, all passwords are new')
session('kediri@demo.example', 'c')
said = account('demo-end')
is_((said.returncode, said.stdout, said.stderr), (0, '', ''), 'ended')
is_(
    (
        sql("select distinct state from data.account where demo"),
        sql('select count(*) from data.session where ended_at is null'),
    ),
    ('disabled', '0'),
    'with their sessions',
)
done()
