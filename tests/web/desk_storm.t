#!/usr/bin/env python3
"""Three tabs of two people write into one form while their net and their sessions come and go: no
text is missing that a page had called saved, and none is lost without a question. The events of a
seed are always the same (SEED=7: those of another one)."""
import json
import os
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import desk

seeds = [int(os.environ['SEED'])] if os.environ.get('SEED') else (1,)
city = desk.person('operator', '--region', 'kota-kediri')
owner = desk.person('owner', '--region', 'kota-kediri', '--dimension', 'environment')
# Two sessions each: who signs in again has another one.
cookies = [[dict(who.cookies), dict(who.sign_in().cookies)] for who in (city, owner)]
wins = {seed: desk.begin(city, f'Badai {seed}') for seed in seeds}
more = {'WINS': json.dumps(wins), 'COOKIES': json.dumps(cookies)}
here = os.path.dirname(os.path.abspath(__file__))
done = subprocess.run([f'{here}/node', 'tests/web/desk_storm.mjs'], env=os.environ | more)
raise SystemExit(done.returncode)
