#!/usr/bin/env python3
"""make reload and make roll under load: another version takes over without a failed answer, and one that does not work is
refused before visitors meet it."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

folder = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(os.path.dirname(folder), 'fault'))
from house import ALL, ROOT, Instance, wait_for  # noqa: E402 (the path comes first)
from tap import done, is_, none, ok  # noqa: E402
from under import refused  # noqa: E402
from visit import Visitors  # noqa: E402

# A tree of our own to change, with what is built already.
tree = tempfile.mkdtemp(prefix='tolok-reload-')
build = os.environ.get('BUILD', 'build')
os.makedirs(f'{tree}/{build}')
for name in ('Makefile', 'cgi-bin', 'etc', 'public', 'sql', 'templates',
             *(f'{build}/{made}' for made in ('web', 'desk', 'tolok', 'words', 'libtolok.a', 'obj', 'templates'))):
    subprocess.run(['cp', '-a', f'{ROOT}/{name}', f'{tree}/{os.path.dirname(name)}'], check=True)
here = Instance('reload')


def make(command):
    """What `make COMMAND` does in our tree: its status, and what it says."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(('PG', 'TOLOK_', 'LISTEN', 'WATCH'))}
    process = subprocess.run([f'{tree}/etc/instance', command], env=environment | {'VAR': here.var, 'BUILD': build}, text=True,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return process.returncode, process.stdout


class Changed:
    """A file of our tree with other text, for a while."""

    def __init__(self, name, change):
        self.name, self.change = f'{tree}/{name}', change

    def __enter__(self):
        with open(self.name, encoding='utf-8') as file:
            self.text = file.read()
        with open(self.name, 'w', encoding='utf-8') as file:
            file.write(self.change(self.text))

    def __exit__(self, *_):
        with open(self.name, 'w', encoding='utf-8') as file:
            file.write(self.text)


def title():
    """The heading of a page, from the program."""
    return re.search(r'<h1>(.*?)</h1>', here.fetch('/tentang', past=True).body.decode())[1]


def versions():
    return sorted(os.listdir(f'{here.var}/versions'))


addresses = here.addresses()
none(here.warm(addresses), f'{len(addresses)} pages answer')


def unnoticed(command):
    """Runs it while visitors ask, public and past the cache."""
    with Visitors(here.port, addresses, rate=30) as public, Visitors(here.watch, addresses, rate=15) as past:
        time.sleep(0.2)
        began = time.monotonic()
        status, said = make(command)
        took = time.monotonic() - began
        time.sleep(0.2)
    ok(status == 0, f'{command}: done', said)
    none(public.failed + refused(past, took), f'{command}: none of {len(public.answers) + len(past.answers)} requests fails')
    return said


try:
    workers, nginx = here.workers(), here.nginx_workers()
    with Changed('templates/about.html', lambda text: text.replace('<h1>', '<h1>Baru: ')), \
            Changed('public/tolok.css', lambda text: text + '/* new */\n'):
        unnoticed('reload')
    ok(title().startswith('Baru: '), 'the new version answers')
    ok(b'/* new */' in here.fetch('/tolok.css').body, 'with its files')
    is_((set(workers) & set(here.workers()), len(here.workers())), (set(), len(workers)), 'all workers are new, as many as before')
    ok(wait_for(lambda: not set(nginx) & set(here.nginx_workers()), 10) is not None, 'the old processes of nginx are gone')
    is_(len(versions()), 2, 'the version of before is kept, in case that somebody still asks for its files')

    before = (here.workers(), versions(), title())
    for what, name, change, expected in [
            ('a template that does not load', 'templates/about.html', lambda text: text + '{{#open}}', r'templates/about\.html:\d+: '),
            ('a configuration that nginx does not take', 'etc/nginx/page.conf', lambda text: text + 'nonsense;', 'unknown directive "nonsense;?"'),
            ('SQL that does not load', 'sql/page/about.sql', lambda text: text + 'select nonsense;', 'does not load.*nonsense'),
            ('SQL that fails', 'sql/page/about.sql', lambda text: text + 'drop function page.about(text);', '/(readyz|tentang): Status: 50')][0 if ALL else 3:]:
        with Changed(name, change), Visitors(here.port, addresses, rate=10) as public, Visitors(here.watch, addresses, rate=5) as past:
            began = time.monotonic()
            status, said = make('reload')
            took = time.monotonic() - began
        is_(status, 1, f'{what}: refused')
        ok(re.search(expected, said, re.S), f'{what}: with the reason', said)
        is_((here.workers(), versions(), title()), before, f'{what}: the old version goes on')
        # Until it is known to fail, it is there.
        if what != 'SQL that fails':
            none(public.failed + refused(past, took), f'{what}: visitors notice nothing')

    # tests/fault/roll.t has the short form.
    if ALL:
        unnoticed('roll')
        is_(set(before[0]) & set(here.workers()), set(), 'roll: all workers are new')
    here.make('db-stop')
    status, said = make('reload')
    is_((status, 'PostgreSQL does not answer' in said), (1, True), 'without database: refused')
    here.make('stop')
    is_((make('reload')[0], make('roll')[0]), (1, 1), 'nothing is reloaded where nothing runs')
finally:
    shutil.rmtree(tree)
done()
