#!/usr/bin/env python3
"""Files of quick wins through nginx: what is uploaded is looked at, kept once and shown to those
who may read it; hostile files, names and senders change nothing."""
import concurrent.futures
import hashlib
import html
import os
import re
import secrets
import sys
import urllib.parse

folder = os.path.dirname(os.path.abspath(__file__))
sys.path += [folder, os.path.dirname(folder)]
import upload_cases
from uploader import Person, sql
from tap import done, is_, none, ok

VAR = os.environ['VAR']
kediri, madiun, owner, office, assessor, nobody = (Person('operator',
                                                          '35.71'), Person('operator', '35.77'),
                                                   Person('owner', '35.71', 'economy'),
                                                   Person('office'), Person('assessor'), Person())
document = upload_cases.document(0)


def stored(content):
    digest = hashlib.sha256(content).hexdigest()
    return os.path.join(VAR, 'files', digest[:2], digest[2:])


def files(win):
    """Numbers and names of the files of the newest version."""
    return dict(
        sql('''select f.id, f.name from data.win_file f join data.win w on w.id = f.win
                       where w.id = :win and data.has_file(f.since, f.until, w.newest) order by
                         f.id''',
            win=win))


# Digests of what was uploaded here, as others upload beside this test, and some of them the same
# good files.
offered, kept = set(), set()


def state(win):
    """Everything that a refused request must leave as it was."""
    return sql('''select w.row_version, w.newest,
                         (select count(*) from data.win_file f where f.win = w.id),
                         (select count(*) from data.file f where f.digest = any(:'offered'::text[]))
                  from data.win w where w.id = :win''',
               win=win, offered='{' + ','.join(offered - kept) + '}')


def upload(who, win, name, content, caption='Foto kegiatan', page=None):
    page = page or who.get(f'/meja/quickwin/{win}/berkas')
    offered.add(hashlib.sha256(content).hexdigest())
    fields = {
        'form': page.field('form') or '', 'key': secrets.token_hex(16), 'seen': page.field('seen')
        or '', 'caption': caption
    }
    return who.post(f'/meja/quickwin/{win}/berkas/tambah', fields, [('file', name, content)])


# Each file that must be refused, and then those that are kept.
win = kediri.win('Uji berkas')
before, page = state(win), kediri.get(f'/meja/quickwin/{win}/berkas')
cases = upload_cases.cases(large=True)
good = [case for case in cases if case[2] is None]
faults = []
for name, content, fault in cases:
    if fault is not None:
        answer = upload(kediri, win, name, content, page=page)
        sentences = re.findall(r'<li><a href="#file">([^<]{20,})</a></li>', answer.text)
        if answer.status != 422 or len(sentences) != 1 or (os.path.exists(stored(content))
                                                           and not any(content == c[1]
                                                                       for c in good)):
            faults.append(f'{name}: wanted {fault}, got {answer.status} {sentences}')
none(faults, 'files that are not what they should be are refused with a sentence')
is_(state(win), before, 'and leave nothing')
wins = [win, kediri.win('Uji berkas lain')]    # a quick win has at most 20
faults = [f'{name}: {answer.status}' for n, (name, content, _) in enumerate(good)
          for answer in [upload(kediri, wins[n % 2], name, content)] if answer.status != 303]
none(faults, 'files of five kinds are kept')
named = {'foto': 'foto.png', 'Rapat 12.5': 'Rapat 12.5.png', 'unduhan.jfif': 'unduhan.jpg'}
is_(sorted(name for one in wins for name in files(one).values()),
    sorted(named.get(name, name) for name, _, _ in good), 'under their names')
rows = sql(
    """select f.digest, f.small, b.kind, f.name from data.win_file f join data.file b on b.digest =
    f.digest where f.win = any(:'wins'::integer[]) order by f.id""",
    wins='{' + ','.join(map(str, wins)) + '}')
pictures = {'png', 'jpeg', 'webp'}
is_([row for row in rows if (row[1] is not None and row[1] != '') != (row[2] in pictures)], [],
    'of a picture there is a small one')


def bytes_of(digest):
    with open(os.path.join(VAR, 'files', digest[:2], digest[2:]), 'rb') as file:
        return file.read()


of_case = {named.get(name, name): content for name, content, _ in good}
none([row[3] for row in rows if row[2] not in pictures and bytes_of(row[0]) not in of_case[row[3]]],
     'documents are kept as they are, but for what stands around them')
none([
    row[3]
    for row in rows
    if row[2] in pictures and any(mark in bytes_of(digest)
                                  for mark in (b'GPS', b'Rahasia', b'Telepon', b'plist', b'SEFT')
                                  for digest in row[:2])
], 'pictures are written anew, without what they told')
book = next(number for one in wins for number, name in files(one).items() if name == 'data.xlsx')
is_(kediri.get(f'/meja/berkas/{book}').headers['Content-Disposition'].split(';')[0], 'attachment',
    'a workbook is only kept')
place = next(number for one in wins for number, name in files(one).items() if name == 'place.jpg')
large, small = (kediri.get(f'/meja/berkas/{place}{size}') for size in ('', '?ukuran=kecil'))
is_([(a.status, a.headers['Content-Type'], a.headers['Content-Disposition'].split(';')[0])
     for a in (large, small)], [(200, 'image/jpeg', 'inline')] * 2, 'and looked at in place')
is_(kediri.get(f'/meja/berkas/{place}?ukuran=besar').status, 400, 'in one of two sizes')

# What is kept.
win = kediri.win('Uji berkas')
is_(upload(kediri, win, 'laporan.pdf', document).status, 303, 'a document')
is_(oct(os.stat(stored(document)).st_mode & 0o7777), '0o640', 'its mode')
is_(
    hashlib.sha256(open(stored(document), 'rb').read()).hexdigest(),
    hashlib.sha256(document).hexdigest(), 'its bytes')
is_(
    sql("select count(*) from data.file where digest = :'digest'",
        digest=hashlib.sha256(document).hexdigest()), [['1']], 'once for all quick wins')
again = upload(kediri, win, 'lain.pdf', document)
ok(again.status == 422 and 'sudah ada' in again.text, 'once in each')
ok('value="Foto kegiatan"' in again.text, 'what was typed is not lost')
missing = upload(kediri, win, '', b'')
ok(missing.status == 422 and 'href="#file"' in missing.text, 'no file chosen')
missing = upload(kediri, win, 'b.pdf', upload_cases.document(1 + 1), caption='  ')
ok(missing.status == 422 and 'href="#caption"' in missing.text, 'nothing said of it')
is_(list(files(win).values()), ['laporan.pdf'], 'there is one file')


# What is refused for whatever reason is not on the disk, and nothing stays reserved for it.
def leaves_bytes(number, **fields):
    content, page = upload_cases.document(1 + number), kediri.get(f'/meja/quickwin/{win}/berkas')
    sent = {name: page.field(name)
            for name in ('form', 'key', 'seen')} | {'caption': 'Foto'} | fields
    answer = kediri.post(f'/meja/quickwin/{win}/berkas/tambah', sent,
                         [('file', f'{number}.pdf', content)])
    return answer.status, os.path.exists(stored(content))


refused = [secrets.randbelow(10 ** 9) for _ in range(5)]
used = kediri.get(f'/meja/quickwin/{win}/berkas').field('key')
is_(leaves_bytes(secrets.randbelow(10 ** 9), key=used), (303, True), 'a file that is taken is kept')
is_([
    leaves_bytes(refused[0], caption=''),
    leaves_bytes(refused[1], caption='x' * 501),
    leaves_bytes(refused[2], key='x'),
    leaves_bytes(refused[3], key=used)
], [(422, False)] * 3 + [(409, False)],
    'one without a caption, with a long one, with a key that is none or is used, is not')
page, together = kediri.get(f'/meja/quickwin/{win}/berkas'), [
    upload_cases.document(1 + secrets.randbelow(10**9)) for _ in range(2)
]
with concurrent.futures.ThreadPoolExecutor(2) as senders:
    answers = list(
        senders.map(lambda content: upload(kediri, win, 'bersama.pdf', content, page=page).status,
                    together))
is_(sorted(answers), [303, 409], 'of two that saw the same record one is taken')
is_([os.path.exists(stored(content)) for content in together],
    [status == 303 for status in answers], 'and only its bytes are kept')
is_(sql('select count(*) from data.file_pending p where p.win = :win', win=win), [['0']],
    'nothing is reserved any more')

# Who may read it.
number = list(files(win))[0]
page = kediri.get(f'/meja/quickwin/{win}/berkas')
ok(
    f'href="/meja/berkas/{number}"' in page.text
    and f'action="/meja/quickwin/{win}/berkas/{number}/hapus"' in page.text, 'its city sees it')
answer = kediri.get(f'/meja/berkas/{number}')
ok(answer.status == 200 and answer.body == document, 'the city gets its file')
is_(answer.headers['Content-Type'], 'application/pdf', 'by its type')
is_(answer.headers['Content-Disposition'],
    "inline; filename=\"laporan.pdf\"; filename*=UTF-8''laporan.pdf", 'to be looked at')
is_(answer.headers.get_all('Cache-Control'), ['no-store'], 'nobody keeps it')
is_(answer.headers.get_all('X-Content-Type-Options'), ['nosniff'], 'nobody guesses')
ok(
    "sandbox" in answer.headers['Content-Security-Policy']
    and len(answer.headers.get_all('Content-Security-Policy')) == 1, 'it can do nothing')
none([
    f'{header}: {answer.headers[header]}'
    for header in ('X-Accel-Redirect', 'ETag', 'Last-Modified', 'Set-Cookie')
    if header in answer.headers
], 'no word about where it lies')
for who, name in ((madiun, 'another city'), (owner, 'the owner of another dimension'),
                  (office, 'the office, of a draft'), (assessor, 'an assessor, of a draft')):
    other = who.get(f'/meja/berkas/{number}')
    ok(other.status == 404 and document not in other.body, f'{name} gets 404')
    is_(who.get(f'/meja/quickwin/{win}/berkas').status, 404,
        f'{name} has no list of them') if who is not office else None
is_((nobody.get(f'/meja/berkas/{number}').status, nobody.get(f'/en/meja/berkas/{number}').status),
    (303, 303), 'nobody is sent to the sign-in')
is_(kediri.get('/meja/berkas/999999').status, 404, 'a number that is none')
is_([
    kediri.get(f'/meja/berkas/{bad}').status
    for bad in ('0', '-1', '1e3', "1'", '99999999999', '..%2f..%2fetc%2fpasswd')
], [404] * 6, 'nor a word')
digest = hashlib.sha256(document).hexdigest()
none([
    path for path in (f'/tersimpan/{digest[:2]}/{digest[2:]}',
                      f'/en/tersimpan/{digest[:2]}/{digest[2:]}',
                      f'/files/{digest[:2]}/{digest[2:]}', '/tersimpan/',
                      '/tersimpan/../tolok-kota', '/tersimpan/..%2ftolok-kota',
                      '/tersimpan%2f' + digest) if kediri.get(path).status not in (400, 404)
], 'where it lies is no address')

# Names.
for given, shown in (('a%22b%0d%0aSet-Cookie: x=1%0d%0a.pdf',
                      'a"b__Set-Cookie: x=1__.pdf'), ('../../../../etc/passwd.pdf', 'passwd.pdf'),
                     ('..\\\\..\\\\windows\\\\evil.pdf', 'evil.pdf'),
                     ('foto.exe:.pdf', 'foto.exe:.pdf'), ('é\u202efdp.pdf', 'é_fdp.pdf'),
                     ('<img src=x onerror=alert(1)>.pdf', '<img src=x onerror=alert(1)>.pdf'),
                     ('x' * 300 + '.pdf', 'x' * 116 + '.pdf'), ('%2e%2e%2fa.pdf',
                                                                '%2e%2e%2fa.pdf')):
    content = upload_cases.document(1 + secrets.randbelow(10 ** 9))
    win = kediri.win('Uji nama')
    answer = upload(kediri, win, given, content)
    is_((answer.status, list(files(win).values())), (303, [shown]), f'a file named {given[:40]!r}')
    page, file = kediri.get(f'/meja/quickwin/{win}/berkas'), kediri.get(
        f'/meja/berkas/{list(files(win))[0]}')
    ok(
        '<img src=x' not in page.text and file.status == 200 and file.headers['Set-Cookie'] is None
        and len(file.headers.get_all('Content-Disposition')) == 1
        and '\n' not in file.headers['Content-Disposition'], '  is harmless')

# Senders.
win = kediri.win('Uji pengirim')
content = upload_cases.document(1 + secrets.randbelow(10 ** 9))
offered.add(hashlib.sha256(content).hexdigest())
page = kediri.get(f'/meja/quickwin/{win}/berkas')
form, key, seen = (page.field(name) for name in ('form', 'key', 'seen'))
before = state(win)
path = f'/meja/quickwin/{win}/berkas/tambah'
good = {'form': form, 'key': key, 'seen': seen, 'caption': 'Foto'}
part = [('file', 'a.pdf', content)]
is_(kediri.post(path, {**good, 'form': 'x'}, part).status, 403, 'a form that is not ours')
is_(kediri.post(path, {**good, 'form': ''}, part).status, 403, 'a form without its token')
is_(kediri.post(path, good, part, {'Origin': 'https://jahat.example'}).status, 403, 'another site')
is_(kediri.post(path, good, part, {'Sec-Fetch-Site': 'cross-site'}).status, 403, 'by its own word')
ok(
    madiun.post(path, {**good, 'form': madiun.get('/meja').field('form') or ''}, part).status
    in (403, 404), 'another city')
is_(nobody.post(path, good, part).status in (303, 403), True, 'nobody')
is_(
    kediri.post(path, {**good, 'seen': '999'}, part).status, 409,
    'a record that nobody can have seen')
is_(
    kediri.post(path, {**good, 'key': secrets.token_hex(16), 'seen': '0'}, part).status, 409,
    'one that was changed in between')
is_(
    kediri.ask('POST', path, b'{}', {'Content-Type': 'application/json'}).status, 415,
    'another type')
is_(
    kediri.ask('POST', path, b'--b\r\nbroken',
               {'Content-Type': 'multipart/form-data; boundary=b'}).status, 400, 'a broken body')
is_(
    kediri.ask('POST', path, b'x' * (12 * 1024 * 1024),
               {'Content-Type': 'multipart/form-data; boundary=b'}).headers['Location'],
    f'/meja/quickwin/{win}/berkas?kabar=besar', 'a body beyond all bounds leads back')
ok('paling besar 10 MB' in kediri.get(f'/meja/quickwin/{win}/berkas?kabar=besar').text,
   'to what is said of it')
is_((state(win), os.path.exists(stored(content))), (before, False),
    'nothing of that changed anything')
page = kediri.get(f'/meja/quickwin/{win}/berkas')
good = {
    'form': form, 'key': page.field('key'), 'seen': seen, 'caption': 'Foto', 'win': '1',
    'digest': 'a' * 64, 'kind': 'pdf', 'faults': ''
}
is_([kediri.post(path, good, part).status for _ in range(3)], [303] * 3, 'sent three times')
is_(len(files(win)), 1, 'done once, whatever else was sent')

# Taking one away, and what a version keeps.
page = kediri.get(f'/meja/quickwin/{win}/berkas')
gone = list(files(win))[0]
is_(kediri.act('win_submit({win}, {seen}, {key})', win=win), 'done', 'submitted')
is_((office.get(f'/meja/berkas/{gone}').status, assessor.get(f'/meja/berkas/{gone}').status),
    (200, 404), 'then the office reads it, an assessor does not')
locked = kediri.get(f'/meja/quickwin/{win}/berkas')
ok('/tambah"' not in locked.text and 'sedang diperiksa' in locked.text,
   'and nothing can be changed')
late = upload_cases.document(1 + secrets.randbelow(10 ** 9))
seen = sql('select row_version from data.win where id = :win', win=win)[0][0]
is_((kediri.post(path,
                 {'form': form, 'key': secrets.token_hex(16), 'seen': seen, 'caption': 'Foto'},
                 [('file', 'l.pdf', late)]).status, os.path.exists(stored(late))), (409, False),
    'nor are bytes kept then')
is_(office.act('win_publish({win}, {seen}, {key}, null)', win=win), 'done', 'published')
is_(assessor.get(f'/meja/berkas/{gone}').status, 200, 'an assessor reads it')
public = nobody.get(f'/berkas/{gone}')
ok(
    public.status == 200 and public.body == content
    and 'sandbox' in public.headers['Content-Security-Policy'], 'and so does everybody')
ok(f'href="/berkas/{gone}"' in nobody.get(f'/quickwin/{10000 + int(win)}').text,
   'on the page of the quick win')
page = kediri.get(f'/meja/quickwin/{win}/berkas')
answer = kediri.post(f'/meja/quickwin/{win}/berkas/{gone}/hapus',
                     {'form': form, 'key': page.field('key'), 'seen': page.field('seen')})
is_((answer.status, files(win)), (303, {}), 'taken from the next version')
is_(assessor.get(f'/meja/berkas/{gone}').status, 200, 'the published one keeps it')
is_(
    sql("select string_agg(act, ' ' order by id) from data.audit where subject = 'win'"
        " and subject_id = :'win' and act <> 'refused'",
        win=win), [['win_create file_add win_submit win_publish win_save file_remove']],
    'one row of the trail for each act')
is_(kediri.act("win_withdraw({win}, {seen}, {key}, 'Alasan')", win=win), 'done', 'withdrawn')
is_(nobody.get(f'/berkas/{gone}').status, 404, 'then the public has it no more')

# Captions and order.
win = kediri.win('Keterangan dan urutan')
for name in ('a.pdf', 'b.pdf', 'c.pdf'):
    upload(kediri, win, name, upload_cases.document(1 + secrets.randbelow(10 ** 9)), caption='Foto')
a, b, c = files(win)


def press(button, seen=None, **captions):
    """Presses a button of the list, with these captions typed."""
    page = kediri.get(f'/meja/quickwin/{win}/berkas')
    sent = {name: page.field(name) for name in ('form', 'key', 'seen')} | captions
    sent |= {'seen': seen} if seen else {}
    return kediri.ask('POST', f'/meja/quickwin/{win}/berkas/{button}',
                      urllib.parse.urlencode(sent).encode(),
                      {'Content-Type': 'application/x-www-form-urlencoded',
                       'Origin': os.environ['BASE']})


def shown(path=f'/meja/quickwin/{win}/berkas'):
    """The numbers of the files in their order, and their captions."""
    text = kediri.get(path).text
    return (re.findall(r'<li id="berkas-(\d+)"', text), [
        html.unescape(said)
        for said in re.findall(r' name="caption_\d+" type="text" value="([^"]*)"', text)
    ])


old = kediri.get(f'/meja/quickwin/{win}/berkas').field('seen')
is_(press('simpan', **{f'caption_{a}': 'Rak "sayur"', f'caption_{b}': 'Pasar'}).headers['Location'],
    f'/meja/quickwin/{win}/berkas?kabar=simpan', 'captions are saved')
is_(shown(), ([a, b, c], ['Rak "sayur"', 'Pasar', 'Foto']), 'each its own')
is_(press(f'{c}/naik', **{f'caption_{b}': 'Pasar pagi'}).headers['Location'],
    f'/meja/quickwin/{win}/berkas?kabar=pindah#berkas-{c}', 'a file is moved')
is_(shown(), ([a, c, b], ['Rak "sayur"', 'Foto', 'Pasar pagi']),
    'up, and what was typed beside it is saved')
answer = press(f'{a}/turun', seen=old, **{f'caption_{c}': 'Yang diketik'})
is_(answer.status, 409, 'not after somebody else has changed something')
ok('value="Yang diketik" data-unsaved' in answer.text, 'but what was typed stays in its field')
answer = press(f'{a}/turun', **{f'caption_{c}': ''})
ok(answer.status == 422 and f'href="#caption_{c}"' in answer.text and shown()[0] == [a, c, b],
   'nor without a caption')
is_(press(f'{a}/hapus').headers['Location'], f'/meja/quickwin/{win}/berkas?kabar=hapus',
    'one is deleted')
ok('id="dihapus"' in kediri.get(f'/meja/quickwin/{win}/berkas').text and shown()[0] == [c, b],
   'told, and gone from the list')
is_(press(f'{a}/kembali').headers['Location'],
    f'/meja/quickwin/{win}/berkas?kabar=kembali#berkas-{a}', 'and put back')
is_(shown()[0], [a, c, b], 'where it was')
check = kediri.get(f'/meja/quickwin/{win}/periksa').text
is_([check.find(f'/meja/berkas/{number}"') for number in (a, c, b)],
    sorted(check.find(f'/meja/berkas/{number}"') for number in (a, c, b)),
    'the check page has that order')

# Several at once: each is judged by itself.
win = kediri.win('Beberapa sekaligus')


def upload_all(*files, **more):
    page = kediri.get(f'/meja/quickwin/{win}/berkas')
    fields = {name: page.field(name)
              for name in ('form', 'key', 'seen')} | {'caption': 'Foto'} | more
    return kediri.post(f'/meja/quickwin/{win}/berkas/tambah', fields,
                       [('file', name, content) for name, content in files])


fresh = [upload_cases.document(1 + secrets.randbelow(10 ** 9)) for _ in range(6)]
answer = upload_all(('satu.pdf', fresh[0]), ('catatan.txt', b'halo'), ('dua.pdf', fresh[1]))
ok(
    answer.status == 422 and re.search(r'catatan.txt: Jenis berkas ini tidak diterima', answer.text)
    and '2 berkas' in answer.text, 'of three files one is refused by its name')
is_(list(files(win).values()), ['satu.pdf', 'dua.pdf'], 'and the good ones are kept')
answer = upload_all(('tiga.pdf', fresh[2]), ('empat.pdf', fresh[3]))
is_(answer.headers['Location'], f'/meja/quickwin/{win}/berkas?tambah=2', 'two that are good')
ok('2 berkas' in kediri.get(answer.headers['Location']).text, 'are told')
is_(upload_all(('lima.pdf', fresh[4]), next='periksa').headers['Location'],
    f'/meja/quickwin/{win}/periksa', 'or one goes on to the check')
is_(len(files(win)), 5, 'all are there')

done()
