#!/bin/sh
# The drawings of pages city and report by hand: the ruler and the line of the years, on the programme's scale and on another.
# shellcheck source=tests/lib.sh disable=SC1091
. "${0%/*}/../lib.sh"
# shellcheck source=tests/cgi/package.sh
. "${0%/*}/package.sh"
plan 35
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
is "$(count '<line class="rise"[^>]*>')" 1 'rounds of one method are joined, and no others'
like "$body" '<line class="rise" x1="43.6%" y1="119.4" x2="60.4%" y2="91.9"/>' 'those of 2021 and 2022'
like "$body" '<line class="calm" stroke-dasharray="2 5" x1="35.2%" x2="35.2%" y1="16" y2="236"/>' 'between 2020 and 2021, where the method changed, is a break'
like "$body" 'cx="43.6%" cy="119.4" r="6" data-name="2021" data-value="3.06"/>' 'a dot bears its round and its value'
is "$(count '<path class="target"')" 2 'a flag for each target'

# The profile: value, median and quartiles of each dimension, where the group has some.
like "$body" '<svg y="66"><text class="strong" y="14">Branding</text><text x="100%" y="14" text-anchor="end">2,75</text>' 'the dimensions below each other'
like "$body" '<svg class="dim branding" x="68.75%" y="32"><use href="#branding" data-name="Branding" data-value="2.75"/></svg>' 'with the shape of each at its value'
is "$(count '<line class="med"')" 0 'a group of one has no median'
like "$body" '^<small>n 1</small>' 'and says that it has one'
body=$(page /kota/kota-kediri putaran=simulasi | body_of)
group() {
    sql "select trim_scale($1) from pub.group_stat f join pub.publication p on p.id = f.publication and p.current
         where p.round = 'simulasi' and f.criterion = 'governance'"
}
like "$body" "<rect class=\"box\" x=\"$(group f.quartile_at)%\" width=\"$(group f.quartile_width)%\" y=\"22\" height=\"20\"/>" 'a box from quartile to quartile'
like "$body" "x1=\"$(group f.median_at)%\" x2=\"$(group f.median_at)%\" y1=\"20\" y2=\"44\" data-name=\"Governance\" data-value=\"$(group f.median)\"/>" \
    'and a line at the median'
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
like "$body" 'cx="10%" cy="236" r="6" data-name="[^"]*" data-value="0"/><text class="strong" x="10%" y="224"' 'a lowest value is written above its dot'
