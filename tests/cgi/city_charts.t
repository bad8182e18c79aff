#!/bin/sh
# The drawings of pages city and report by hand: the ruler and the line of the years, on the programme's scale and on another.
# shellcheck source=tests/lib.sh disable=SC1091
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/cgi/package.sh
. "$(dirname "$0")/package.sh"
plan 27
workplace

# count REGEX: how often it stands in the page.
count() { printf '%s\n' "$body" | grep -Eo -e "$1" | wc -l; }

body=$(page /kota/kota-kediri putaran=2022 | body_of)
like "$body" '<line class="fill" x2="82.75%"' 'the ruler is filled up to 3.31 of 4'
is "$(count '<line class="t( on)?" ')" 39 'it has 40 parts'
is "$(count '<line class="t on" ')" 33 'those under the bar are light'
is "$(count 'y1="55" y2="77"')" 3 'three of its lines stand for whole points'
is "$(count 'y1="55" y2="70"')" 4 'four for half ones'
like "$body" '<text x="0%" y="116">0</text><text x="25%" y="116" text-anchor="middle">1</text>.*<text x="100%" y="116" text-anchor="end">4</text>' 'their labels'
like "$body" '<line class="lead-line" x1="85%" x2="85%" y1="5" y2="54"/><text x="85%" y="14" dx="-7" text-anchor="end">target daerah 3,40<' \
    'the target, farther from the middle, stands above'
like "$body" '<line class="lead-line" x1="76.5%" x2="76.5%" y1="25" y2="54"/><text x="76.5%" y="34" dx="-7" text-anchor="end">2021: 3,06<' 'the value before'
like "$body" 'x1="82.88%" x2="82.88%" y1="98" y2="136"/>.*hitungan kami 3,315' 'our own value below'
like "$body" 'Sumbu mulai dari 2\.' 'the line of the years begins in the middle of the scale'
like "$body" 'y1="236" y2="236"/><text y="231">2</text>.*y1="181" y2="181"/><text y="176">2,5</text>.*y1="16" y2="16"/><text y="11">4</text>' 'its levels'
is "$(count 'y="258" text-anchor="middle">20[0-9]{2}<')" 6 'six years'
like "$body" '<line class="calm" x1="26.8%" y1="140.3" x2="43.6%" y2="119.4"/>' 'thin from 2020 to 2021, since the method changed'
like "$body" '<line class="rise" x1="43.6%" y1="119.4" x2="60.4%" y2="91.9"/>' 'thick from 2021 to 2022'
is "$(count '<path class="target"')" 2 'a flag for each target'

body=$(page /kota/kota-kediri/2022 | body_of)
is "$(count '<line class="t( on)?" '):$(count '<path class="target"')" 39:0 'a report has the ruler and no line'
body=$(page /kota/kota-serang | body_of)
is "$(count '<svg class="ruler"|class="chart"')" 0 'without a value there is neither'

# A round from 0 to 100, twice: 20 and then 60, in two years of one method.
for year in 2021 2022; do
    good_package "$year"
    sed -i "s/\"uji\"/\"uji$year\"/; s/\"year\": 2022/\"year\": $year/; s/\"max\": \"4\"/\"max\": \"100\"/" "$year/round.json"
    printf 'criterion,parent,weight,aggregate,round_step,kind,name_id,name_en\nindex,,,leaf,,index,Indeks,Index\n' >"$year/criteria.csv"
    printf 'region,criterion,value,status\n35.71,index,%s,\n' $(((year - 2021) * 60)) >"$year/marks.csv"
    rm "$year/official.csv"
    succeeds "a round of $year" "$TOLOK" import "$year"
    succeeds 'is published' "$TOLOK" publish "uji$year"
done
body=$(page /kota/kota-kediri putaran=uji2022 | body_of)
like "$body" '<line class="fill" x2="60%"' 'a ruler from 0 to 100'
like "$body" '>0</text>.*<text x="50%" y="116" text-anchor="middle">50</text>.*>100</text>' 'with round labels'
is "$(count '<line class="t( on)?" ')" 19 'and ten parts to each'
like "$body" '<text y="231">0</text>.*<text y="187">20</text>.*<text y="11">100</text>' 'the line of the years too'
unlike "$body" 'Sumbu mulai' 'from the beginning of the scale'
like "$body" 'cx="10%" cy="236" r="6"/><text class="strong" x="10%" y="224"' 'a lowest value is written above its dot'
