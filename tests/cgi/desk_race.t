#!/usr/bin/env python3
"""Several workers of the desk at once: one form sent eight times has one effect, one code opens one
session, the trail stays whole."""
import collections
import subprocess
import time

from package import Workplace, psql, tolok
from tap import done, is_

here = Workplace()
sql = here.sql
PASSWORD = '$argon2id$v=19$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg'


class Desk(psql.Session):
    """A connection of the program's, by hand: each act is a transaction of its own."""

    def __init__(self):
        super().__init__(here.database, 'tolok_desk')

    def begin(self, token, act):
        """Sends it; answer() waits for what comes."""
        if self.psql is None:
            self.start()
        enter = f"act.enter('{token}', 'request', '198.51.100.7', 'uji')"
        self.send(f'begin; select count(*) from {enter} \\g /dev/null\n{act}; commit')

    def act(self, token, act):
        self.begin(token, act)
        return self.answer().rstrip('\n')


desks = [Desk() for _ in range(8)]


def at_once(acts):
    """The outcomes of these, (token, act), which are sent together."""
    for desk, asked in zip(desks, acts):
        desk.begin(*asked)
    return [desk.answer().rstrip('\n') for desk in desks]


def counted(outcomes):
    return dict(collections.Counter(outcomes))


def saved(win, seen, key, title):
    """The act that saves a title; win and seen are none for a new one."""
    return (
        f"""select outcome from act.win_save({win}, {seen}, 'kunci-formulir-{key}',"""
        f""" '{{"title": "{title}"}}')"""
    )


sql(
    f"""with a as (
          insert into data.account (email, name, role, region, state, password_setting,
                                    password_digest, otp_secret)
          values ('kota@uji.go.id', 'Kota', 'operator', '35.71', 'active', '{PASSWORD}',
                  repeat('a', 64), 'x')
          returning id)
        insert into data.session (account, digest, level, source, agent, expires_at)
        select a.id, data.digest_of(level || n), level, '', '', now() + interval '1 hour'
        from a, generate_series(1, 8) n, unnest(array['full', 'password']) level"""
)
for desk in desks:
    desk.ask('select')  # so that all are connected
full, half = ([f'{level}{n}' for n in range(1, 9)] for level in ('full', 'password'))

is_(
    desks[0].act('penyusup', saved('null', 'null', '0001', 'Satu')),
    'signed_out',
    'a token that is none',
)
new = saved('null', 'null', '0001', 'Satu').replace('select outcome', 'select outcome || id')
outcomes = at_once([(token, new) for token in full])
win = sql('select id from data.win')
is_(counted(outcomes), {f'done{win}': 8}, 'eight senders of one form are told the same')
is_(sql('select count(*) from data.win'), '1', 'and there is one record')
outcomes = at_once(
    [(token, saved(win, 1, f'1{token[-1] * 3}', f'Dari {token[-1]}')) for token in full]
)
is_(
    counted(outcomes),
    {'conflict': 7, 'done': 1},
    'of eight forms made from the same state one is saved',
)
is_(
    sql('select title from data.win_version'),
    f'Dari {outcomes.index("done") + 1}',
    'the one that was told so',
)
is_(sql('select row_version from data.win'), '2', 'once')
code = 'select outcome from act.code_accept(7, md5(random()::text) || md5(random()::text))'
is_(
    counted(at_once([(token, code) for token in half])),
    {'done': 1, 'refused': 7},
    'one code opens one session',
)
is_(sql("select count(*) from data.session where level = 'full'"), '9', 'one more')

# An act that is cut off before its end has not happened.
cut = saved(win, 2, '2000', 'Hilang')
try:
    said = desks[0].act('full1', f'{cut}; select pg_terminate_backend(pg_backend_pid())')
except subprocess.CalledProcessError as error:
    said = error.stdout
is_(
    (said.split('\n')[0], sql("select title ~ '^Dari' from data.win_version")),
    ('done', 't'),
    'a connection that ends before the commit has saved nothing',
)
is_(desks[1].act('full1', cut), 'done', 'sent again it is saved')
is_(desks[1].act('full1', cut), 'done', 'and once more told so')
is_(
    sql(
        """select title || row_version
           from data.win_version v join data.win w on w.id = v.win"""
    ),
    'Hilang3',
    'one effect',
)
said = tolok('audit', 'verify')
is_((said.returncode, said.stderr), (0, ''), 'the trail is whole')
is_(
    sql(
        """select string_agg(act || '*' || n, ' ' order by act)
           from (select act, count(*) n from data.audit
                 where account is not null group by act) a"""
    ),
    'sign_in*1 sign_in_refused*1 win_create*1 win_save*2',
    'with one row for each act',
)

# Whoever comes in at the moment at which an account ends, or is another one, does not come in.
sql(
    f"""with a as (
          insert into data.account (email, name, role, state, password_setting, password_digest)
          values ('kantor@uji.go.id', 'Kantor', 'office', 'active', '{PASSWORD}', repeat('a', 64))
          returning id)
        insert into data.session (account, digest, level, source, agent, expires_at)
        select a.id, data.digest_of('office'), 'full', '', '', now() + interval '1 hour'
        from a"""
)


def person(number):
    """Somebody who has given their password, 'half', and has a session beside it, 'whole'."""
    return sql(
        f"""with a as (
          insert into data.account (email, name, role, region, state, password_setting,
                                    password_digest, otp_secret)
          values ('orang{number}@uji.go.id', 'Orang', 'operator', '35.71', 'active', '{PASSWORD}',
                  encode(sha256(decode(repeat('ab', 32), 'hex')), 'hex'), 'x')
          returning id),
        r as (
          insert into data.recovery_code (account, digest)
          select a.id, data.digest_of('cadangan') from a)
        insert into data.session (account, digest, level, source, agent, expires_at)
        select a.id, data.digest_of(level || {number}), case level when 'half' then 'password'
               else 'full' end, '', '', now() + interval '1 hour'
        from a, unnest(array['half', 'whole']) level
        returning account"""
    ).split('\n')[0]


def waits(desk):
    """Whether the act that a desk has sent waits for somebody."""
    return (
        sql(
            f"select bool_or(wait_event_type = 'Lock') from pg_stat_activity where pid = {desk.pid}"
        )
        == 't'
    )


def beside(number, account, token, act, enters):
    """Outcomes of an act and of the second step that is done before it is committed; and how many
    sessions the account has then."""
    first, second = desks[:2]
    enter = f"act.enter('{token}', 'request', '198.51.100.7', 'uji')"
    said = first.keep(f'begin; select count(*) from {enter} \\g /dev/null\n{act}')
    second.pid = second.ask('select pg_backend_pid()').strip()
    second.begin(f'half{number}', enters)
    end = time.monotonic() + 20
    while not waits(second) and time.monotonic() < end:
        time.sleep(0.02)
    first.keep('commit')
    return (
        said,
        second.answer().rstrip('\n'),
        sql(
            f"select count(*) from data.session where account = {account} and level = 'full'"
            " and ended_at is null"
        ),
    )


acts = {
    'disable': "select outcome from act.disable({id}, 'x')",
    'account_change': (
        'select outcome from act.account_change({id},'
        ' jsonb_build_object($$role$$, $$operator$$, $$region$$, $$35.77$$))'
    ),
    'sessions_end': 'select outcome from act.sessions_end()',
}
steps = {
    'code': code,
    'recovery': "select outcome from act.recovery_accept('cadangan', repeat('t', 43))",
}
number = 100
for name, act in acts.items():
    for step, enters in steps.items():
        number += 1
        account = person(number)
        own = name == 'sessions_end'
        said = beside(
            number, account, f'whole{number}' if own else 'office', act.format(id=account), enters
        )
        is_(said, ('done', 'signed_out', '1' if own else '0'), f'{name} beside a {step}')
# Nor does the old password at the moment at which it is changed.
number, key = number + 1, 'ab' * 32
account = person(number)
first, second = sql(
    f"""insert into data.login_attempt (who, source)
                        select data.digest_of('orang{number}@uji.go.id'), ''
                        from generate_series(1, 2) returning id"""
).split('\n')
said = beside(
    number,
    account,
    f'whole{number}',
    f"""select outcome from act.password_change({first}, '{key}', '{PASSWORD}',
                                                          '{'cd' * 32}')""",
    f"""select outcome from act.sign_in({second}, 'orang{number}@uji.go.id', '{key}',
                                                  repeat('n', 43))""",
)
is_(said, ('done', 'refused', '1'), 'the old password beside the act that changes it')
done()
