#!/usr/bin/env python3
"""A thousand texts that would like to be scripts, in a real browser: on the pages of the desk and
on the public ones nothing runs, and the browser has nothing to report, not even that it stopped
something."""
import json
import os
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import desk
from scripts import TEXTS, pack

ALL = os.environ.get('TOLOK_ALL', '') not in ('', '0')
office, city = desk.seated('office'), desk.seated('operator', '35.71')
lines, proses = pack(TEXTS, 500), pack(TEXTS, 7900)
pages = {'city': ['/meja'], 'office': [], 'nobody': ['/quickwin', '/kota/kota-kediri']}


def fill(turn):
    """A quick win that is returned, published and changed once more, with other texts in each of
    its fields at every turn."""
    line = lambda n: lines[(turn * len(desk.lines) + n) % len(lines)]
    prose = lambda n: proses[(turn * len(desk.proses) + n) % len(proses)]
    fields = (
        desk.words
        | {name: line(n) for n, name in enumerate(desk.lines)}
        | {name: prose(n) for n, name in enumerate(desk.proses)}
    )
    win = desk.begin(city, line(0))
    for number in range(2):
        assert desk.save(city, win, **fields).status == 303 and desk.submit(city, win).status == 303
        assert (
            desk.decide(
                office,
                win,
                *(('terbitkan',) if number else ('kembalikan',)),
                **({'note': prose(1)} if number else {'reason': prose(2)}),
            ).status
            == 303
        )
    desk.save(city, win, **fields | {'title': line(1), 'summary': prose(3)})
    pages['city'] += [
        f'/meja/quickwin/{win}',
        f'/meja/quickwin/{win}/ubah',
        f'/meja/quickwin/{win}/periksa',
        f'/meja/quickwin/{win}/versi/3',
    ]
    pages['office'] += [f'/meja/jejak?quickwin={win}', f'/meja/quickwin/{win}']
    pages['nobody'] += [f'/quickwin/{10000 + win}']


# Two turns of the long fields have all of the thousand texts; twenty have them in the short ones
# too.
for turn in range(20 if ALL else 2):
    fill(turn)
tokens = {'city': city.cookies, 'office': office.cookies, 'nobody': {}}
sys.stdout.flush()
here = os.path.dirname(os.path.abspath(__file__))
raise SystemExit(
    subprocess.run(
        [f'{here}/node', 'tests/web/desk_scripts.mjs'],
        env=os.environ | {'PAGES': json.dumps(pages), 'COOKIES': json.dumps(tokens)},
    ).returncode
)
