#!/usr/bin/env python3
"""make reload and make roll under load: another version takes over without a failed answer, and one
that does not work is refused before visitors meet it."""
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

folder = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(os.path.dirname(folder), 'fault'))
from house import ALL, ROOT, Instance, read, wait_for  # noqa: E402 (the path comes first)
from tap import done, is_, none, ok  # noqa: E402
from under import refused  # noqa: E402
from visit import Visitors  # noqa: E402

# A tree of our own to change, with what is built already.
tree = tempfile.mkdtemp(prefix='tolok-reload-')
build = os.environ.get('BUILD', 'build')
os.makedirs(f'{tree}/{build}')
for name in (
    'Makefile',
    'cgi-bin',
    'etc',
    'public',
    'sql',
    'templates',
    *(
        f'{build}/{made}'
        for made in ('web', 'desk', 'tolok', 'words', 'libtolok.a', 'obj', 'templates')
    ),
):
    subprocess.run(['cp', '-a', f'{ROOT}/{name}', f'{tree}/{os.path.dirname(name)}'], check=True)
here = Instance('reload')


def make(command, **more):
    """What `make COMMAND` does in our tree: its status, and what it says."""
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(('PG', 'TOLOK_', 'LISTEN', 'WATCH'))
    }
    process = subprocess.run(
        [f'{tree}/etc/instance', command],
        text=True,
        env=environment | {'VAR': here.var, 'BUILD': build} | more,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return process.returncode, process.stdout


class Changed:
    """A file of our tree with other text, for a while; or with some where there was none."""

    def __init__(self, name, change):
        self.name, self.change, self.text = f'{tree}/{name}', change, ''

    def __enter__(self):
        self.there = os.path.exists(self.name)
        if self.there:
            self.text = read(self.name)
        with open(self.name, 'w', encoding='utf-8') as file:
            file.write(self.change(self.text))

    def __exit__(self, *_):
        if not self.there:
            os.remove(self.name)
            return
        with open(self.name, 'w', encoding='utf-8') as file:
            file.write(self.text)


def table(text):
    """The file of a change to the tables."""
    return Changed(
        'sql/change/2099-01-01-zz.sql',
        lambda _: f'set local role tolok_owner;\n{text};\nreset role;\n',
    )


def title():
    """The heading of a page, from the program."""
    return re.search(r'<h1>(.*?)</h1>', here.fetch('/tentang', past=True).body.decode())[1]


def versions():
    return sorted(os.listdir(f'{here.var}/versions'))


addresses = here.addresses()
none(here.warm(addresses), f'{len(addresses)} pages answer')


def unnoticed(command):
    """Runs it while visitors ask, public and past the cache."""
    with Visitors(here.port, addresses, rate=30 if ALL else 4) as public, Visitors(
        here.watch, addresses, rate=15 if ALL else 2
    ) as past:
        time.sleep(0.2)
        began = time.monotonic()
        status, said = make(command)
        took = time.monotonic() - began
        time.sleep(0.2)
    ok(status == 0, f'{command}: done', said)
    none(
        public.failed + refused(past, took),
        f'{command}: none of {len(public.answers) + len(past.answers)} requests fails',
    )
    return said


try:
    workers, nginx = here.workers(), here.nginx_workers()
    with Changed('templates/about.html', lambda text: text.replace('<h1>', '<h1>Baru: ')), Changed(
        'public/tolok.css', lambda text: text + '/* new */\n'
    ):
        unnoticed('reload')
    ok(title().startswith('Baru: '), 'the new version answers')
    ok(b'/* new */' in here.fetch('/tolok.css').body, 'with its files')
    is_(
        (set(workers) & set(here.workers()), len(here.workers())),
        (set(), len(workers)),
        'all workers are new, as many as before',
    )
    ok(
        wait_for(lambda: not set(nginx) & set(here.nginx_workers()), 10) is not None,
        'the old processes of nginx are gone',
    )
    is_(
        len(versions()),
        2,
        'the version of before is kept, in case that somebody still asks for its files',
    )

    def as_it_was():
        """What a refused version leaves: workers, versions, pages, tables and code."""
        return (
            here.workers(),
            versions(),
            title(),
            here.sql(
                """select
            (select string_agg(name, ' ' order by name) from data.change),
            (select string_agg(oid::regclass::text, ' ' order by oid) from pg_class
             where relnamespace = 'data'::regnamespace and relkind = 'r'),
            (select shobj_description(oid, 'pg_database') from pg_database
             where datname = 'tolok')"""
            ),
            os.path.exists(f'{here.var}/pg.try'),
        )

    before = as_it_was()
    for what, name, change, expected in [
        (
            'a template that does not load',
            'templates/about.html',
            lambda text: text + '{{#open}}',
            r'templates/about\.html:\d+: ',
        ),
        (
            'a configuration that nginx does not take',
            'etc/nginx/page.conf',
            lambda text: text + 'nonsense;',
            'unknown directive "nonsense;?"',
        ),
        (
            'SQL that does not load',
            'sql/page/about.sql',
            lambda text: text + 'select nonsense;',
            'does not load.*nonsense',
        ),
        (
            'SQL that fails',
            'sql/page/about.sql',
            lambda text: text + 'drop function page.about(text);',
            '/(readyz|tentang): Status: 50',
        ),
    ][0 if ALL else 3 :]:
        # What it changes in the tables, too, was never there.
        with table('create table data.zz (id integer)'), Changed(name, change), Visitors(
            here.port, addresses, rate=10 if ALL else 3
        ) as public, Visitors(here.watch, addresses, rate=5 if ALL else 2) as past:
            began = time.monotonic()
            status, said = make('reload')
            took = time.monotonic() - began
        is_(status, 1, f'{what}: refused')
        ok(re.search(expected, said, re.S), f'{what}: with the reason', said)
        is_(as_it_was(), before, f'{what}: all is as it was')
        none(public.failed + refused(past, took), f'{what}: visitors notice nothing')

    if ALL:
        # The old workers go on until the new ones are there.
        with contextlib.ExitStack() as stack:
            stack.enter_context(table('alter table data.receipt rename to receipts'))
            for name in re.findall(
                r'\S+',
                subprocess.run(
                    [
                        'grep',
                        '-rlw',
                        'data.receipt',
                        'sql/act',
                        'sql/pub',
                        'sql/page',
                        'sql/policy',
                    ],
                    cwd=tree,
                    text=True,
                    capture_output=True,
                ).stdout,
            ):
                stack.enter_context(
                    Changed(name, lambda text: re.sub(r'\bdata\.receipt\b', 'data.receipts', text))
                )
            status, said = make('reload')
        is_(
            (status, 'can not go on with the new tables' in said),
            (1, True),
            'tables that the old version does not fit: refused',
        )
        is_(as_it_was(), before, 'and all is as it was')

    # tests/fault/roll.t has the short form.
    if ALL:
        unnoticed('roll')
        is_(set(before[0]) & set(here.workers()), set(), 'roll: all workers are new')
        here.make('db-stop')
        status, said = make('reload')
        is_((status, 'PostgreSQL does not answer' in said), (1, True), 'without database: refused')
    here.make('stop')
    is_((make('reload')[0], make('roll')[0]), (1, 1), 'nothing is reloaded where nothing runs')

    if ALL:
        # A start with a version that does not work starts the one of before.
        kept = versions()
        with table('create table data.zz (id integer)'), Changed(
            'sql/page/about.sql', lambda text: text + 'select nonsense;'
        ):
            status, said = make('start', **here.more, LISTEN='127.0.0.1', PORT=str(here.port))
        ok(
            status == 1 and 'the version of before starts' in said and 'reset' not in said,
            'a start with a version that does not work fails, and says what runs',
            said,
        )
        here.run = os.path.realpath(f'{here.var}/run')
        is_(
            (title(), versions(), here.sql("select to_regclass('data.zz') is null")),
            (before[2], kept, 't'),
            'it is the version of before, with the tables of before',
        )
finally:
    shutil.rmtree(tree)
done()
