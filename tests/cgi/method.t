#!/bin/sh
# Page method by hand.
# shellcheck source=tests/lib.sh disable=SC1091
. "$(dirname "$0")/../lib.sh"
plan 12

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
