#!/usr/bin/python3
"""What is there to look around with stays on this machine: a public site has no demo account and no
simulated round, however it is started. And nobody forgets what people have written without naming
the site."""
import os
import shutil
import signal
import subprocess
import sys
import tempfile

tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path += [tests, os.path.join(tests, 'fault')]
from house import ALL, ROOT, Instance, control, site_name  # noqa: E402 (the path comes first)
from tap import done, is_, ok  # noqa: E402

LOCAL = (
    '',
    'http://localhost',
    'http://localhost:8080',
    'http://localhost:8080/',
    'http://127.0.0.1:1',
    'http://[::1]:8080',
)
PUBLIC = (
    'https://tolok.example',
    'http://localhost.evil',
    'http://localhost:8080.evil',
    'http://127.0.0.1.evil',
    'http://localhost@evil.example',
    'http://localhost:80@evil.example',
    'http://[::1].evil',
    'https://localhost',
    'http://127.0.0.10',
    'http://evil.example/http://localhost',
    'http://localhost\nhttps://tolok.example',
)
asked = 'for site; do if is_local "$site"; then echo local; else echo public; fi; done'
said = subprocess.run(
    ['bash', '-c', f'. "{ROOT}/etc/lib.sh"; {asked}', 'bash', *LOCAL, *PUBLIC],
    text=True,
    capture_output=True,
).stdout.split()
is_(
    said,
    ['local'] * len(LOCAL) + ['public'] * len(PUBLIC),
    'what is local is told by the whole address',
)

PROXIES = ('127.0.0.1', '10.1.0.0/16', '127.0.0.1,::1', '2001:db8::/32')
NONE = ('', '127.0.0.1 sini', '10.0.0.0/0', '256.1.1.1', '::/0', '*')
asked = 'for list; do if is_proxies "$list"; then echo yes; else echo no; fi; done'
said = subprocess.run(
    ['bash', '-c', f'. "{ROOT}/etc/lib.sh"; {asked}', 'bash', *PROXIES, *NONE[1:]],
    text=True,
    capture_output=True,
).stdout.split()
is_(
    said,
    ['yes'] * len(PROXIES) + ['no'] * len(NONE[1:]),
    'a proxy is an address or a network that is not everybody',
)

# A first start: the folders of rounds that would be loaded.
tree = tempfile.mkdtemp()
for folder in ('etc', 'sql/data', 'sql/sample'):
    os.makedirs(f'{tree}/{folder}')
for name in ('first-data', 'lib.sh'):
    shutil.copy(f'{ROOT}/etc/{name}', f'{tree}/etc')
with open(f'{tree}/sql/load-rounds', 'w', encoding='utf-8') as file:
    file.write('#!/bin/sh\nbasename "$1"\n')
os.chmod(f'{tree}/sql/load-rounds', 0o755)
for site, folders in ((LOCAL[2], ['data', 'sample']), (PUBLIC[0], ['data']), (PUBLIC[1], ['data'])):
    loaded = subprocess.run(
        [f'{tree}/etc/first-data'], env=os.environ | {'SITE': site}, text=True, capture_output=True
    )
    is_(
        loaded.stdout.split(),
        folders,
        f'a first start with SITE={site} loads {" and ".join(folders)}',
    )
shutil.rmtree(tree)

# An instance that has simulated rounds and was looked around in becomes public.
public = {'SITE': 'https://tolok.example', 'PROXY': '127.0.0.1', 'CONTACT': 'kantor@tolok.example'}
here = Instance('public', begin=False)


def tolok(*words):
    """The operator's command: its status, and what it says."""
    program = os.path.join(ROOT, os.environ.get('BUILD', 'build'), 'tolok')
    process = subprocess.run(
        [program, *words],
        env={'VAR': here.var, 'PATH': os.environ['PATH']},
        text=True,
        capture_output=True,
    )
    return process.returncode, process.stdout + process.stderr


def refused(command, **more):
    """What a command says that ends with a failure; None when it does not."""
    try:
        control(command, here.var, here.port, **more)
    except RuntimeError as error:
        if not here.moved(error):
            return str(error)
        return refused(command, **more)
    return None


def real():
    """All that real rounds consist of."""
    return here.sql(
        """select md5(string_agg(r::text, '' order by publication, criterion, region))
        from data.result r join data.publication p on p.id = r.publication
        join data.intake i on i.id = p.intake where not i.simulated
        union all
        select string_agg(p::text, ' ' order by p.id) from data.publication p
        join data.intake i on i.id = p.intake where not i.simulated"""
    )


def demo():
    return here.sql("select count(*) from data.account where demo and state = 'active'")


for proxy in NONE if ALL else NONE[:1]:
    said = refused('start', SITE=public['SITE'], PROXY=proxy)
    ok(
        said and 'PROXY=' in said and not here.processes(),
        f'a public start that names no proxy before it is refused: "{proxy}"',
        said,
    )
said = refused('start', **public | {'CONTACT': ''})
ok(
    said and 'CONTACT=' in said and not here.processes(),
    'a public start that tells nobody whom to write to is refused',
    said,
)
said = refused('start', **public)
ok(
    said and 'tolok simulated remove' in said,
    'a public start with simulated rounds is refused with the command that helps',
    said,
)
ok(not here.processes(), 'and nothing is left running')
here.start()
before = real()
is_(here.fetch('/peringkat/simulasi', past=True).status, 200, 'a simulated round has pages')
status, said = tolok('simulated', 'remove')
is_(
    (status, said.split('\n')[0]),
    (0, 'simulasi: removed, with its publications (1)'),
    'the command takes them away',
)
is_(here.fetch('/peringkat/simulasi', past=True).status, 404, 'and their pages')
is_(here.sql('select count(*) from data.intake i where i.simulated'), '0', 'and their rows')
is_(
    here.sql(
        """select count(*) from data.method m
    where not exists (select from data.intake i where i.method = m.id)"""
    ),
    '0',
    'and methods that nothing has',
)
is_(real(), before, 'the real rounds are what they were')
is_(here.fetch('/peringkat/2024', past=True).status, 200, 'and have their pages')
is_(
    here.sql(
        """select count(*) from data.audit a where a.act = 'simulated_remove'
    and length(a.before ->> 'digest') = 64 and length(a.before ->> 'previous') = 64"""
    ),
    '3',
    'the trail keeps their digests, by which the chain of publications can be followed',
)
is_(tolok('audit', 'verify')[0], 0, 'which is whole')
said = subprocess.run(
    [
        'psql',
        '-X',
        '-h',
        here.run,
        '-U',
        'postgres',
        '-d',
        'tolok',
        '-c',
        'delete from data.publication',
    ],
    text=True,
    capture_output=True,
).stderr
ok('immutable' in said, 'publications are immutable as before', said)
is_(
    tolok('simulated', 'remove'),
    (0, 'tolok: simulated remove: no simulated rounds\n'),
    'a second time there is nothing',
)

# `make run` in front: demo accounts of before are ended, and none are printed.
here.sql(
    """select from act.demo_make('coba@demo.example', 'Coba', 'office', null, null,
    '$argon2id$v=19$m=47104,t=2,p=1$' || repeat('A', 22), repeat('7', 64), null)"""
)
is_(demo(), '1', 'there is a demo account')
control('stop', here.var, here.port)
environment = {
    k: v for k, v in os.environ.items() if not k.startswith(('PG', 'TOLOK_', 'LISTEN', 'WATCH'))
}
environment |= public | {'VAR': here.var, 'PORT': str(here.port), 'LISTEN': '127.0.0.1'}
front = subprocess.Popen(
    [f'{ROOT}/etc/instance', 'run'],
    env=environment,
    text=True,
    stdin=subprocess.DEVNULL,
    stdout=subprocess.PIPE,
)
said = front.stdout.readline()
ok(said.startswith('Tolok Kota: http://localhost'), 'a public site runs in front', said)
is_(demo(), '0', 'without a demo account')

# Who has an account has written something.
status, said = tolok('account', 'create', 'kantor@uji.example', 'office')
is_(status, 0, 'somebody is invited')
front.send_signal(signal.SIGTERM)
ok('Demo' not in front.communicate()[0], 'and said nothing of any')
is_(site_name(here.var), 'tolok.example', 'the site has a name')
for sure in ('', 'yes', 'tolok') if ALL else ('tolok',):
    said = refused('reset', SURE=sure)
    ok(
        said and 'SURE=tolok.example' in said and os.path.exists(f'{here.var}/pg'),
        f'SURE={sure} forgets nothing',
        said,
    )
said = refused('reset', SURE='127.0.0.1')
ok(
    said and 'SURE=tolok.example' in said and os.path.exists(f'{here.var}/pg'),
    'nor the name of another site',
    said,
)
control('reset', here.var, here.port)
ok(not os.path.exists(here.var), 'its own name does')
done()
