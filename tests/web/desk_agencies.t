#!/usr/bin/env python3
"""Two people of a city in a browser at 360 pixels, an operator with script and an owner without: a
scope of two dimensions, a draft that is handed over and asked about, and a list of invitations."""
import json
import os
import secrets
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import desk

here = os.path.dirname(os.path.abspath(__file__))
people = [
    desk.person('operator', '--region', 'kota-bogor'),
    desk.person('owner', '--region', 'kota-bogor', '--dimension', 'governance'),
]
asks = {
    'tail': secrets.token_hex(4),
    'owner': desk.browser.sql(f"select id from data.account where email = '{people[1].email}'"),
    'people': [person.cookies for person in people],
}
done = subprocess.run(
    [f'{here}/node', 'tests/web/desk_agencies.mjs'], env=os.environ | {'CITY': json.dumps(asks)}
)
raise SystemExit(done.returncode)
