#!/usr/bin/env python3
"""Page city."""
import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, done, is_, like, lines, status, unlike  # noqa: E402

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
like(text,
     '<dt>Hitungan kami</dt><dd><data value="3.315">3,315</data> <small>beda 0,005; yang berlaku '
     'nilai resmi', 'ours beside it, with the difference')
for figure in '3.6', '3.21', '3.23', '3.07', '3.65', '2.75', '3.5', '3.33':
    shown = figure.ljust(4, '0').replace('.', ',')
    like(text, f'<data value="{figure}">{shown}</data>', f'component or dimension {shown}')
like(text,
     '<dt>Peringkat nasional</dt><dd><data value="22">22</data> <small>jumlah daerah tidak '
     'disebut sumber', "the ministry's rank, and that its denominator is not told")
like(text, '<dt>Peringkat di Jawa Timur</dt><dd><data value="4">4</data>',
     'and the one in the province')
like(text, 'urutan 3 di antara 5 daerah yang nilainya diterbitkan', 'our order says among how many')
like(text, '<data value="3.40">3,40</data> <small>ditetapkan sendiri', 'target')
like(text, 'Tinggal 0,09 lagi menuju target daerah, 3,40', 'what is left to it')
like(text, r'<data value="0.25">\+0,25</data>', 'improvement')
wins = (r'E-SPTPD|Bank Sampah|Prodamas Plus|KURNIA \(Kredit Usaha Melayani Warga\)|'
        'Home Care Peduli|English Massive')
is_(lines(text, f'<h3 lang="id"><a href="/quickwin/[0-9]+">({wins})</a></h3>'), 6,
    'its six quick wins')
like(text.replace('\n', ' '),
     r'<li id="sumber-1">1\. [^<]*<span lang="id">[^<]*</span> *<a href="https://bangsaonline\.com'
     r'/', 'numbered sources with their address')
like(text, r'<li class="none"><a href="/kota/kota-kediri\?putaran=2023">2023',
     'years without data are marked')
unlike(text, r' style=|<script>|\{\{|>NULL<', 'no style attribute, script or template marker')

text = body('/kota/kota-serang')
like(text, 'Belum ada nilai Kota Serang yang terbit', 'a city without any figure says so')
like(text, 'Wisata religi', 'and shows its quick wins')
unlike(text, '<data value="0', 'never a zero')

text = body('/kota/kabupaten-bekasi', 'putaran=2024')
like(text, r'<b>Sumber lemah\.</b>', 'weak facts are shown with their caution')
like(text, r'<a href="/kota/kabupaten-bekasi\?putaran=2023">Lihat nilai 2023</a>',
     'and the way to the round that has a value')

text = body('/kota/kota-kediri', 'putaran=simulasi-1')
like(text, 'Garis tegak dan kolom kanan: median kelompok kota;',
     'which group a city is compared with')
like(text,
     '<dt>Median kelompok</dt><dd><data value="[0-9.]*">[0-9],[0-9]*</data> <small>dari [0-9]+ '
     'daerah; separuhnya di antara', 'how its values lie, and how many they are')
like(text, 'Ruang tumbuh terluas sampai median kelompok: <b>[A-Za-z ]*</b>, [0-9],[0-9]* lagi',
     'and where there is most room to grow')
done()
