#!/usr/bin/env python3
"""Texts that would like to be scripts, in a real browser: on the pages of the desk and on the public ones nothing runs, and the browser has
nothing to report, not even that it stopped something."""
import json
import os
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import desk
from scripts import SCRIPTS, WAYS_OUT, pack

office, city = desk.person('office'), desk.person('operator', '--region', 'kota-kediri')
# Each script and each way out, once.
texts = [WAYS_OUT[n % len(WAYS_OUT)] + script for n, script in enumerate(SCRIPTS)]
lines, prose = pack(texts, 500), pack(texts, 7900)[0]
win = desk.begin(city, lines[0])
fields = desk.words | {name: lines[n % len(lines)] for n, name in enumerate(desk.lines)} | dict.fromkeys(desk.proses, prose)
for number in range(2):
    assert desk.save(city, win, **fields).status == 303 and desk.submit(city, win).status == 303
    assert desk.decide(office, win, *(('terbitkan',) if number else ('kembalikan',)), **({'note': prose} if number else {'reason': prose})).status == 303
desk.save(city, win, **fields | {'title': lines[1], 'summary': prose + ' lagi'})
pages = {'city': [f'/meja/quickwin/{win}', f'/meja/quickwin/{win}/ubah', f'/meja/quickwin/{win}/periksa', f'/meja/quickwin/{win}/versi/3', '/meja'],
         'office': [f'/meja/jejak?quickwin={win}', f'/meja/quickwin/{win}'], 'nobody': [f'/quickwin/{10000 + win}', '/quickwin', '/kota/kota-kediri']}
tokens = {'city': city.cookies, 'office': office.cookies, 'nobody': {}}
sys.stdout.flush()
here = os.path.dirname(os.path.abspath(__file__))
raise SystemExit(subprocess.run([f'{here}/node', 'tests/web/desk_scripts.mjs'], env=os.environ | {'PAGES': json.dumps(pages), 'COOKIES': json.dumps(tokens)}).returncode)
