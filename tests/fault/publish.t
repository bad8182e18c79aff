#!/usr/bin/env python3
"""Publishing while everybody pulls at it. Fifty forms that confirm the same publication at once:
it is published once, and readers see the old figures or the new, never both. The service of jobs,
a worker of the desk and the database die at random moments of publications: each has happened or
it has not, goes on by itself and happens once; what stands at the end can be verified."""
import contextlib
import http.client
import itertools
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import threading
import time

from house import ALL, ROOT, breakable, wait_for, words_of
from tap import done, is_, none, ok

here = breakable('publish')
os.environ |= {
    'BASE': here.base,
    'PGHOST': here.run,
    'TOLOK': os.path.join(ROOT, os.environ.get('BUILD', 'build'), 'tolok'),
}
sys.path += [os.path.join(ROOT, 'tests'), os.path.join(ROOT, 'tests', 'http')]
import uploader as desk  # noqa: E402 (it reads the environment)
from edition import code, package, regions, table  # noqa: E402

FORMS = 50
KILLS = 100 if ALL else 4
SEED = int(os.environ.get('TOLOK_SEED', '0')) or secrets.randbelow(10**6)
chance = random.Random(SEED)
first, second = desk.Person('office'), desk.Person('office')


def form_of(who, page, action):
    """The hidden fields of a form, once the desk answers."""
    found = []

    def there():
        try:
            text = who.get(page).text
        except (OSError, http.client.HTTPException):
            return False
        found[:] = re.findall(rf'<form[^>]* action="{re.escape(action)}".*?</form>', text, re.S)
        return bool(found)

    assert wait_for(there, 60, 0.05), f'{page} has no form {action}'
    return dict(re.findall(r'name="(form|key|request)" value="([^"]*)"', found[0]))


def send(who, page, action, **fields):
    return who.post(action, form_of(who, page, action) | fields)


def latest():
    """State, kind and preview of the newest job, when the database answers."""
    try:
        rows = here.sql(
            "select state || ' ' || kind || ' ' || coalesce(preview, 0) from data.job"
            " order by id desc limit 1"
        )
    except (OSError, subprocess.SubprocessError):
        return ['none', 'none', '0']
    return rows.split()


def ended(kind):
    seen = []

    def is_over():
        seen[:] = latest()
        return seen[1] == kind and seen[0] not in ('queued', 'running')

    wait_for(is_over, 120, 0.05)
    return seen


def all_of(value):
    """A package in which every region has that mark everywhere."""
    marks = [(region, leaf, value, 'value') for region in regions for leaf in 'ab']
    return package(**{'marks.csv': table(('region', 'criterion', 'value', 'status'), *marks)})


def wanted(content):
    """A package, brought, previewed and opened by both, who publish it but for the second one's
    word; the address of its preview."""
    first.post(
        '/meja/terbitan/unggah',
        form_of(first, '/meja/terbitan', '/meja/terbitan/unggah'),
        [('package', 'nilai.zip', content)],
    )
    ended('import')
    send(first, f'/meja/terbitan/{code}', f'/meja/terbitan/{code}/hitung')
    path = f'/meja/terbitan/pratinjau/{ended("preview")[2]}'
    for who in (first, second):
        send(who, path, f'{path}/buka')
    here.sql("update data.session set proved_at = now(), expires_at = now() + interval '1 hour'")
    correction = here.sql(f"select count(*) from data.publication where round = '{code}'") != '0'
    send(first, path, f'{path}/ajukan', reason='Salah salin.' if correction else '')
    return path


def published():
    wait_for(lambda: latest()[0] != 'none', 60)
    return int(here.sql(f"select count(*) from data.publication where round = '{code}'"))


def confirm(path):
    """Says yes by the form of the second person, whether or not an answer comes back."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        second.post(f'{path}/setujui', form_of(second, path, f'{path}/setujui'))


confirm(wanted(all_of('1.37')))
is_(ended('publish')[0], 'done', 'a round is published')

# Fifty at once.
slug = here.sql(f"select slug from data.region where code = '{regions[0]}'")
pages = [f'/peringkat/{code}', f'/kota/{slug}?putaran={code}', f'/kota/{slug}/{code}']
seen, faults = set(), []
reading = threading.Event()


def read(path):
    """Notes which figures stand on the page: each of the old edition is 1.37, of the new 2.61."""
    for past in itertools.cycle((True, False)):
        if reading.is_set():
            return
        answer = here.fetch(path, past=past)
        text = answer.body.decode() if answer.status == 200 else ''
        shown = tuple(figure for figure in ('1,37', '2,61') if figure in text)
        seen.add(shown)
        if len(shown) != 1:
            faults.append(f'{path}: {answer.status} {answer.fault} {shown}')


path = wanted(all_of('2.61'))
form = form_of(second, path, f'{path}/setujui')
forms = [form | {'key': f'kunci-{secrets.token_hex(8)}'} for _ in range(FORMS)]
statuses = []
readers = [threading.Thread(target=read, args=(page,)) for page in pages]
crowd = [
    threading.Thread(
        target=lambda sent: statuses.append(second.post(f'{path}/setujui', sent).status),
        args=(sent,),
    )
    for sent in forms
]
for thread in readers + crowd:
    thread.start()
for thread in crowd:
    thread.join()
state = ended('publish')[0]
both = wait_for(lambda: {('1,37',), ('2,61',)} <= seen, 30)
reading.set()
for thread in readers:
    thread.join()
is_((state, published()), ('done', 2), f'{FORMS} forms at once publish once')
none(sorted({s for s in statuses if s not in (303, 409, 503)}), 'the others hear that it is done')
is_(statuses.count(303), 1, 'one of them has done it')
ok(both is not None, 'readers have seen both editions', str(seen))
none(faults[:5], 'each page was of one of them')


# Kills.
def victims(what):
    if what == 'service':
        return [pid for pid in here.processes('tolok') if 'serve' in words_of(pid)]
    if what == 'worker':
        return chance.sample(here.processes('desk'), 1)
    if what == 'backend':
        return [p for p in here.processes('postgres') if 'tolok_job' in words_of(p)]
    return [here.postmaster()]


wrong = []
for turn in range(KILLS):
    path = wanted(package(str(turn % 4)))
    before = published()
    what = ('service', 'backend', 'worker', 'database')[turn % 4]
    pause = chance.uniform(0, 0.8)
    sender = threading.Thread(target=lambda: confirm(path))
    killer = threading.Timer(pause, lambda: here.signal(signal.SIGKILL, *victims(what)))
    killer.start()
    try:
        sender.start()
    finally:
        killer.join()
        sender.join()
    if wait_for(lambda: latest()[0] != 'none', 60) is None:
        wrong.append(f'{turn}: the database does not come back')
        break
    if latest()[1] != 'publish':  # the worker died with the form
        confirm(path)
    state, after = ended('publish')[0], published()
    if (state, after - before) != ('done', 1):
        wrong.append(f'{turn}: {what} after {pause:.3f} s: {state}, {after - before} more')
none(wrong, f'{KILLS} kills: each publication has happened once (seed {SEED})')
said = subprocess.run(
    [os.environ['TOLOK'], 'publication', 'verify'],
    env={**os.environ, 'TOLOK_DB': f"host='{here.run}' dbname=tolok user=tolok_admin"},
    capture_output=True,
    text=True,
)
ok(said.returncode == 0, 'and all publications hold', said.stdout + said.stderr)
done()
