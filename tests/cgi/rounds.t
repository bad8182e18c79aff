#!/bin/sh
# The packages of the real years: written from the published figures, imported and published by the operator's command.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
. "${0%/*}/package.sh"
plan 18
workplace
load() { "$ROOT/sql/load-rounds" "$ROOT/sql/data" "$@"; }

"$ROOT/sql/load-rounds" --help >help 2>&1
is "$?" 0 'help is no failure'
like "$(cat help)" 'Usage: load-rounds' 'and says how to use it'
load --nonsense >out 2>&1
is "$?" 2 'an unknown option is refused'
load 2030 >out 2>&1
like "$?:$(cat out)" '^2:.*no round of this folder: 2030' 'a year that has no round is refused'
"$ROOT/sql/load-rounds" "$ROOT/sql/pub" >out 2>&1
is "$?" 2 'a folder without rounds is refused'

load --only-write a >out 2>&1
is "$?:$(cat out)" 0: 'all packages are written without a word'
is "$(cd a && echo *)" '2019 2020 2021 2022 2023 2024' 'one for each year'
is "$(cd a/2022 && echo *)" 'criteria.csv marks.csv official.csv regions.csv round.json' 'with the files of the format'
load --only-write b >/dev/null 2>&1
diff -r a b >out 2>&1
is "$(cat out)" '' 'the same figures make the same packages'

same=yes
for year in 2022 2023 2024; do
    cmp -s a/2021/criteria.csv "a/$year/criteria.csv" || same="criteria.csv of $year differs"
    [ "$(sed 's/.*"method"//' a/2021/round.json)" = "$(sed 's/.*"method"//' "a/$year/round.json")" ] ||
        same="method of $year differs"
done
is "$same" yes 'the rounds from 2021 on have one method'
is "$(grep -c ^35.71, a/2022/marks.csv)" 11 'Kota Kediri 2022: five components and six dimensions'
like "$(grep ^35.71, a/2022/official.csv)" '^35.71,index,3.31,.*,https://' 'its official score has a source'
is "$(cat a/*/*.csv | grep -c -e lemah -e KONFLIK -e 'tidak bertanggal')" 0 'nothing weak, in conflict or undated'

before=$("$TOLOK" rounds)
load >out 2>&1
is "$?:$(cat out)" 0: 'rounds that are published already are left alone'
is "$("$TOLOK" rounds)" "$before" 'and no publication is added'

load 2022 >out 2>&1
like "$?:$(cat out)" '^0:2022: publication 2' 'a year that is asked for is published anew'
like "$("$TOLOK" rounds)" '^2024 .*published 1 ' 'and no other'

"$TOLOK" export 2022 export >/dev/null 2>&1
is "$(tr -d '\r' <export/marks.csv | sort)" "$(sort a/2022/marks.csv)" 'the published marks are those of the package'
