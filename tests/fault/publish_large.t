#!/usr/bin/env python3
"""A round of the size of the country, previewed and published by two people of the office while
others work at the desk: something moves every three seconds, work that is cancelled stops within
two, and nobody who has signed in waits. The long form (make test-all): 514 regions x 100 leaves
under seven roots with 1,000 draws, and a hundred people."""
import os
import random
import re
import sys
import threading
import time

from house import ALL, ROOT, allowed, breakable, skip, wait_for
from tap import done, none, ok

if not ALL and 'REGIONS' not in os.environ:
    skip('it takes minutes: make test-all, or REGIONS=60')
here = breakable('large')
os.environ |= {
    'BASE': here.base,
    'PGHOST': here.run,
    'TOLOK': os.path.join(ROOT, os.environ.get('BUILD', 'build'), 'tolok'),
}
sys.path += [os.path.join(ROOT, 'tests'), os.path.join(ROOT, 'tests', 'http')]
import uploader as desk  # noqa: E402 (it reads the environment)
from edition import code, method, package, table  # noqa: E402

REGIONS = int(os.environ.get('REGIONS', '514'))
LEAVES, DRAWS, PEOPLE = 100, 1000, 100
# Seconds that a quiet machine has for it, with the second that passes until somebody looks.
PREVIEW, PUBLISH = 12, 5
chance = random.Random(5)


def large():
    """Six dimensions and an index over ten components; three marks in a hundred are none."""
    codes = [f'r{n:03}' for n in range(REGIONS)]
    rows = [('index', '', '', 'mean', '0.01', 'index', 'I', 'I')]
    rows += [(f'n{n}', 'index', '10', 'mean', '', 'component', 'N', 'N') for n in range(10)]
    rows += [(f'd{n}', '', '', 'mean', '0.01', 'dimension', 'D', 'D') for n in range(6)]
    for leaf in range(LEAVES):
        rows += [
            (f'l{leaf}', parent, '1', 'leaf', '', 'indicator', 'L', 'L')
            for parent in (f'n{leaf % 10}', f'd{leaf % 6}')
        ]
    marks = [
        (
            (region, f'l{leaf}', '', chance.choice(('no_data', 'not_applicable')))
            if chance.random() < 0.03
            else (region, f'l{leaf}', str(chance.randrange(9) / 2), 'value')
        )
        for region in codes
        for leaf in range(LEAVES)
    ]
    heads = 'criterion parent weight aggregate round_step kind name_id name_en'.split()
    method['draws'] = str(DRAWS)
    return package(
        **{
            'criteria.csv': table(heads, *rows),
            'regions.csv': table(
                ('region', 'name', 'group'),
                *((region, f'R {region}', f'g{n % 3}') for n, region in enumerate(codes)),
            ),
            'marks.csv': table(('region', 'criterion', 'value', 'status'), *marks),
        }
    )


def send(who, page, action, **fields):
    text = who.get(page).text
    form = re.search(rf'<form[^>]* action="{re.escape(action)}".*?</form>', text, re.S)
    hidden = dict(re.findall(r'name="(form|key|request)" value="([^"]*)"', form[0]))
    return who.post(action, hidden | fields)


def latest(column):
    return here.sql(f'select {column} from data.job order by id desc limit 1')


def over():
    return latest('ended_at is not null') == 't'


def work(kind, seconds):
    """Waits until the job ends, and says how long it took and stood still."""
    still = 0.0
    while not over():
        still = max(still, float(latest('extract(epoch from clock_timestamp() - moved_at)') or 0))
        time.sleep(0.2)
    took = float(latest('extract(epoch from ended_at - asked_at)'))
    ok(latest('state') == 'done', f'{kind}: done', latest("concat_ws(' ', state, word, detail)"))
    ok(took < allowed(seconds), f'{kind}: {took:.1f} s of {seconds}')
    ok(still < allowed(3), f'something moves: at most {still:.1f} s without')


first, second = desk.Person('office'), desk.Person('office')
crowd = [desk.Person('operator', '35.71') for _ in range(PEOPLE)]
times, faults = [], []
ending = threading.Event()


def sit(who, number):
    """Somebody at the desk, who opens a page every four seconds."""
    ending.wait(4 * number / PEOPLE)
    while not ending.is_set():
        began = time.monotonic()
        status = who.get('/meja').status
        times.append(time.monotonic() - began)
        if status != 200:
            faults.append(status)
        ending.wait(4)


page = first.get('/meja/terbitan')
first.post(
    '/meja/terbitan/unggah',
    {'form': page.field('form'), 'key': page.field('key'), 'new_regions': 'yes'},
    [('package', 'besar.zip', large())],
)
ok(wait_for(over, 120) is not None and latest('state') == 'done', 'the package is taken in')
home = f'/meja/terbitan/{code}'

send(first, home, f'{home}/hitung')
job = latest('id')
wait_for(lambda: latest('state') == 'running' and latest('stage') == 'draws', 60)
send(first, f'/meja/terbitan/pekerjaan/{job}', f'/meja/terbitan/pekerjaan/{job}/batal')
stopped = wait_for(over, 30)
ok(stopped is not None and stopped < allowed(2), f'cancelled in {stopped or 99:.2f} s')

people = [threading.Thread(target=sit, args=(who, n)) for n, who in enumerate(crowd)]
for thread in people:
    thread.start()
send(first, home, f'{home}/hitung')
work('preview', PREVIEW)
path = f'/meja/terbitan/pratinjau/{latest("preview")}'
for who in (first, second):
    send(who, path, f'{path}/buka')
here.sql('update data.session set proved_at = now()')
send(first, path, f'{path}/ajukan')
send(second, path, f'{path}/setujui')
work('publish', PUBLISH)
wait_for(lambda: len(times) >= 2 * PEOPLE, 60)
ending.set()
for thread in people:
    thread.join()
p95 = sorted(times)[int(0.95 * len(times))]
none(faults[:5], f'{PEOPLE} people get their {len(times)} pages meanwhile')
ok(p95 < allowed(0.5), f'95 of 100 within {1000 * p95:.0f} ms')
ok(first.get(f'/peringkat/{code}').status == 200, 'and anybody reads it')
done()
