#!/usr/bin/env python3
"""Page city."""
import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, count, done, is_, like, lines, status, unlike  # noqa: E402

is_(status('/kota/kota-kediri'), 200, 'a city')
is_(status('/kota/nowhere'), 404, 'an unknown one')
is_(status('/kota/kota-surabaya'), 404, 'one of which nothing was published')
is_(status('/kota/kota-kediri', 'putaran=1999'), 404, 'an unknown round')
is_(status('/kota/kota-kediri', 'putaran=2022&terbitan=9'), 404, 'an unknown edition')
is_(status('/kota/kota-kediri', 'putaran=20%2022'), 400, 'a round that can not be one')
is_(status('/kota/Kota%20Kediri'), 404, 'a name that can not be one')
is_(status('/kota/kota-kediri', 'putaran=&lain=1'), 200, 'empty and unknown fields do not matter')

text = body('/kota/kota-kediri')
like(text, '<title>Kota Kediri 2022 – Tolok Kota</title>', 'its newest round with a figure')
like(text, '<p class="score"><data value="3.31">3,31</data>', 'the official value counts')
like(text, 'hitungan kami <data value="3.315">3,315</data>', 'ours beside it')
for figure in '3.6', '3.21', '3.23', '3.07', '3.65', '2.75', '3.5', '3.33':
    shown = figure.ljust(4, '0').replace('.', ',')
    like(text, f'<data value="{figure}">{shown}</data>', f'component or dimension {shown}')
flat = text.replace('\n', ' ')
is_(count(text, '<dl class="three">') + count(text, '<div><dt>'), 4, 'three figures, and no more')
like(
    flat,
    'jumlah daerah tidak disebut sumber.*<dd><data value="22">22</data></dd>',
    "the ministry's rank, and that its denominator is not told",
)
like(flat, '<small>ke-4 dalam *peringkat di Jawa Timur', 'and the one in the province')
like(
    flat,
    'dari 5 nilai 2022 yang terbit, menurut urutan kami .*<dd>ke-3</dd>',
    'our order says among how many',
)
like(
    flat,
    'lagi ke target daerah <small>3,40, ditetapkan sendiri.*<dd><data value="0.09">0,09<',
    'and what is left to the target',
)
like(
    flat,
    '<b><span aria-hidden="true">↑</span> Naik 0,25 dari 2021; tinggal 0,09 lagi ke target',
    'what is found stands beside the value',
)
like(
    flat,
    (
        '<h2 id="komponen"> *Terkuat di Quick win, 3,65; paling banyak bisa ditingkatkan '
        'Impact, 3,07 *</h2>'
    ),
    'and is the title of the components',
)
like(
    flat,
    (
        'Terkuat di Economy, 3,50; paling banyak bisa ditingkatkan Governance, Branding, '
        'Environment, 2,75 <small>'
    ),
    'and of the dimensions',
)
like(
    flat,
    'di antara 4 nilai 2022 lain yang terbit, 3,31 lebih baik dari 2 dan kurang dari 2',
    'what the value means is told by its place alone',
)
is_(count(text, 'kuartil|<small>n [0-9]'), 0, 'nothing explains what is not there')
unlike(text, r'putaran=simulasi[^"]*">Simul', 'no simulated round stands in the menu of the years')
like(
    flat,
    r'href="/kota/kota-kediri\?putaran=simulasi[^"]*">Begini jadinya, dengan angka rekaan</a>'
    ' <span class="tag">',
    'one link leads there, with tape',
)
like(text, r'<data value="0.25">\+0,25</data>', 'improvement')
wins = (
    r'E-SPTPD|Bank Sampah|Prodamas Plus|KURNIA \(Kredit Usaha Melayani Warga\)|'
    'Home Care Peduli|English Massive'
)
is_(
    lines(text, f'<h3 lang="id"><a href="/quickwin/[0-9]+">({wins})</a></h3>'),
    6,
    'its six quick wins',
)
like(
    text.replace('\n', ' '),
    r'<li id="sumber-1">1\. [^<]*<span lang="id">[^<]*</span> *<a href="https://bangsaonline\.com'
    r'/',
    'numbered sources with their address',
)
like(
    text,
    r'<li class="none"><a href="/kota/kota-kediri\?putaran=2023">2023',
    'years without data are marked',
)
unlike(text, r' style=|<script>|\{\{|>NULL<', 'no style attribute, script or template marker')

text = body('/kota/kota-serang')
like(text, 'Belum ada nilai Kota Serang yang terbit', 'a city without any figure says so')
like(text, 'Wisata religi', 'and shows its quick wins')
unlike(text, '<data value="0', 'never a zero')
flat = text.replace('\n', ' ')
is_(
    count(
        text.split('<table class="data multiple">')[1].split('</table>')[0],
        '<line class="v" x2="[0-9.]+%"',
    ),
    5,
    'five similar regions show theirs instead',
)
like(
    flat, 'Tercatat sebagai peserta pada 2022, 2023, 2024[.]', 'it says what the city took part in'
)
like(flat, 'ke=/meja/surat/baru%3Fkota%3Dkota-serang%26tahun%3D2024', 'and the way to hand it in')
is_(count(text.split('id="belajar"')[1].split('</ul>')[0], '<li>'), 6, 'an idea for each dimension')
unlike(text, r'>Rapor ', 'no report is offered where there is nothing to report')

text = body('/kota/kabupaten-bekasi', 'putaran=2024')
like(text, r'<b>Sumber lemah\.</b>', 'weak facts are shown with their caution')
like(
    text.replace('\n', ' '),
    r'href="/kota/kabupaten-bekasi\?putaran=2023">Lihat nilai 2023</a>',
    'and the way to the round that has a value',
)

text = body('/kota/kota-kediri', 'putaran=simulasi-2')
like(
    text.replace('\n', ' '),
    '<dt>median 4[0-9] daerah.*<dd><data value="[0-9.]*">[0-9],[0-9]*<',
    'without a target, the median of the group',
)
like(
    text.replace('\n', ' '),
    '<h2 id="silang"> *Terendah Outcome di Branding, 0,00; Baseline paling rendah di 4 dari 6',
    'the matrix has a finding as title',
)
is_(
    (count(text, '<rect class="level"'), count(text, '<rect class="hatch"')),
    (29, 6),
    'it has a bar for each crossing but the one without data, and simulated ones are hatched',
)
done()
