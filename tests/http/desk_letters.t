#!/usr/bin/env python3
"""Letters at the desk, without script: one is handed in, its figures typed and pasted, sent,
compared and confirmed; what is not taken, what is done once, and what a second loading of the data
files does not undo."""
import os
import re
import secrets
import subprocess
import sys
import threading

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import upload_cases
import uploader as desk
from tap import done, is_, ok

tail = secrets.token_hex(4)
city, other = desk.Person('operator', '33.25'), desk.Person('operator', '35.77')
offices = [desk.Person('office') for _ in range(2)]


def location(answer):
    return answer.headers.get('Location', '')


def send(who, page, path, **fields):
    """The form of that address on a page, with what is typed into it."""
    said = who.get(page).text
    form = re.search(rf'<form[^>]* action="{re.escape(path)}".*?</form>', said, re.S)
    hidden = dict(re.findall(r'name="(form|key|seen)" value="([^"]*)"', form[0])) if form else None
    return who.post_form(path, hidden | fields) if form else None


def says(answer, pattern, name):
    ok(re.search(pattern, ' '.join(answer.text.split())), name, answer.text[-3000:])


# Its file.
stranger = desk.Person().hand_in(b'%PDF')
is_(
    (stranger.status, location(stranger)),
    (303, '/masuk?ke=/meja/surat/baru'),
    'a stranger hands nothing in, and comes back to it',
)
letter = upload_cases.document(int(tail, 16))
refused = {
    'Kirim surat sebagai PDF': ('nilai.xlsx', upload_cases.workbook()),
    'kosong': ('surat.pdf', b''),
    'rusak atau terpotong': ('surat.pdf', letter[: len(letter) // 2]),
    'skrip': ('surat.pdf', upload_cases.acting()[0][1]),
}
for words, (name, content) in refused.items():
    answer = city.hand_in(content, name=name)
    is_((answer.status, words in answer.text), (422, True), f'{name}: {words}')
large = city.hand_in(b'x' * (12 << 20))
is_(
    (large.status, location(large)),
    (303, '/meja/surat/baru?kabar=besar'),
    'what the web server does not let in is told on the page',
)
says(city.get('/meja/surat/baru?kota=kota-madiun&tahun=2025'), 'value="2025" selected', 'the year')
key = f'kunci-{tail}-berkas'
first, again = (city.hand_in(letter, key=key) for _ in range(2))
is_((first.status, location(again)), (303, location(first)), 'sent twice, taken once')
number = location(first).split('/')[3]
edit, check = f'/meja/surat/{number}/ubah', f'/meja/surat/{number}/periksa'
says(city.hand_in(letter), 'sudah diserahkan', 'the same file is not taken again')

# Its figures.
answer = send(
    city,
    edit,
    f'/meja/surat/{number}/simpan',
    number=f'B-{tail}',
    issued='5 Januari 2026',
    publisher='Ditjen Uji',
    improvement='9',
)
is_(answer.status, 422, 'what is off the scale is told')
says(answer, 'di luar skala', 'in a sentence, and the rest is kept')
answer = send(city, edit, f'/meja/surat/{number}/tempel', lines='Peningkatan: 0,2\nApa ini 3')
says(answer, 'Baris 2, “Apa ini 3”</a>: ukuran ini tidak dikenal', 'a line that nobody knows')
says(city.get(edit), 'name="improvement"[^>]*value="0,2"', 'the other one is taken')
says(city.get(check), f'Surat B-{tail}, 5 Januari 2026, Ditjen Uji', 'how the source is named')
sent = send(city, check, f'/meja/surat/{number}/kirim')
is_(location(sent), f'/meja/surat/{number}#bukti', 'it is sent')
is_(location(city.get(edit)), f'/meja/surat/{number}', 'and locked')

# Who reads it.
page, file = f'/meja/surat/{number}', f'/meja/surat/{number}/berkas'
is_(
    [who.get(path).status for path in (page, file) for who in (city, offices[0], other)],
    [200, 200, 404, 200, 200, 404],
    'its city and the office read it and its file, another city does not',
)
is_(offices[0].get(file).headers['Content-Disposition'][:6], 'inline', 'in a tab of its own')
is_(
    [path.status for path in (desk.Person().get('/kota/kabupaten-batang'),) if tail in path.text],
    [],
    'nobody else does before it is confirmed',
)

says(offices[1].get('/meja/surat'), f'B-{tail}.*Cocokkan', 'it waits in the list of the office')

# Two confirm it at the same moment.
forms = [
    dict(re.findall(r'name="(form|key|seen)" value="([^"]*)"', who.get(page).text))
    for who in offices
]
answers = [None, None]


def confirm(n):
    answers[n] = offices[n].post_form(f'{page}/benarkan', forms[n] | {'confidence': 'stated'})


threads = [threading.Thread(target=confirm, args=[n]) for n in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
is_(sorted(answer.status for answer in answers), [303, 409], 'two at once, one of them does it')
facts = (
    'select id, measure, value, source, letter from data.published_figure'
    ' where letter is not null order by id'
)
kept = desk.sql(facts)
is_(
    [row[1:4] for row in kept if tail in row[3]],
    [['improvement', '0.2', f'Surat B-{tail}, 5 Januari 2026, Ditjen Uji']],
    'it is a fact once',
)
says(desk.Person().get('/koreksi'), f'Surat B-{tail}', 'which the page of corrections tells')

# What is put right.
correction = location(send(city, page, f'{page}/koreksi')).split('/')[3]
path = f'/meja/surat/{correction}'
send(city, f'{path}/ubah', f'{path}/simpan', improvement='0,25', reason=f'Salah salin {tail}.')
send(city, f'{path}/periksa', f'{path}/kirim')
is_(send(offices[1], path, f'{path}/benarkan').status, 303, 'a correction goes the same way')
says(
    desk.Person().get('/en/koreksi'),
    f'Salah salin {tail}[.].*>0[.]20<.*>0[.]25<',
    'and stands there with its reason',
)

# The files of the beginning are not loaded twice.
kept = desk.sql(facts)
loaded = subprocess.run(
    ['psql', '-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', '-U', 'postgres', '-d', 'tolok', '-f']
    + ['data/load.sql'],
    cwd=f"{os.environ['ROOT']}/sql",
    capture_output=True,
    text=True,
)
ok('duplicate key' in loaded.stderr, 'a second loading is refused', loaded.stderr)
is_(desk.sql(facts), kept, 'and undoes nothing that came by a letter')
done()
