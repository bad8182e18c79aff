#!/usr/bin/env python3
"""The office by its own: what it tells cities, what it counts, the trail by person, place and day
and as a table, and help; what a city reads of it."""
import csv
import io
import os
import re
import secrets
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import browser
import desk
from tap import done, is_, ok

tail = secrets.token_hex(4)
office = desk.person('office')
city = desk.person('operator', '--region', 'kota-dumai')
other = desk.person('operator', '--region', 'kota-madiun')


def words(answer):
    return re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', '', answer.body))


def table(answer):
    """The rows of a CSV that is to be saved."""
    ok(
        answer.header('Content-Type') == 'text/csv; charset=utf-8'
        and answer.header('Content-Disposition').startswith('attachment'),
        'a table to take along',
    )
    return list(csv.DictReader(io.StringIO(answer.body)))


# What the office tells.
page = '/meja/pengumuman'
answer = desk.send(office, page, page, title=f'Kabar {tail}', body='Isi', places='Kota Dumai, Anu')
ok(answer.status == 422 and '“Anu” bukan daerah' in words(answer), 'a place that is none')
is_(
    desk.send(
        office, page, page, title=f'Kabar {tail}', body='Isi <b>', places='kota dumai'
    ).location,
    page,
    'the office tells a city something',
)
ok(f'Kabar {tail}' in city.get('/meja').body and 'Isi &lt;b&gt;' in city.last.body, 'on its board')
ok(f'Kabar {tail}' not in other.get('/meja').body, 'and on no other')
is_(
    desk.send(city, '/meja', '/meja/kabar/dibaca', upto=city.get('/meja').field('upto')).location,
    '/meja',
    'which is marked as read',
)
ok(f'Kabar {tail}' not in city.get('/meja').body, 'and gone')
is_(desk.send(city, '/meja/akun', '/meja/akun/email').location, '/meja/akun#surel', 'no mails')
ok('Kirimi saya email' in city.get('/meja/akun').body, 'if one likes')

# A record that is saved often, in the trail.
win = desk.begin(city, f'=Sering {tail}', 'living')
for n in range(4):
    desk.save(city, win, lesson=f'Kali {n}', summary=f'Ringkasan {n}')
trail = words(city.get('/meja/jejak'))
ok('Draf disimpan, 4 kali' in trail, 'four saves of a record are one line')
found = words(office.get(f'/meja/jejak?orang={city.email}'))
ok('Draf disimpan, 4 kali' in found and office.email not in found, 'the trail of a person')
ok('Tidak ada yang cocok' in words(office.get('/meja/jejak?orang=tidak-ada-orangnya')), 'or none')
ok(city.email in office.get('/meja/jejak?daerah=14.72').body, 'of a place')
ok(city.email not in office.get('/meja/jejak?daerah=35.77').body, 'and of another')
ok('Tidak ada yang cocok' in words(office.get('/meja/jejak?sampai=2024-01-31')), 'of days')
rows = table(office.get(f'/meja/jejak/csv?orang={city.email}'))
ok(
    {row['actor'] for row in rows} == {city.email}
    and sum(row['act'] == 'win_save' for row in rows) == 4,
    'every row of it, with the same filters',
)
rows = table(other.get('/meja/jejak/csv'))
ok(rows and city.email not in {row['actor'] for row in rows}, 'as far as one may read it')

# What the office counts.
ok('daerah sudah mengirim' in words(office.get('/meja/angka')), 'who has sent')
ok('Kota Dumai' in office.last.body, 'each city')
rows = {row['region']: row for row in table(office.get('/meja/angka/csv'))}
before = int(rows['14.72']['waiting'])
desk.save(city, win, **desk.words)
desk.submit(city, win)
rows = {row['region']: row for row in table(office.get('/meja/angka/csv'))}
is_(int(rows['14.72']['waiting']), before + 1, 'and what it has sent')
desk.decide(office, win, 'terbitkan', note='')
ok('terbit' in words(city.get('/meja')) and f'=Sering {tail}' in city.last.body, 'it is told so')
rows = {row['region']: row for row in table(office.get('/meja/angka/csv'))}
ok(rows['14.72']['median_days_to_decision'] != '', 'and how long it took')
is_(
    browser.sql("select pub.sheet_row('=1+1', '-5', '-x', 'a,\"b', null)").strip(),
    "'=1+1,-5,'-x,\"a,\"\"b\",",
    'no cell is a formula',
)

# Help, in one's own words.
ok('Memutuskan' in words(office.get('/meja/bantuan')), 'help of the office')
ok('Orang kota Anda' in words(city.get('/meja/bantuan')), 'of an operator')
ok('href="/meja/bantuan"' in city.get('/meja').body, 'from every page of the desk')
done()
