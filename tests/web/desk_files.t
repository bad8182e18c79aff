#!/usr/bin/env python3
"""The page of files in a browser: what is typed there is not lost, and files are sent while it
stays."""
import json
import os
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import desk

city = desk.person('operator', '--region', 'kota-kediri')
wins = [desk.begin(city, f'Berkas di peramban {n}') for n in range(2)]
here = os.path.dirname(os.path.abspath(__file__))
more = {
    'CITY': json.dumps({'cookies': city.cookies, 'fresh': city.sign_in().cookies, 'wins': wins})
}
done = subprocess.run([f'{here}/node', 'tests/web/desk_files.mjs'], env=os.environ | more)
raise SystemExit(done.returncode)
