#!/usr/bin/env python3
"""make db-upgrade: the data of an instance in a cluster of another PostgreSQL, every row of it.
Where two versions are installed it goes from the older one to the newer one, and else from one
cluster to another of the same version."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

folder = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(os.path.dirname(folder), 'fault'))
import house  # noqa: E402 (the path comes first)
from house import ROOT, Instance, control, read  # noqa: E402
from tap import done, is_, ok  # noqa: E402

known = re.search(r"^pg_known='(.*)'", read(f'{ROOT}/etc/lib.sh'), re.M)[1].split()
versions = [v for v in known if os.path.exists(f'/usr/lib/postgresql/{v}/bin/initdb')]
newest, oldest = versions[0], versions[-1]


def older(var):
    """A stopped instance in that folder, made by a tree that knows the oldest version alone."""
    tree = tempfile.mkdtemp(prefix='tolok-upgrade-')
    try:
        # What is built comes along; make takes no folder elsewhere that has a blank in its name.
        build = os.environ.get('BUILD', 'build')
        made = [
            f'{build}/{name}'
            for name in ('web', 'desk', 'tolok', 'words', 'libtolok.a', 'obj', 'templates')
        ]
        os.makedirs(f'{tree}/{build}')
        for name in ('Makefile', 'cgi-bin', 'etc', 'public', 'sql', 'templates', *made):
            subprocess.run(
                ['cp', '-a', f'{ROOT}/{name}', f'{tree}/{os.path.dirname(name)}'], check=True
            )
        text = read(f'{tree}/etc/lib.sh')
        with open(f'{tree}/etc/lib.sh', 'w') as file:
            file.write(text.replace(f"pg_known='{' '.join(known)}'", f"pg_known='{oldest}'"))
        os.chmod(tree, 0o755)
        environment = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(('PG', 'TOLOK_', 'LISTEN', 'WATCH'))
        }
        environment |= {'VAR': var, 'PORT': str(house.free_port()), 'BUILD': build}
        shutil.rmtree(f'{var}/pg')
        for command in ('start', 'stop'):
            subprocess.run(
                [f'{tree}/etc/instance', command],
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
    finally:
        shutil.rmtree(tree)


# From a version to itself, which is what there is of one version alone, is for the long form.
if newest == oldest and not house.ALL:
    house.skip('one version of PostgreSQL: in the long form')
if newest == oldest:
    here = Instance('upgrade')
else:
    original = house.copy
    house.copy = lambda name, prepare=None: [var := original(name, prepare), older(var)][0]
    here = Instance('upgrade')
is_(read(f'{here.var}/pg/PG_VERSION').strip(), oldest, f'a database of PostgreSQL {oldest}')

# What only a database that was in use has: an account, and an audit trail.
program = os.path.join(ROOT, os.environ.get('BUILD', 'build'), 'tolok')
plain = {'VAR': here.var, 'PATH': os.environ['PATH']}
subprocess.run(
    [program, 'account', 'create', 'naik@uji.example', 'office'],
    env=plain,
    check=True,
    capture_output=True,
)


def contents():
    """The publications, the accounts, the trail, and who may do what."""
    return [
        here.sql(text)
        for text in (
            "select string_agg(digest, ' ' order by id) from data.publication",
            'select * from data.account order by id',
            'select * from data.audit order by id',
            (
                "select rolname, rolsuper, rolcanlogin, rolbypassrls, rolconfig from pg_roles where"
                " rolname !~ '^pg_' order by 1"
            ),
            (
                "select nspname, nspacl from pg_namespace where nspname in ('data', 'pub', 'page',"
                " 'act') order by 1"
            ),
            'select count(*) from data.mark',
            'select name from data.change order by name',
        )
    ]


def refused(command, **more):
    """What it says when it fails."""
    try:
        return f'not refused: {control(command, here.var, here.port, **more)}'
    except RuntimeError as fault:
        return str(fault)


before, page = contents(), here.fetch('/peringkat/2024', past=True).body
ok('make stop' in refused('db-upgrade'), 'while it runs it is refused')
here.make('stop')

# A version that is not installed.
version = f'{here.var}/pg/PG_VERSION'
with open(version, 'w') as file:
    file.write('14\n')
said = refused('start')
ok(
    f'PostgreSQL 14, and here is {newest}: "make db-upgrade" takes it there' in said,
    'a start says what to do',
    said,
)
said = refused('db-upgrade')
ok('postgresql-14' in said, 'and the upgrade which package it needs', said)
said = refused('reset', SURE='')
ok('nothing is forgotten' in said, 'and nobody knows whether it may be forgotten', said)
with open(version, 'w') as file:
    file.write(f'{oldest}\n')

if newest == oldest:
    ok(f'of PostgreSQL {newest} already' in here.make('db-upgrade'), 'there is nothing to do')
made = os.stat(f'{here.var}/pg').st_ino
said = control('db-upgrade', here.var, here.port, AGAIN='1')
ok(f'is of PostgreSQL {newest}, with every row' in said, 'the upgrade', said)
is_(read(version).strip(), newest, f'a database of PostgreSQL {newest}')
is_(os.stat(f'{here.var}/pg.{oldest}').st_ino, made, 'the old one is kept')
if newest == oldest:
    ok('move it away' in refused('db-upgrade', AGAIN='1'), 'and not overwritten by another upgrade')

# Whoever stopped it between its last two steps finds it completed.
os.rename(f'{here.var}/pg', f'{here.var}/pg.ready')
here.start()
is_(contents(), before, 'accounts, trail, publications, roles and rights are the same')
is_(here.fetch('/peringkat/2024', past=True).body, page, 'and so are the pages')
checked = subprocess.run([program, 'audit', 'verify'], env=plain, capture_output=True, text=True)
is_(checked.returncode, 0, 'nobody changed the trail')
done()
