#!/usr/bin/env python3
"""Page about."""
import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, done, like, none, unlike  # noqa: E402

text = body('/tentang')
like(text, '<title>Tentang Tolok Kota – Tolok Kota</title>', 'title')
like(text, '<dd>189 ', 'how many figures')
like(text, 'dinyatakan</th>.*<td class="num">176</td>', 'marks of confidence, counted')
like(text, 'cahyadsn/wilayah.*lisensi MIT', 'credits')
like(text, 'Natural Earth, domain publik', 'of the map too')
none(
    [anchor for anchor in ('sumber', 'koreksi', 'akses') if f'id="{anchor}"' not in text],
    'the places that every page links to',
)
unlike(text, 'mailto:', 'no address is made up')

topics = 'siapa', 'simulasi', 'kontak', 'bahasa', 'lisensi', 'pasti'
none(
    [topic for topic in topics if f'<a href="#{topic}">' not in text],
    'every topic is in the list of contents',
)
like(text, 'belum mencantumkan alamat kontak', 'without a contact it says so')
like(
    body('/tentang', TOLOK_CONTACT='kantor@tolok.example'),
    r'layanan ini: <a href="mailto:kantor@tolok\.example">kantor@tolok\.example</a>',
    'a mail address of the operator',
)
invited = body('/koreksi', TOLOK_CONTACT='kantor@tolok.example')
like(
    invited,
    '<a href="#lapor">Kabarkan kekeliruan</a>',
    'with a contact the page of corrections invites to write',
)
like(invited, 'Sampaikan kepada *<a href="mailto:kantor@tolok.example">', 'and says to whom')
like(
    body('/tentang', TOLOK_PUBLISHER='Kantor <Uji> & Mitra'),
    'diterbitkan oleh <b>Kantor &lt;Uji&gt; &amp; Mitra</b>',
    'who publishes it, in the foot',
)
like(
    body('/tentang', TOLOK_CONTACT='https://tolok.example/tulis?a=1&b=2'),
    r'<a href="https://tolok\.example/tulis\?a=1&amp;b=2">',
    'or a page',
)
like(text, 'belum diaudit pihak luar', 'the statement on accessibility says what was not done')
like(text, 'berlisensi MIT', 'the licence')
like(text, '<a href="/koreksi">', 'the way to the corrections')
like(body('/en/tentang'), 'Accessibility', 'in English')
unlike(body('/en/tentang'), 'Lisensi|Bahasa<|Aksesibilitas', 'all of it')
done()
