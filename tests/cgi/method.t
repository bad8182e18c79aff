#!/bin/sh
# Page method.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
plan 17

is "$(page /metode | header Location)" /metode/2024 'without a round it leads to the newest real one'
is "$(page /metode/1999 | header Status)" '404 Not Found' 'an unknown round'

body=$(page /metode/2022 | body_of)
like "$body" '<h1>Cara menghitung 2022</h1>' 'heading'
like "$body" '<data value="30">30 %</data>' 'weights in percent'
like "$body" 'Kota Kediri, 2022' 'a worked example'
like "$body" '<td class="num">0,642</td>' 'with contributions'
like "$body" '<data value="3.315">3,315</data>' 'and their sum'
like "$body" 'Nilai resminya <b>3,31</b>; selisih hitungan kami \+0,005' 'beside the official figure'
like "$body" 'dihitung ulang 1\.000 kali|hitung ulang 1\.000 kali' 'what an interval is'
like "$body" '<code>[0-9a-f]{64}</code>' 'the digest'
like "$(page /metode/2020 | body_of)" 'disimpulkan, bukan dinyatakan' '2020 says that its weights are inferred'
body=$(page /metode/2019 | body_of)
like "$body" 'Bobot di baliknya tidak diketahui' '2019 says that its weights are unknown'

# Which rounds may be compared.
body=$(page /metode/2024 | body_of)
like "$body" '<td>Ya, metodenya sama</td>' 'rounds of one method may be compared'
like "$body" '<td>Tidak; bobotnya lain</td>' 'not those with other weights'
like "$body" '<td>Tidak; pada salah satunya bobot di balik nilai tidak diketahui</td>' 'nor those without'
like "$(page /metode/2021 | body_of)" 'Belum ada daerah yang menerbitkan bagian-bagian nilainya' 'a round without an example says why'
like "$(page /en/metode/2024 | body_of)" '<td>No; other weights</td>' 'in English'
