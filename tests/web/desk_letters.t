#!/usr/bin/env python3
"""Three people in a browser: an operator hands a letter in from the page of a city without a score,
one of the office confirms it, and both publish the next edition of its round. Clicks are counted;
the editions before it stay as they were."""
import json
import os
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import desk
from psql import Rows
from tap import done, is_, ok

here = os.path.dirname(os.path.abspath(__file__))
city, year = 'kota-magelang', '2024'
sql = Rows()


def editions():
    """What is published of the round, with the digests of its packages and records."""
    return sql(
        (
            'select p.n, p.digest, r.digest from data.publication p left join data.record r on'
            ' r.publication = p.id where p.round = :\'round\' order by p.n'
        ),
        round=year,
    )


before = editions()
asks = {
    'password': desk.browser.password,
    'city': city,
    'year': year,
    'letter': os.path.join(here, '../fuzz/seeds/media/good.pdf'),
    'people': [
        desk.person('operator', '--region', city).cookies,
        *(desk.person('office').cookies for _ in range(2)),
    ],
}
walk = subprocess.run(
    [f'{here}/node', 'tests/web/desk_letters.mjs'],
    env=os.environ | {'LETTER': json.dumps(asks)},
    capture_output=True,
    text=True,
)
ok(walk.returncode == 0, 'three people hand in, confirm and publish', walk.stdout + walk.stderr)
after = editions()
is_(after[:-1], before, 'editions before it keep their digests')
is_(len(after), len(before) + 1, 'and there is one more')
verified = subprocess.run(
    [os.environ['TOLOK'], 'publication', 'verify'],
    env=os.environ | {'TOLOK_DB': f"host={os.environ['PGHOST']} dbname=tolok user=tolok_admin"},
    capture_output=True,
    text=True,
)
ok(verified.returncode == 0, 'the chain of editions holds', verified.stdout + verified.stderr)
done()
