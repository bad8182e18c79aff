#!/usr/bin/python3
"""An instance that has run since before the desk takes the new version by `make reload`, with its
role, its tables, its service and its pages, as it would by a start. In the long form: the short one
has the same upgrade in upgrade.t."""
import os
import subprocess
import sys

tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path += [tests, os.path.join(tests, 'fault')]
from house import (  # noqa: E402 (the path comes first)
    ALL,
    ROOT,
    Instance,
    as_user,
    control,
    skip,
    wait_for,
)
from tap import done, is_, ok  # noqa: E402

if not ALL:
    skip('in the long form')
here = Instance('before')


def psql(database, *words, **more):
    return subprocess.run(
        [
            'psql',
            '-X',
            '-q',
            '-v',
            'ON_ERROR_STOP=1',
            '-h',
            here.run,
            '-U',
            'postgres',
            '-d',
            database,
            *words,
        ],
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
        **more,
    )


# Nothing of the desk: no service, no role that may connect, a database of that time.
for name in ('desk', 'door', 'upload', 'job', 'mail'):
    service = f'{here.var}/service/{name}'
    subprocess.run(['s6-svc', '-d', service], check=True)
    assert wait_for(lambda name=name: not here.is_up(name), 30) is not None, f'{name} stays up'
    subprocess.run(['rm', '-rf', service], check=True)
subprocess.run(['s6-svscanctl', '-an', f'{here.var}/service'], check=True)
psql(
    'postgres',
    '-c',
    'drop database tolok with (force)',
    '-c',
    'drop role tolok_desk',
    '-c',
    'drop role tolok_job',
    '-c',
    'create database tolok',
    '-c',
    'grant create on database tolok to tolok_owner',
)
with subprocess.Popen(
    ['xz', '-dc', f'{ROOT}/tests/setup/landings/01-c2d2db6.sql.xz'], stdout=subprocess.PIPE
) as dump:
    psql('tolok', '-1', stdin=dump.stdout)
for name in ('pg_hba', 'pg_ident'):
    subprocess.run(
        as_user(
            here.user,
            'sed',
            '-i',
            's/tolok_desk,//; s/,tolok_job//; /tolok_desk/d; /tolok_job/d',
            f'{here.var}/pg/{name}.conf',
        ),
        check=True,
    )
psql('postgres', '-c', 'select pg_reload_conf()')
ok(here.fetch('/masuk').status != 200, 'there is no desk')

said = control('reload', here.var, here.port)
ok('The new version runs' in said, 'it is reloaded', said)
is_(here.fetch('/masuk').status, 200, 'the desk answers')
is_(here.fetch('/peringkat/2024', past=True).status, 200, 'the public pages too')
is_(here.sql('select count(*) from data.account'), '0', 'nobody has an account yet')
ok(
    here.is_up('desk') and not here.is_up('mail'),
    'the service of the desk is up, that of mails as it is set',
)
control('stop', here.var, here.port)
here.start()
is_(here.fetch('/masuk').status, 200, 'and so it is after a start')
done()
