#!/bin/sh
# The lines of page ranking from the round before, by hand: which are strong, what they are called, and where.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
# shellcheck source=tests/cgi/package.sh
. "${0%/*}/package.sh"
plan 20
workplace

# labels X: the heights of the labels that stand at X percent, from the top.
labels() { printf '%s\n' "$body" | grep -o "<text x=\"$1%\" dx=\"-*10\" y=\"[0-9.]*\"" | sed 's/.*y="//; s/"//' | sort -n; }
apart() { labels "$1" | awk 'NR > 1 && $1 - last < 18.9 {touching++} {last = $1} END {print NR, touching + 0}'; }

body=$(page /peringkat/2024 | body_of)
is "$(apart 12)" '6 0' 'all lines of a small round have a label on the left, none over another'
is "$(apart 44)" '6 0' 'and on the right'
is "$(printf '%s\n' "$body" | grep -o '<line class="rise"' | wc -l):$(printf '%s\n' "$body" | grep -o '<line class="calm"' | wc -l)" 5:1 'the five largest rises are strong'
like "$body" '<line class="calm" data-name="Kota Madiun" data-value="3.80" data-from="3.71"' 'the sixth is calm'
body=$(page /peringkat/simulasi jenis=kota | body_of)
is "$(apart 44)" '18 0' 'of many that a filter leaves, as many have a label as there is room'
is "$(printf '%s\n' "$body" | grep -o '<line class="rise"' | wc -l)" "$(page /peringkat/simulasi jenis=kota | body_of | grep -c 'dari <data')" 'and all are strong'
body=$(page /peringkat/simulasi pulau=papua | body_of)
is "$(printf '%s\n' "$body" | grep -c '<line class="rise"')" 0 'none is, when nobody passes'
unlike "$body" 'Garis tebal' 'and nothing is said about them'
is "$(page /peringkat/simulasi ukuran=governance.impact | body_of | grep -c 'id="lereng"')" 1 'any criterion has them'

# Two rounds of one method, in which less is better: one region falls from 60 to 20, the other rises from 10 to 15.
for year in 2021 2022; do
    good_package "$year"
    sed -i "s/\"uji\"/\"uji$year\"/; s/\"year\": 2022/\"year\": $year/; s/\"max\": \"4\"/\"max\": \"100\"/; s/_better\": true/_better\": false/" "$year/round.json"
    printf 'criterion,parent,weight,aggregate,round_step,kind,name_id,name_en\nindex,,,leaf,,index,Indeks,Index\n' >"$year/criteria.csv"
    rm "$year/official.csv"
done
printf 'region,criterion,value,status\n35.71,index,60,\n35.72,index,10,\n' >2021/marks.csv
printf 'region,criterion,value,status\n35.71,index,20,\n35.72,index,15,\n' >2022/marks.csv
for year in 2021 2022; do
    succeeds "a round of $year" "$TOLOK" import "$year"
    succeeds 'is published' "$TOLOK" publish "uji$year"
done
body=$(page /peringkat/uji2022 | body_of)
like "$body" '<line class="rise" data-name="Kota Kediri" data-value="20" data-from="60"' 'where less is better, who fell most is strong'
like "$body" '<line class="calm" data-name="Kota Blitar" data-value="15" data-from="10"' 'and who rose is not'
like "$body" 'Garis tebal: penurunan terbesar' 'which is said'
like "$body" 'Sumbu dari 10 sampai 60' 'on the piece of the scale that they need'
like "$body" 'x1="12%" y1="30" x2="44%" y2="158"' 'from its top, four fifths down'
like "$body" '1 dari 2 daerah nilainya naik' 'a rise is a rise'
unlike "$body" 'id="sebaran"' 'two values are no dots'
