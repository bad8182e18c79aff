#!/usr/bin/env python3
"""Several workers of the desk at once: one form sent eight times has one effect, one code opens one
session, the trail stays whole."""
import collections
import subprocess

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
    return (f"""select outcome from act.win_save({win}, {seen}, 'kunci-formulir-{key}',"""
            f""" '{{"title": "{title}"}}')""")


sql(f"""with a as (
          insert into data.account (email, name, role, region, state, password_setting,
                                    password_digest, otp_secret)
          values ('kota@uji.go.id', 'Kota', 'operator', '35.71', 'active', '{PASSWORD}',
                  repeat('a', 64), 'x')
          returning id)
        insert into data.session (account, digest, level, source, agent, expires_at)
        select a.id, data.digest_of(level || n), level, '', '', now() + interval '1 hour'
        from a, generate_series(1, 8) n, unnest(array['full', 'password']) level""")
for desk in desks:
    desk.ask('select')    # so that all are connected
full, half = ([f'{level}{n}' for n in range(1, 9)] for level in ('full', 'password'))

is_(desks[0].act('penyusup', saved('null', 'null', '0001', 'Satu')), 'signed_out',
    'a token that is none')
new = saved('null', 'null', '0001', 'Satu').replace('select outcome', 'select outcome || id')
outcomes = at_once([(token, new) for token in full])
win = sql('select id from data.win')
is_(counted(outcomes), {f'done{win}': 8}, 'eight senders of one form are told the same')
is_(sql('select count(*) from data.win'), '1', 'and there is one record')
outcomes = at_once([(token, saved(win, 1, f'1{token[-1] * 3}', f'Dari {token[-1]}'))
                    for token in full])
is_(counted(outcomes), {'conflict': 7, 'done': 1},
    'of eight forms made from the same state one is saved')
is_(sql('select title from data.win_version'), f'Dari {outcomes.index("done") + 1}',
    'the one that was told so')
is_(sql('select row_version from data.win'), '2', 'once')
code = 'select outcome from act.code_accept(7, md5(random()::text) || md5(random()::text))'
is_(counted(at_once([(token, code) for token in half])), {'done': 1, 'refused': 7},
    'one code opens one session')
is_(sql("select count(*) from data.session where level = 'full'"), '9', 'one more')

# An act that is cut off before its end has not happened.
cut = saved(win, 2, '2000', 'Hilang')
try:
    said = desks[0].act('full1', f'{cut}; select pg_terminate_backend(pg_backend_pid())')
except subprocess.CalledProcessError as error:
    said = error.stdout
is_((said.split('\n')[0], sql("select title ~ '^Dari' from data.win_version")), ('done', 't'),
    'a connection that ends before the commit has saved nothing')
is_(desks[1].act('full1', cut), 'done', 'sent again it is saved')
is_(desks[1].act('full1', cut), 'done', 'and once more told so')
is_(sql("""select title || row_version
           from data.win_version v join data.win w on w.id = v.win"""), 'Hilang3', 'one effect')
said = tolok('audit', 'verify')
is_((said.returncode, said.stderr), (0, ''), 'the trail is whole')
is_(sql("""select string_agg(act || '*' || n, ' ' order by act)
           from (select act, count(*) n from data.audit
                 where account is not null group by act) a"""),
    'sign_in*1 sign_in_refused*7 win_create*1 win_save*2', 'with one row for each act')
done()
