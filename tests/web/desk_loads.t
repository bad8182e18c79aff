#!/usr/bin/env python3
"""From signing in to a quick win that was sent with three pictures, on a phone, with script and
without."""
import json
import os
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import desk

city = desk.person('operator', '--region', 'kota-kediri')
here = os.path.dirname(os.path.abspath(__file__))
more = {
    'CITY': json.dumps(
        {'email': city.email, 'password': desk.browser.password, 'codes': city.codes}
    )
}
done = subprocess.run([f'{here}/node', 'tests/web/desk_loads.mjs'], env=os.environ | more)
raise SystemExit(done.returncode)
