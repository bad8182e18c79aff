#!/usr/bin/env python3
"""Page method."""
import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pages import body, done, is_, like, lines, page, status  # noqa: E402

is_(
    page('/metode').get('location'),
    '/metode/2024',
    'without a round it leads to the newest real one',
)
is_(status('/metode/1999'), 404, 'an unknown round')

text = body('/metode/2022')
like(text, '<h1>Cara menghitung 2022</h1>', 'heading')
like(text, '<data value="30">30 %</data>', 'weights in percent')
like(text, '<h2 id="contoh">Dua menit bersama Kota Kediri</h2>', 'one region is walked through')
like(text, 'Baseline, 10 <small>kondisi awal dan kemajuan', 'components with what they are about')
like(text, r'Governance \(layanan publik', 'and dimensions')
like(text, '<line class="v" x2="[0-9.]+%"', 'values as bars')
like(text, 'Kementerian menyebut peringkat nasional 22', 'what the ministry says of its place')
like(
    text,
    r'^<a href="https://bangsaonline[^"]*">bangsaonline.com</a>. '
    r'<a href="/kota/kota-kediri/2022">',
    'who says its value',
)
like(text, 'lebih baik dari [0-9]+ dan kurang dari [0-9]+', 'where that lies')
like(text, '<td class="num">0,642</td>', 'with contributions')
like(text, '<data value="3.315">3,315</data>', 'and their sum')
like(
    text, r'Nilai resminya <b>3,31</b>; selisih hitungan kami \+0,005', 'beside the official figure'
)
like(text, r'dihitung ulang 1\.000 kali|hitung ulang 1\.000 kali', 'what an interval is')
is_(lines(text, '<code>[0-9a-f]{64}</code>'), 2, 'both digests')
like(
    body('/metode/2020'), 'disimpulkan, bukan dinyatakan', '2020 says that its weights are inferred'
)
text = body('/metode/2019')
like(text, 'Bobot di baliknya tidak diketahui', '2019 says that its weights are unknown')

# Which rounds may be compared.
text = body('/metode/2024')
like(text, '<td>Ya, metodenya sama</td>', 'rounds of one method may be compared')
like(text, '<td>Tidak; bobotnya lain</td>', 'not those with other weights')
like(
    text,
    '<td>Tidak; pada salah satunya bobot di balik nilai tidak diketahui</td>',
    'nor those without',
)
like(
    body('/metode/2021'),
    'Belum ada daerah yang menerbitkan bagian-bagian nilainya',
    'a round without an example says why',
)
like(
    body('/metode/2021'),
    'pada 2021, jadi contohnya dari 2024',
    'and walks through that of another round with its method',
)
like(body('/en/metode/2024'), '<td>No; other weights</td>', 'in English')
done()
