#!/usr/bin/env python3
"""Quick wins of the desk through nginx, as a browser without script sends forms: the way from draft
to the public page and back, who may see and do what, forged and repeated forms, two who save at
once, texts that would like to be markup."""
import html
import html.parser
import os
import re
import secrets
import sys
import threading
import time
import unicodedata

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import browser
import corpus
import desk
from tap import done, is_, none, ok

tail = secrets.token_hex(4)
office = browser.Person(f'kantor.{tail}@uji.go.id', 'office').begin()
assessor = browser.Person(f'asesor.{tail}@uji.go.id', 'assessor').begin()
kediri = browser.Person(f'kediri.{tail}@uji.go.id', 'operator', '--region', 'kota-kediri').begin()
madiun = browser.Person(f'madiun.{tail}@uji.go.id', 'operator', '--region', 'kota-madiun').begin()
owner = browser.Person(f'opd.{tail}@uji.go.id', 'owner', '--region', 'kota-kediri', '--dimension',
                       'living').begin()
people = {
    'nobody': browser.Browser(), 'office': office, 'assessor': assessor, 'kediri': kediri,
    'madiun': madiun, 'living': owner
}
words = {
    'summary': 'Antrean diambil dari rumah.',
    'problem': 'Antre sejak subuh.\r\nSering tidak kebagian.',
    'solution': 'Nomor diambil lewat ponsel.', 'agency': 'Dinas Kesehatan', 'started': '2024-02-01',
    'cost': 'Rp 150.000.000', 'figure': 'lama menunggu, menit', 'figure_before': '145,5',
    'figure_after': '21', 'links': 'https://kediri.example/antre'
}


def send(who, page, action, fields=(), **changes):
    """Sends the form of a page that has this action; `changes` are put in the place of its hidden
    fields, None leaves one out."""
    answer = who.get(page)
    hidden = {name: answer.field(name, action) for name in ('form', 'key', 'seen')}
    hidden.update(changes)
    return who.post(action,
                    [*dict(fields).items(), *((k, v) for k, v in hidden.items() if v is not None)],
                    form=None)


def begin(who, title, dimension='environment'):
    answer = send(who, '/meja/quickwin/baru', '/meja/quickwin/baru',
                  {'title': title, 'dimension': dimension})
    return int(re.fullmatch(r'/meja/quickwin/(\d+)/ubah', answer.location)[1])


def save(who, win, fields, how='lanjut', **changes):
    """The button `Save draft` sends the same form to another address."""
    answer = who.get(f'/meja/quickwin/{win}/ubah')
    hidden = {name: answer.field(name) for name in ('form', 'key', 'seen')}
    hidden.update(changes)
    return who.post(f'/meja/quickwin/{win}/{how}',
                    [*fields.items(), *((k, v) for k, v in hidden.items() if v is not None)],
                    form=None)


def submit(who, win):
    return send(who, f'/meja/quickwin/{win}/periksa', f'/meja/quickwin/{win}/kirim')


def submit_as(who, win, **changes):
    return send(who, f'/meja/quickwin/{win}/periksa', f'/meja/quickwin/{win}/kirim',
                **changes).status


def decide(who, win, what, fields=()):
    return send(who, f'/meja/quickwin/{win}', f'/meja/quickwin/{win}/{what}', fields)


def state(win):
    return browser.sql(
        "select string_agg(v.n || v.state, ' ' order by v.n) from data.win_version v"
        f' where v.win = {win}'
    )


def everything():
    """A digest of all quick wins of these people, public and at the desk; others work beside
    them."""
    return browser.sql(f"""
        with mine as (select w from data.win w join data.account a on a.id = w.created_by where
        a.email like '%.{tail}@uji.go.id')
        select md5(string_agg(t, '' order by t)) from (
          select w::text as t from mine union all select v::text from data.win_version v where v.win
            in (select (w).id from mine)
          union all select q::text from data.quick_win q where q.id in (select 10000 + (w).id from
          mine)) all_of_it"""
                       )


# The whole way.
title = f'Antrean puskesmas {tail}'
win = begin(kediri, title, 'living')
answer = kediri.get(f'/meja/quickwin/{win}/periksa')
ok(
    'Perlu dilengkapi sebelum dikirim' in answer.body
    and 'Kirim ke kantor program' not in answer.body,
    'a draft that lacks something can not be sent from the check')
answer = save(
    kediri, win, {
        'title': title, 'cost': 'banyak', 'started': 'kemarin',
        **{k: v
           for k, v in words.items() if k not in ('cost', 'started')}
    })
is_((answer.status,
     browser.sql(
         f'select problem is not null and cost is null from data.win_version where win = {win}')),
    (422, 't'), 'of a draft with faults what is sound is saved')
ok(
    '<title>Galat: ' in answer.body and all(f'href="#{name}"' in answer.body
                                            for name in ('cost', 'started'))
    and 'value="banyak"' in answer.body and 'aria-invalid="true"' in answer.body,
    'the summary leads to the fields, and what was typed is there')
answer = save(kediri, win, {'title': title, **words})
is_((answer.status, answer.location), (303, f'/meja/quickwin/{win}/periksa'),
    'saved, and on to the check')
body = kediri.follow().body
ok(
    'Kirim ke kantor program' in body and 'Antre sejak subuh.\nSering tidak kebagian.' in body
    and '150.000.000' in body and '145,5' in body, 'all answers once more')
is_([submit_as(kediri, win, seen=seen) for seen in ('x', '-1', '9' * 20, '', None)], [409] * 5,
    'a version that nobody can have seen is no version')
is_(submit(kediri, win).location, f'/meja/quickwin/{win}/terkirim', 'sent')
ok(re.search(r'Sidik isi</dt><dd><code>[0-9a-f]{16}<', kediri.follow().body), 'a receipt')
is_(
    kediri.get(f'/meja/quickwin/{win}/ubah').location, f'/meja/quickwin/{win}',
    'what was sent is not edited')
ok(title in office.get('/meja').body, 'the office finds it on its board')
is_(decide(office, win, 'kembalikan', {'reason': ' '}).status, 422, 'a return needs a reason')
is_(
    decide(office, win, 'kembalikan', {'reason': 'Sebutkan sumber angkanya.'}).status, 303,
    'returned')
ok('Sebutkan sumber angkanya.' in kediri.get(f'/meja/quickwin/{win}/ubah').body,
   'the city reads why, where it corrects')
is_(
    save(kediri, win, {
        'figure_source': 'Survei loket 2025', 'summary': 'Antrean diambil dari rumah, kapan saja.'
    }).status, 303, 'corrected')
body = kediri.get(f'/meja/quickwin/{win}/versi/2').body
ok(
    re.search(r'rumah\.?</del> <ins>rumah, kapan saja\.</ins>', body)
    and '<ins>Survei loket 2025</ins>' in body, 'what changed, word for word', body[-1500:])
submit(kediri, win)
began = time.monotonic()
is_(decide(office, win, 'terbitkan').status, 303, 'published')
anybody = browser.Browser()
while (found := f'/quickwin/{10000 + win}' in anybody.get(f'/quickwin?q=puskesmas+{tail}').body
       ) is False and time.monotonic() - began < 5:
    time.sleep(0.2)
ok(found, 'and found by anybody within five seconds', f'{time.monotonic() - began:.1f} s')
body = anybody.get(f'/quickwin/{10000 + win}').body
ok(
    all(word in body for word in ('Antre sejak subuh.', 'Nomor diambil lewat ponsel.',
                                  'data value="145.5">145,5', 'Survei loket 2025',
                                  'https://kediri.example/antre')), 'with all that the city tells')
is_(decide(kediri, win, 'tarik', {'why': 'Program digabung.'}).status, 303, 'withdrawn')
withdrawn = time.monotonic()
is_(state(win), '1returned 2withdrawn', 'its versions stay')
body = office.get(f'/meja/jejak?quickwin={win}').body
acts = [re.sub(r'\s+', ' ', act).strip() for act in re.findall(r'<p><b>([^<]*)</b>', body)]
is_(acts, [
    'Ditarik', 'Diterbitkan', 'Dibuka kantor', 'Dikirim ke kantor', 'Draf disimpan, 3 kali',
    'Dikembalikan', 'Dibuka kantor', 'Dikirim ke kantor', 'Quick win dimulai'
], 'all of it stands in the trail')
ok('<ins>Sebutkan sumber angkanya.</ins>' in body, 'with the reason')

# Who may see what: the expected answers, person by page.
draft, sent, public = begin(kediri, f'Draf {tail}',
                            'living'), begin(kediri, f'Kiriman {tail}',
                                             'economy'), begin(kediri, f'Terbit {tail}', 'living')
for number in (sent, public):
    save(kediri, number, {'title': f'Lengkap {tail} {number}', **words})
    submit(kediri, number)
decide(office, public, 'terbitkan')
expected = {
    'nobody': '303 303 303 | 303 303 303 | 303 303 303',
    'office': '404 404 404 | 200 404 404 | 200 404 404',
    'assessor': '404 404 404 | 404 404 404 | 200 404 404',
    'kediri': '200 200 200 | 200 303 303 | 200 200 303',
    'madiun': '404 404 404 | 404 404 404 | 404 404 404',
    'living': '200 200 200 | 404 404 404 | 200 200 303'
}
for name, person in people.items():
    is_(
        ' | '.join(' '.join(
            str(person.get(f'/meja/quickwin/{number}{page}').status)
            for page in ('', '/ubah', '/periksa'))
                   for number in (draft, sent, public)), expected[name],
        f'{name}: draft, sent and published; record, form and check')
for name, person in people.items():
    is_([
        person.get(path).status
        for path in (f'/meja/quickwin/{draft}/versi/1', f'/meja/quickwin/{sent}/terkirim')
    ], {'nobody': [303, 303], 'kediri': [200, 200], 'living': [200, 404]}.get(name, [404, 404]),
        f'{name}: a version and a receipt')
for path in ('0', '-1', '999999999', '99999999999999', '1e3', 'x', '1/versi/0', '1/versi/x', '%27'):
    is_(kediri.get(f'/meja/quickwin/{path}').status, 404, f'no such quick win: {path}')

# Forms that nobody made for this: nothing changes.
before = everything()
forms = {'nobody': 403, 'office': 404, 'assessor': 404, 'madiun': 404}
for name, status in forms.items():
    person = people[name]
    token = person.get('/meja').field('form') or person.get('/masuk').field('form')
    got = []
    for action in ('simpan', 'lanjut', 'kirim', 'tarik'):
        key = secrets.token_urlsafe(18)
        got.append(
            person.post(f'/meja/quickwin/{draft}/{action}',
                        {'title': 'x', 'why': 'x', 'seen': '1', 'key': key, 'form': token},
                        form=None).status)
    is_(got, [status] * 4, f'{name}: the forms of another one\'s draft')
token = kediri.get('/meja').field('form')
got = [
    kediri.post(f'/meja/quickwin/{sent}/{action}',
                {'reason': 'x', 'seen': '3', 'key': secrets.token_urlsafe(18), 'form': token},
                form=None).status for action in ('terbitkan', 'kembalikan')
]
is_(got, [404, 404], 'a city decides nothing')
seen = browser.sql(f'select row_version from data.win where id = {draft}')
fields = {'title': 'Dipalsukan', 'seen': seen, 'key': secrets.token_urlsafe(18)}
for what, changes, headers in [
    ('no token', {}, ()),
    ('a token of somebody else', {'form': madiun.get('/meja').field('form')}, ()),
    ('a made up token', {'form': 'A' * 43}, ()),
    ('another site', {'form': token}, [('Origin', 'https://jahat.example')]),
    ('another site by its other name', {'form': token}, [('Sec-Fetch-Site', 'cross-site')])
]:
    is_(
        kediri.post(f'/meja/quickwin/{draft}/simpan', {**fields, **changes},
                    form=None,
                    headers=headers).status, 403, f'a form with {what} is refused')
is_(
    kediri.post(f'/meja/quickwin/{draft}/simpan', [('title', 'a'), ('title', 'b'), *fields.items(),
                                                   ('form', token)],
                form=None).status, 400, 'a field sent twice')
is_(kediri.get(f'/meja/quickwin/{draft}/simpan').location, f'/meja/quickwin/{draft}/ubah',
    'an address of an act that is loaded again leads back to its form')
is_(
    kediri.get(f'/en/meja/quickwin/{draft}/kirim').location, f'/en/meja/quickwin/{draft}/periksa',
    'in its language')
is_(everything(), before, 'and nothing changed')
answer = save(
    kediri, draft, {
        'title': f'Draf {tail}', 'state': 'published', 'region': '35.77', 'win': str(public),
        'n': '9', 'published': '1', 'saved_by': '1', 'row_version': '99', 'id': str(public)
    })
is_((answer.status, state(draft), browser.sql(f'select region from data.win where id = {draft}')),
    (303, '1draft', '35.71'), 'further fields are none')
ok(
    send(owner, f'/meja/quickwin/{draft}/ubah', f'/meja/quickwin/{draft}/simpan',
         {'dimension': 'economy', 'lesson': 'Baru'}).status == 303
    and browser.sql(f'select dimension from data.win where id = {draft}') == 'living',
    'an owner does not move it to another dimension')

# Sent twice, and by two at once.
answer = kediri.get(f'/meja/quickwin/{draft}/ubah')
hidden = {name: answer.field(name) for name in ('form', 'key', 'seen')}
first = kediri.post(f'/meja/quickwin/{draft}/simpan', {'title': 'Sekali', **hidden}, form=None)
again = kediri.post(f'/meja/quickwin/{draft}/simpan', {'title': 'Sekali', **hidden}, form=None)
is_((first.status, again.status, again.location), (303, 303, first.location),
    'the same form once more is answered the same')
is_(browser.sql(f'select row_version from data.win where id = {draft}'),
    str(int(hidden['seen']) + 1), 'and done once')
is_(
    kediri.post(f'/meja/quickwin/{draft}/simpan', {'title': 'Lain', **hidden}, form=None).status,
    409, 'its key with other words is refused')
answer = owner.get(f'/meja/quickwin/{draft}/ubah')
hidden = {name: answer.field(name) for name in ('form', 'key', 'seen')}
save(kediri, draft, {'title': 'Dari kota', 'summary': 'Sama'}, 'simpan')
answer = owner.post(f'/meja/quickwin/{draft}/simpan',
                    {'title': 'Dari OPD', 'summary': 'Sama', 'lesson': 'Baru', **hidden},
                    form=None)
is_(answer.status, 409, 'who saves second is told')
ok(
    'value="Dari OPD"' in answer.body and '>Dari kota</p>' in answer.body
    and 'name="keep_title"' in answer.body and 'name="keep_summary"' not in answer.body,
    'and sees both titles, and only what differs')
hidden = {name: answer.field(name) for name in ('form', 'key', 'seen')}
owner.post(f'/meja/quickwin/{draft}/simpan', {
    'title': 'Dari OPD', 'keep_title': 'theirs', 'summary': 'Sama', 'lesson': 'Dari OPD', **hidden
},
           form=None)
is_(browser.sql(f"select title || ', ' || lesson from data.win_version where win = {draft}"),
    'Dari kota, Dari OPD', 'what was chosen is kept')
answer = kediri.get(f'/meja/quickwin/{draft}/ubah')
hidden = {name: answer.field(name) for name in ('form', 'seen')}
cookies, statuses = dict(kediri.cookies), []


def one_of_many(number):
    other = browser.Browser()
    other.cookies = dict(cookies)
    statuses.append(
        other.post(f'/meja/quickwin/{draft}/simpan',
                   {'title': f'Dari {number}', 'key': secrets.token_urlsafe(18), **hidden},
                   form=None).status)


threads = [threading.Thread(target=one_of_many, args=(n,)) for n in range(8)]
[t.start() for t in threads]
[t.join() for t in threads]
is_(sorted(statuses), [303] + [409] * 7, 'of eight at once one is saved, seven are told')

# Texts that would like to be markup: all of the corpus in each field, on every page that shows it.
# A page of harmless words has the same tags and attributes, and nothing else may stand there.
class Tags(html.parser.HTMLParser):
    def __init__(self, body):
        super().__init__()
        self.found = set()
        self.feed(body)

    def handle_starttag(self, tag, attributes):
        self.found.update((tag, name, value if name in ('src', 'type', 'action') else '')
                          for name, value in attributes or [('', '')])


def tags(person, path):
    return Tags(re.sub(r'/\d+', '/1', person.get(path).body)).found


def shown(record):
    for page in ('', '/ubah', '/periksa', '/versi/1'):
        yield kediri, f'/meja/quickwin/{record}{page}'
    yield kediri, f'/meja/jejak?quickwin={record}'
    yield kediri, '/meja'


values = [
    text for _, value in corpus.values('kanari')
    if (text := value.decode('utf-8', 'replace')).isprintable() and text.strip()
    and '\ufffd' not in text
]
ok(len(values) > 100, f'{len(values)} texts')
lines, proses = ('title', 'agency', 'figure', 'figure_source',
                 'contact'), ('summary', 'problem', 'solution', 'lesson', 'partners')
chunks = ['']
for value in values:
    if len(chunks[-1]) + len(value) > 490:
        chunks.append('')
    chunks[-1] += value[:490] + ' '
number = begin(kediri, 'Program', 'living')
save(kediri, number, {**words, **dict.fromkeys((*lines, *proses), 'Kata')})
save(kediri, number,
     {**words, **dict.fromkeys((*lines, *proses), 'Kata lain'), 'title': 'Bank sampah'
      })  # which is the name of others too
harmless = {path: tags(who, path) for who, path in shown(number)}
whole, faults, found = '\n'.join(v[:490] for v in values)[:7900], [], 0
for chunk in chunks:
    save(kediri, number, {**words, **dict.fromkeys((*lines, *proses), chunk)})
    found += browser.sql(
        f"select title from data.win_version where win = {number}") == unicodedata.normalize(
            'NFC', chunk).strip()
    for who, path in shown(number):
        if path != '/meja' or chunk == chunks[0]:
            faults += [f'{path}: {tag}' for tag in tags(who, path) - harmless[path]]
is_(found, len(chunks), f'{len(values) * 10} of them are stored as they were written')
none(sorted(set(faults)), 'nothing of them became markup at the desk')
save(
    kediri, number, {
        **words, **dict.fromkeys(lines[2:], 'Kata'), 'title': 'Program',
        'links': "https://a.example/'onmouseover='alert(1)"
    })
none(
    tags(kediri, f'/meja/quickwin/{number}') - harmless[f'/meja/quickwin/{number}'],
    'nor an address')
is_(
    save(kediri, number, {'links': 'https://a.example/"><script>alert(1)</script>'}).status, 422,
    'an address with a quote is none')
is_(save(kediri, number, {'links': 'javascript:alert(1)//https://'}).status, 422, 'nor is a script')
submit(kediri, number)
decide(office, number, 'terbitkan')
addresses = [
    f'/quickwin/{10000 + number}', '/quickwin?q=program', '/kota/kota-kediri', '/', '/quickwin'
]
before = [tags(anybody, path) for path in addresses]
save(kediri, number, {**words, **dict.fromkeys(lines, chunks[0]), **dict.fromkeys(proses, whole)})
submit(kediri, number)
harmless = tags(office, f'/meja/quickwin/{public}')
decide(office, number, 'kembalikan', {'reason': whole})
none(
    tags(kediri, f'/meja/quickwin/{number}') - harmless - tags(kediri, f'/meja/quickwin/{win}'),
    'nor a reason')
save(kediri, number, {'title': chunks[1]})
submit(kediri, number)
decide(office, number, 'terbitkan', {'note': whole})
began = time.monotonic()
while html.escape(chunks[1].strip()[:12]) not in html.unescape(anybody.get(
        addresses[0]).body) and time.monotonic() - began < 5:
    time.sleep(0.3)
none([
    f'{path}: {tag}' for path, known in zip(addresses, before)
    for tag in tags(anybody, path) - known if tag[0] != 'mark'
], 'nor anything on a public page')

# A city that has written enough for a day hears so, and what it typed stays in the form.
other = desk.person('operator', '--region', 'kota-dumai')
draft = desk.begin(other, 'Yang terakhir hari ini')
browser.sql("update data.city_day d set saves = 5000, versions = 200 from data.region r "
            "where r.code = d.region and r.slug = 'kota-dumai'")
for path, action in [('/meja/quickwin/baru', '/meja/quickwin/baru'),
                     (f'/meja/quickwin/{draft}/ubah', f'/meja/quickwin/{draft}/simpan')]:
    answer = desk.send(other, path, action, title='Satu "lagi"')
    is_((answer.status, 'Untuk hari ini sudah cukup' in answer.body,
         'value="Satu &quot;lagi&quot;"' in answer.body), (429, True, True), f'{action}: enough')

# The same of a person, whatever they do.
browser.sql("delete from data.city_day d using data.region r "
            "where r.code = d.region and r.slug = 'kota-dumai'")
browser.sql(f"update data.person_day d set acts = 10000 from data.account a "
            f"where a.id = d.account and a.email = '{other.email}'")
for path, action, fields in [
    ('/meja/quickwin/baru', '/meja/quickwin/baru', {'title': 'Satu "lagi"'}),
    (f'/meja/quickwin/{draft}/ubah', f'/meja/quickwin/{draft}/simpan', {'title': 'Satu "lagi"'}),
    ('/meja/pengguna', '/meja/pengguna', {'email': 'a@uji.go.id', 'name': 'Satu "lagi"',
                                          'role': 'owner', 'dim_economy': 'ya'}),
    ('/meja/akun', '/meja/akun/nama', {'name': 'Satu lagi'})
]:
    answer = desk.send(other, path, action, **fields)
    is_((answer.status, 'dari akun Anda' in answer.body,
         action == '/meja/akun/nama' or 'value="Satu &quot;lagi&quot;"' in answer.body),
        (429, True, True), f'{action}: a person has done enough')

# What nginx kept is shown for ten seconds at most; meanwhile the rest of this test has passed.
while (status :=
       anybody.get(f'/quickwin/{10000 + win}').status) != 410 and time.monotonic() - withdrawn < 12:
    time.sleep(0.3)
is_(status, 410, 'what was withdrawn is gone')
done()
