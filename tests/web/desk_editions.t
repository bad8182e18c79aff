#!/usr/bin/env python3
"""Two people of the office in a browser, one with script and one without: a package becomes a
publication, and a correction of it."""
import json
import os
import subprocess
import sys
import tempfile

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import desk
from edition import code, package

here = os.path.dirname(os.path.abspath(__file__))
password = desk.browser.password
with tempfile.TemporaryDirectory() as folder:
    packages = {'first': package('3'), 'corrected': package('2.5')}
    for name, content in packages.items():
        with open(f'{folder}/{name}.zip', 'wb') as file:
            file.write(content)
    asks = {
        'code': code,
        'password': password,
        'packages': {name: f'{folder}/{name}.zip' for name in packages},
        'people': [desk.person('office').cookies for _ in range(2)],
    }
    done = subprocess.run(
        [f'{here}/node', 'tests/web/desk_editions.mjs'],
        env=os.environ | {'OFFICE': json.dumps(asks)},
    )
raise SystemExit(done.returncode)
