#!/bin/sh
# Broken packages: what `tolok import` says about each, and that it writes nothing.
# shellcheck source=tests/lib.sh disable=SC1091,SC2016
. "${0%/*}/../lib.sh"
# shellcheck source=tests/cgi/package.sh
. "${0%/*}/package.sh"
workplace

# The form of the CSV files.
broken 'unknown column' 'marks.csv:1: colour: unknown column' \
    'sed -i "1s/\$/,colour/; 2,\$s/\$/,x/" marks.csv'
broken 'missing column' 'marks.csv:1: status: missing column' 'cut -d, -f1-3 marks.csv >m && mv m marks.csv'
broken 'column twice' 'marks.csv:1: value: second column of that name' 'sed -i "1s/status/value/" marks.csv
    sed -i "1s/\$/,status/; 2,\$s/\$/,/" marks.csv'
broken 'column without a name' 'regions.csv:1: "": unknown column' 'sed -i "s/\$/,/" regions.csv'
broken 'empty file' 'marks.csv:1: no header row' ': >marks.csv'
broken 'too few fields' 'marks.csv:3: 3 fields instead of 4' 'sed -i "3s/,value\$//" marks.csv'
broken 'too many fields' 'marks.csv:3: 5 fields instead of 4' 'sed -i "3s/\$/,/" marks.csv'
broken 'empty line' 'marks.csv:3: empty line' 'sed -i "2a\\\\" marks.csv && sed -n 3p marks.csv | grep -q "^\$"'
broken 'bad UTF-8' 'official.csv:2: byte 56: not valid UTF-8' 'sed -i "2s/A letter/A \\xff letter/" official.csv'
broken 'Latin-1' 'criteria.csv:3: byte 132: not valid UTF-8' 'sed -i "3s/Atas/\\xc4tas/" criteria.csv'
broken 'NUL' 'marks.csv:2: byte 40: NUL byte' 'sed -i "2s/3.5/3\\x005/" marks.csv'
broken 'byte order mark' 'marks.csv:1: byte 1: byte order mark' 'sed -i "1s/^/\\xef\\xbb\\xbf/" marks.csv'
broken 'bare carriage return' 'marks.csv:3: byte 51: carriage return that no line feed follows' 'sed -i "3s/,2/\\r,2/" marks.csv'
broken 'quote inside a field' 'marks.csv:3: byte 53: quote inside a field that does not begin with one' \
    'sed -i "3s/2/2\"/" marks.csv'
broken 'text after a quote' 'marks.csv:3: byte 55: text after the closing quote' 'sed -i "3s/,2,/,\"2\"x,/" marks.csv'
broken 'file cut short' 'official.csv:2: quoted field that is not closed before the end of the file' \
    'head -c 60 official.csv >o && mv o official.csv'
broken 'line of a record with line breaks' 'official.csv:4: value: "x9" is not a plain decimal number' \
    'printf "35.71,a,1,\"one\ntwo\",x\r\n35.72,a,x9,,\n" >>official.csv; sed -i 2d official.csv'
broken 'long field' 'marks.csv:2: value: longer than 10000 bytes' \
    'sed -i "2s/3.5/$(printf "%010001d" 1)/" marks.csv'

# Files of the package.
broken 'file missing' 'criteria.csv: missing' 'rm criteria.csv'
broken 'several missing' 'round.json: missing
regions.csv: missing' 'rm round.json regions.csv'
broken 'unknown file' 'notes.txt: not a file of the format tolok-round/1' ': >notes.txt'
broken 'hidden file' '.DS_Store: a hidden file, remove it' ': >.DS_Store'
broken 'folder' 'more: a folder inside the package' 'mkdir more'
broken 'link' 'marks.csv: a symbolic link' 'mv marks.csv ../elsewhere.csv; ln -s ../elsewhere.csv marks.csv'
broken 'pipe' 'marks.csv: not a regular file' 'rm marks.csv; mkfifo marks.csv'

# round.json.
broken 'cut JSON' 'round.json:9: the file ends before its JSON does' 'head -n 8 round.json >r && mv r round.json'
broken 'no JSON' 'round.json:5: not valid JSON: null expected' 'sed -i "5s/2022/nope/" round.json'
broken 'JSON list' 'round.json:1: not a JSON object' 'echo "[]" >round.json'
broken 'JSON that is not UTF-8' 'round.json:4: byte 68: not valid UTF-8' 'sed -i "4s/Putaran/\\xc4utaran/" round.json'
broken 'unknown key' 'round.json:9: method.colour: unknown key' 'sed -i "9s/\$/ \"colour\": \"red\",/" round.json'
broken 'unknown object' 'round.json:7: extra: unknown key' 'sed -i "7s/\$/ \"extra\": {\"a\": {\"b\": 1}},/" round.json'
broken 'missing keys' 'round.json: source: missing key
round.json: method.draws: missing key' 'sed -i "/source/d; /draws/d" round.json'
broken 'missing object' 'round.json: title: missing key' 'sed -i "/title/d" round.json'
broken 'key twice' 'round.json:7: year: second key of that name' 'sed -i "7s/\$/ \"year\": 2023,/" round.json'
broken 'wrong types' 'round.json:3: code: must be a string
round.json:5: year: must be an integer
round.json:6: simulated: must be true or false
round.json:17: method.draws: must be an integer
round.json:18: method.weight_spread: must be a string' 'sed -i "3s/\"uji\"/7/; 5s/2022/\"2022\"/; 6s/true/\"yes\"/; 17s/10/10.0/; 18s/\"0.25\"/0.25/" round.json'
broken 'object expected' 'round.json:4: title: must be an object' 'sed -i "4s/{.*}/\"x\"/" round.json'
broken 'words' 'round.json:2: format: "tolok-round/2" is not tolok-round/1
round.json:11: method.rounding: "up" is not half_up or half_even
round.json:12: method.rank_on: "mark" is not value or exact
round.json:13: method.ties: "first" is not competition or dense
round.json:14: method.missing: "" is not drop, scale_min or strict' 'sed -i "2s/.1\"/\\/2\"/; 11s/half_up/up/; 12s/\"value/\"mark/; 13s/competition/first/; 14s/drop//" round.json'
broken 'ranges' 'round.json:5: year: 1899 is not between 1900 and 2200
round.json:15: method.min_coverage: 1.01 is not between 0 and 1
round.json:17: method.draws: 10001 is not between 0 and 10000
round.json:18: method.weight_spread: 1 is not at least 0 and below 1' 'sed -i "5s/2022/1899/; 15s/0.5/1.01/; 17s/10/10001/; 18s/0.25/1.00/" round.json'
broken 'huge number' 'round.json:17: method.draws: 9999999999999999999 is not between 0 and 10000' \
    'sed -i "17s/10/9999999999999999999/" round.json'
broken 'decimals' 'round.json:10: method.scale.min: "1e1" is not a plain decimal number
round.json:15: method.min_coverage: ".5" is not a plain decimal number
round.json:18: method.weight_spread: missing' 'sed -i "10s/\"0\"/\"1e1\"/; 15s/0.5/.5/; 18s/0.25//" round.json'
broken 'scale upside down' 'round.json:10: method.scale.max: 4 is not greater than the minimum 4' \
    'sed -i "10s/\"0\"/\"4.0\"/" round.json; printf "region,criterion,value,status\n" >marks.csv; rm official.csv'
broken 'codes and names' 'round.json:3: code: "2022/2" is not a code: 1 to 64 of the characters A-Z a-z 0-9 . _ -
round.json:4: title.en: missing
round.json:4: title.id: holds a control character
round.json:9: method.version: missing' 'sed -i "3s/uji/2022\\/2/; 4s/Test round/ /; 4s/Putaran/A\\\\u0007B/; 9s/uji-1//" round.json'

# criteria.csv.
broken 'cycle' 'criteria.csv:3: parent: cycle: top > low > top' 'sed -i "3s/.*/top,low,1,mean,,component,Atas,Top/" criteria.csv
    echo "low,top,1,mean,,other,Bawah,Low" >>criteria.csv'
broken 'own parent' 'criteria.csv:3: parent: cycle: top > top' 'sed -i "3s/top,index/top,top/" criteria.csv'
broken 'two cycles' 'criteria.csv:7: parent: cycle: p > q > p
criteria.csv:9: parent: cycle: x > y > z > x' 'cat >>criteria.csv <<TEXT
p,q,1,mean,,other,P,P
q,p,1,mean,,other,Q,Q
x,z,1,mean,,other,X,X
y,x,1,mean,,other,Y,Y
z,y,1,mean,,other,Z,Z
TEXT'
broken 'weight 0' 'criteria.csv:4: weight: 0 is not positive' 'sed -i "4s/,1,/,0.00,/" criteria.csv'
broken 'weights' 'criteria.csv:2: weight: a root has no weight
criteria.csv:3: weight: "1,5" is not a plain decimal number
criteria.csv:4: weight: missing
criteria.csv:5: weight: -2 is not positive' 'sed -i "2s/,,,/,,1,/; 3s/,1,/,\"1,5\",/; 4s/,1,/,,/; 5s/,2,/,-2,/" criteria.csv'
broken 'words of criteria' 'criteria.csv:2: kind: "Index" is not index, component, dimension, subdimension, indicator or other
criteria.csv:3: aggregate: "sum" is not leaf, mean or geomean
criteria.csv:3: round_step: 0 is not positive
criteria.csv:4: name_en: missing' 'sed -i "2s/,index,/,Index,/; 3s/mean,,/sum,0,/; 4s/A\$//" criteria.csv'
broken 'tree of 301 levels' 'criteria.csv:7: parent: x0 stands on 301 levels, the most are 300' 'awk "BEGIN {
    print \"x0,,,mean,,other,X,X\"; for (i = 1; i <= 300; i++) print \"x\" i \",x\" i - 1 \",1,mean,,other,X,X\"
    print \"y,x300,1,leaf,,other,Y,Y\"}" >>criteria.csv'
broken 'code of a criterion' 'criteria.csv:2: criterion: "in dex" is not a code: 1 to 64 of the characters A-Z a-z 0-9 . _ -' \
    'sed -i "s/^index,/in dex,/; s/,index,\\([0-9]\\)/,in dex,\\1/" criteria.csv; sed -i s/,index,/,a,/ official.csv'
broken 'unknown parent' 'criteria.csv:6: parent: "indeks" is not a criterion of this file' 'sed -i "6s/index/indeks/" criteria.csv'
broken 'repeats' 'criteria.csv:6: aggregate: "mean" is not "leaf" as on line 5
criteria.csv:6: name_id: "C" is not "B" as on line 5
criteria.csv:6: round_step: "0.5" is not "" as on line 5' 'sed -i "6s/.*/b,index,0.5,mean,0.5,indicator,C,B/" criteria.csv'
broken 'edge twice' 'criteria.csv:6: parent: second row of b under top, the first is on line 5' 'sed -i "6s/index/top/" criteria.csv'
broken 'root twice' 'criteria.csv:7: parent: second root row of index, the first is on line 2' 'sed -n 2p criteria.csv >>criteria.csv'
broken 'root with a parent' 'criteria.csv:7: parent: top is a root on one row and has a parent on another, see line 3' \
    'echo "top,,,mean,,component,Atas,Top" >>criteria.csv'
broken 'leaf with children' 'criteria.csv:3: aggregate: top is a leaf but has children, see line 4
marks.csv:2: criterion: index is not a leaf' 'sed -i "3s/mean/leaf/" criteria.csv; sed -i "2s/,a,/,index,/" marks.csv'
broken 'node without children' 'criteria.csv:7: aggregate: lone is no leaf but has no children' \
    'echo "lone,index,1,geomean,,other,L,L" >>criteria.csv'
broken 'several roots of kind index' 'criteria.csv:7: kind: second root of kind index, the first is index on line 2' \
    'echo "second,,,leaf,,index,S,S" >>criteria.csv'
broken 'no criteria' 'criteria.csv: no criteria' 'sed -i 2,\$d criteria.csv; sed -i 2,\$d marks.csv; rm official.csv'

# regions.csv.
broken 'unknown region' 'regions.csv:3: region: 99.99 is not known (--new-regions would create it)' \
    'sed -i "s/35.72/99.99/" regions.csv marks.csv'
broken 'region twice' 'regions.csv:4: region: second row of 35.71, the first is on line 2' 'echo 35.71,,lain >>regions.csv'
broken 'region without a code' 'regions.csv:4: region: missing' 'echo ,x,umum >>regions.csv'
broken 'long group' 'regions.csv:2: group: longer than 200 characters' 'sed -i "2s/umum/$(printf %0201d 0)/" regions.csv'
broken 'no regions' 'regions.csv: no regions' 'sed -i 2,\$d regions.csv; sed -i 2,\$d marks.csv; rm official.csv'

# marks.csv and official.csv.
broken 'mark twice' 'marks.csv:6: criterion: second mark of "35.71" for "b", the first is on line 3' 'echo 35.71,b,2, >>marks.csv'
broken 'off the scale' 'marks.csv:2: value: 4.2 is off the scale 0 to 4
marks.csv:3: value: -0.5 is off the scale 0 to 4' 'sed -i "2s/3.5/4.20/; 3s/,2,/,-0.5,/" marks.csv'
broken 'no number' 'marks.csv:2: value: "3,5" is not a plain decimal number
marks.csv:3: value: "NaN" is not a plain decimal number
marks.csv:5: value: "+1" is not a plain decimal number' 'sed -i "2s/3.5/\"3,5\"/; 3s/,2,/,NaN,/; 5s/1.25/+1/" marks.csv'
broken 'too many digits' 'marks.csv:2: value: "3.0000000000000000000000000000001" has more than 30 digits on one side of the point' \
    'sed -i "2s/3.5/3.0000000000000000000000000000001/" marks.csv'
broken 'status' 'marks.csv:2: status: "ok" is not value, not_applicable or no_data
marks.csv:3: value: not empty although the status is no_data' 'sed -i "2s/\$/ok/; 3s/value/no_data/" marks.csv'
broken 'mark of a node' 'marks.csv:2: criterion: top is not a leaf' 'sed -i "2s/,a,/,top,/" marks.csv'
broken 'unknown criterion' 'marks.csv:2: criterion: "c" is not in criteria.csv' 'sed -i "2s/,a,/,c,/" marks.csv'
broken 'region that takes no part' 'marks.csv:5: region: "35.73" is not in regions.csv
official.csv:2: region: "35.73" is not in regions.csv' 'sed -i "5s/35.72/35.73/" marks.csv; sed -i "2s/35.71/35.73/" official.csv'
broken 'missing keys of a mark' 'marks.csv:6: criterion: missing
marks.csv:6: region: missing' 'echo ,,, >>marks.csv'
broken 'official figures' 'official.csv:3: value: missing
official.csv:4: criterion: second figure of "35.71" for "index", the first is on line 2
official.csv:5: criterion: "c" is not in criteria.csv
official.csv:6: value: "5." is not a plain decimal number' 'printf "35.72,a,,,\n35.71,index,2,,\n35.71,c,1,,\n35.72,top,5.,,\n" >>official.csv'
broken 'terminal escapes stay out of messages' 'marks.csv:2: criterion: "?[31ma" is not in criteria.csv
?[1m.csv: not a file of the format tolok-round/1' 'sed -i "2s/,a,/,\\x1b[31ma,/" marks.csv; : >"$(printf "\033[1m.csv")"'

# Consequences of what could not be read are not reported, everything else is.
broken 'several files' 'round.json:13: method.ties: "x" is not competition or dense
criteria.csv:4: 7 fields instead of 8
regions.csv:3: region: "a b" is not a code: 1 to 64 of the characters A-Z a-z 0-9 . _ -
marks.csv:3: value: 9 is off the scale 0 to 4
marks.csv:4: region: "35.72" is not in regions.csv
marks.csv:5: region: "35.72" is not in regions.csv' 'sed -i "13s/competition/x/" round.json; sed -i "4s/,A\$//" criteria.csv
    sed -i "3s/35.72/a b/" regions.csv; sed -i "3s/,2,/,9,/" marks.csv'

# SHA256SUMS.
broken 'digests' 'SHA256SUMS: round.json: not listed
SHA256SUMS:1: not a digest, two spaces and a file name
SHA256SUMS:3: marks.csv: the file'"'"'s digest is '"$(good_package sums && sha256sum <sums/marks.csv | cut -d' ' -f1)"'
SHA256SUMS:5: regions.csv: listed a second time
SHA256SUMS:6: other.csv: no such file in the package' 'sha256sum criteria.csv marks.csv regions.csv official.csv >s
    { echo nonsense; sed -n 1p s; sed -n 2s/^./x/p s | tr x 0; sed -n 3p s; sed -n 3p s; sed -n 4s/official/other/p s; sed -n 4p s; } >SHA256SUMS; rm s'
done_testing
