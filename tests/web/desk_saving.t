#!/usr/bin/env python3
"""A form of the desk in a browser that is saved as one goes: in every state that may be edited,
with faults, by two, over a slow net, and on the way out."""
import json
import os
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import desk

city = desk.seated('operator', '35.71')
owner = desk.seated('owner', '35.71', 'environment')
office = desk.seated('office')


def win(title, *ends):
    number = desk.begin(city, title)
    desk.save(city, number, title=title, **desk.words)
    for end in ends:
        desk.submit(city, number)
        desk.decide(office, number, end, reason='Lengkapi.')
    return number


wins = {
    'draft': win('Draf yang disimpan'),
    'returned': win('Yang dikembalikan', 'kembalikan'),
    'published': win('Yang terbit', 'terbitkan'),
}
more = {'WINS': json.dumps(wins), 'COOKIES': json.dumps([city.cookies, owner.cookies])}
here = os.path.dirname(os.path.abspath(__file__))
done = subprocess.run([f'{here}/node', 'tests/web/desk_saving.mjs'], env=os.environ | more)
raise SystemExit(done.returncode)
