#!/bin/sh
# The packages of the real years: written from the published figures, imported and published by the operator's command.
. "$(dirname "$0")/../lib.sh"
plan 16

load=$(cd "$(dirname "$0")/../../sql/data" && pwd)/load-rounds
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$load" --help >"$work/help" 2>&1
is "$?" 0 'help is no failure'
like "$(cat "$work/help")" 'Usage: load-rounds' 'and says how to use it'
"$load" --nonsense >"$work/out" 2>&1
is "$?" 2 'an unknown option is refused'
"$load" twenty >"$work/out" 2>&1
is "$?" 2 'a year that is none is refused'
"$load" --only-write "$work/none" 2030 >"$work/out" 2>&1
ok $(($? == 0)) 'a year without published figures makes no package'

"$load" --only-write "$work/a" >"$work/out" 2>&1
is "$?:$(cat "$work/out")" 0: 'all packages are written without a word'
is "$(cd "$work/a" && echo *)" '2019 2020 2021 2022 2023 2024' 'one for each year'
is "$(cd "$work/a/2022" && echo *)" 'criteria.csv marks.csv official.csv regions.csv round.json' 'with the files of the format'
"$load" --only-write "$work/b" >/dev/null 2>&1
diff -r "$work/a" "$work/b" >"$work/out" 2>&1
is "$(cat "$work/out")" '' 'the same figures make the same packages'

same=yes
for year in 2022 2023 2024; do
    cmp -s "$work/a/2021/criteria.csv" "$work/a/$year/criteria.csv" || same="criteria.csv of $year differs"
    [ "$(sed 's/.*"method"//' "$work/a/2021/round.json")" = "$(sed 's/.*"method"//' "$work/a/$year/round.json")" ] ||
        same="method of $year differs"
done
is "$same" yes 'the rounds from 2021 on have one method'
is "$(grep -c ^35.71, "$work/a/2022/marks.csv")" 11 'Kota Kediri 2022: five components and six dimensions'
like "$(grep ^35.71, "$work/a/2022/official.csv")" '^35.71,index,3.31,.*,https://' 'its official score has a source'
is "$(cat "$work"/a/*/*.csv | grep -c -e lemah -e KONFLIK -e 'tidak bertanggal')" 0 'nothing weak, in conflict or undated'

before=$("$TOLOK" rounds)
"$load" >"$work/out" 2>&1
is "$?:$(cat "$work/out")" 0: 'rounds that are published already are left alone'
is "$("$TOLOK" rounds)" "$before" 'and no publication is added'

"$TOLOK" export 2022 "$work/export" >/dev/null 2>&1
is "$(tr -d '\r' <"$work/export/marks.csv" | sort)" "$(sort "$work/a/2022/marks.csv")" 'the published marks are those of the package'
