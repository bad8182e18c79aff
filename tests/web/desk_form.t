#!/usr/bin/env python3
"""The form of a quick win in a browser: what it tells of a session that ends while somebody writes,
and where its aside stands."""
import json
import os
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import desk

city = desk.seated('operator', '35.71')
win = desk.begin(city, 'Sesi yang berakhir')
sent = desk.begin(city, 'Yang dikirim')
desk.save(city, sent, **desk.words)
desk.submit(city, sent)
more = {'WIN': str(win), 'SENT': str(sent), 'COOKIES': json.dumps(city.cookies)}
here = os.path.dirname(os.path.abspath(__file__))
done = subprocess.run([f'{here}/node', 'tests/web/desk_form.mjs'], env=os.environ | more)
raise SystemExit(done.returncode)
