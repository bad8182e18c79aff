#!/usr/bin/env python3
"""Rounds run here, walked: random people do random things in each step, and each answer of the
database is that of a model which was written from the rules alone (tests/rounds). At the end what
the database holds is what the model holds. It is the same walk each time; TOLOK_ALL=1 takes
another one each time, of 10,000 acts and more, and says which rights of the table were
reached less often than 20 times. TOLOK_SEED repeats a walk."""
import os
import random
import sys

from package import GOOD, Workplace, line, psql, put, succeeds
from tap import done, none

sys.path.append(f'{os.environ["ROOT"]}/tests/rounds')
import held  # noqa: E402 (the path comes first)
from story import PACKAGE, Story, people  # noqa: E402
from table import OFTEN  # noqa: E402
from walk import Walk  # noqa: E402

ALL = os.environ.get('TOLOK_ALL', '') not in ('', '0')
SEED = int(os.environ.get('TOLOK_SEED', '0')) or (random.randrange(1, 10**6) if ALL else 101)
print(f'# TOLOK_SEED={SEED}')

here = Workplace()
files = {name: content for name, content in GOOD.items() if name != 'official.csv'} | PACKAGE
line(files, 'round.json', 2, b'/1', b'/2')
line(files, 'round.json', 9, b'uji-1', b'jalan-1')
line(files, 'round.json', 14, b'drop', b'worst')
put('jalan', files)
succeeds('the method of the walk', 'import', 'jalan')

session = psql.Session(here.database)
session.keep(f'\\i {os.environ["ROOT"]}/tests/sql/desk.psql')
walk = Walk(session, random.Random(SEED))
people(walk)
seen = []
for number in range(10 if ALL else 2):
    story = Story(walk, number, 140 if ALL else 8)
    story.run()
    seen += story.seen
none(walk.differences, f'{walk.acts} acts were answered as the model has it (TOLOK_SEED={SEED})')
none(seen, 'each role sees in each step what the table says')
none(
    [text for there in walk.world.rounds.values() for text in held.differences(walk, there)],
    'the database holds what the model holds',
)
walk.end()
for text in walk.table.lines():
    print(f'# {text}')
if ALL:
    for text in walk.table.below():
        print(f'# less than {OFTEN} times: {text}')
done()
