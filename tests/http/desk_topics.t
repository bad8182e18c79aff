#!/usr/bin/env python3
"""Topics of quick wins at the desk, without script: the office changes the words of one, puts a
quick win in and takes it out, and the catalogue follows; nobody else has these pages."""
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import uploader as desk
from tap import done, is_, none, ok

office, city = desk.Person('office'), desk.Person('operator', '35.71')
names = 'name_id name_en words'.split()
held = desk.sql(f"select {', '.join(names)} from data.topic where code = 'banjir'")[0]
held = dict(zip(names, held))


def forms(path, action):
    """The forms with that action on a page, as what they send."""
    text = office.get(path).text
    found = re.findall(rf'<form[^>]* action="{re.escape(action)}".*?</form>', text, re.S)
    return [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in found]


none(
    [
        path
        for path in ('/meja/topik', '/meja/topik/banjir', '/meja/topik/tak-ada')
        if city.get(path).status != 404
    ],
    'a city has none of these pages',
)
win = re.search(r'name="win" value="(\d+)"', office.get('/meja/topik').text)[1]
sent = forms('/meja/topik', '/meja/topik/pasang')[0]
answer = office.post('/meja/topik/pasang', sent | {'win': win, 'topic': 'banjir'})
is_((answer.status, answer.headers['Location']), (303, '/meja/topik'), 'one gets a topic')
sent = [form for form in forms('/meja/topik/banjir', '/meja/topik/banjir/quickwin')]
ok(win in [form['win'] for form in sent], 'whose page has it then')
sent = next(form for form in sent if form['win'] == win)
is_(office.post('/meja/topik/banjir/quickwin', sent).status, 303, 'it is taken out again')
is_(
    desk.sql('select count(*) from data.topic_mend where quick_win = :win', win=win)[0][0],
    '0',
    'without a trace but that of the trail',
)
sent = forms('/meja/topik/banjir', '/meja/topik/banjir/ubah')[0]
answer = office.post('/meja/topik/banjir/ubah', sent | held | {'words': '*'})
is_(answer.status, 422, 'words that find nothing are refused')
ok(re.search(r'<textarea[^>]*>\*</textarea>', answer.text), 'and stay as they were typed')
answer = office.post('/meja/topik/banjir/ubah', sent | held)
is_((answer.status, answer.headers['Location']), (303, '/meja/topik/banjir'), 'good ones are saved')
answer = office.post('/meja/topik/banjir/ubah', sent | held | {'key': 'k' * 20})
is_(answer.status, 409, 'an old form is not, once somebody has saved since')
done()
