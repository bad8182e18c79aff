#!/usr/bin/env python3
"""Two cities that invite the same new address at once: one has the account."""
import threading

from package import Workplace
from tap import done, is_

here = Workplace()
cities = {'35.71': here.another(), '35.77': here.another()}


def token(name):
    return name.ljust(43, '.')


for region in cities:
    here.sql(
        f"""
        with a as (insert into data.account (email, name, role, region, state, password_setting,
                                             password_digest)
                   values ('{region}@uji.go.id', 'Operator', 'operator', '{region}', 'active',
                           '$argon2id$v=19$m=47104,t=2,p=1$' || repeat('s', 22), repeat('a', 64))
                   returning id)
        insert into data.session (account, digest, level, source, agent, expires_at)
        select id, data.digest_of('{token(region)}'), 'full', '', '', now() + interval '1 hour'
        from a"""
    )


def invite(region):
    return cities[region].keep(
        f"""
        select act.enter('{token(region)}', '', '', '') \\g /dev/null
        select (act.invite(jsonb_build_object('email', 'baru@uji.go.id', 'name', 'Baru', 'role',
                                              'owner', 'region', '{region}', 'dim_living',
                                              'yes'),
                           '{token('link ' + region)}')).outcome"""
    )


for session in cities.values():
    session.keep('begin')
said = {'35.71': invite('35.71')}
second = threading.Thread(target=lambda: said.update({'35.77': invite('35.77')}))
second.start()
waits = """select count(*) from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'"""
while here.sql(waits) == '0' and second.is_alive():
    second.join(0.02)
cities['35.71'].keep('commit')
second.join(30)
cities['35.77'].keep('commit')
is_(said, {'35.71': 'done', '35.77': 'state'}, 'the second one hears that there is one')
is_(
    here.sql("select region from data.account where email = 'baru@uji.go.id'"),
    '35.71',
    'which stays the first one\'s',
)
is_(
    here.sql(f"select count(*) from act.invitation_find('{token('link 35.71')}')"),
    '1',
    'with its link',
)
done()
