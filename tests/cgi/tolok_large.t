#!/bin/sh
# Large packages: faults among 100,000 rows, more faults than are shown, and an import of 514 regions x 100 leaves.
# shellcheck source=tests/lib.sh disable=SC1091,SC2016
. "${0%/*}/../lib.sh"
# shellcheck source=tests/cgi/package.sh
. "${0%/*}/package.sh"
workplace
good_package package

# large REGIONS LEAVES: writes that many new regions and their marks over the package's.
large() {
    python3 - "$1" "$2" <<'PYTHON'
import sys
regions, leaves = int(sys.argv[1]), int(sys.argv[2])
codes = ["r%04d" % i for i in range(regions)]
with open("package/regions.csv", "w") as out:
    out.write("region,name,group\n" + "".join("%s,Region %s,g%d\n" % (c, c, i % 3) for i, c in enumerate(codes)))
with open("package/criteria.csv", "w") as out:
    out.write("criterion,parent,weight,aggregate,round_step,kind,name_id,name_en\nindex,,,mean,0.01,index,I,I\n")
    for node in range(10):
        out.write("n%d,index,1,mean,,dimension,N,N\n" % node)
    for leaf in range(leaves):
        out.write("l%d,n%d,1,leaf,,indicator,L,L\n" % (leaf, leaf % 10))
with open("package/marks.csv", "w") as out:
    out.write("region,criterion,value,status\n")
    for i, c in enumerate(codes):
        for leaf in range(leaves):
            out.write("%s,l%d,%d.%02d,\n" % (c, leaf, (i + leaf) % 4, (i * leaf) % 100))
PYTHON
    rm -f package/official.csv
}

# within SECONDS SINCE NAME: milliseconds since the epoch.
now() { date +%s%3N; }
within() {
    took=$(($(now) - $2))
    ok $((took <= $1 * 1000)) "$3: $took ms"
}

large 1000 100
sed -i '77778s/,[0-9.]*,$/,4.01,/' package/marks.csv
began=$(now)
refused 'one fault in 100,000 rows' "marks.csv:77778: value: 4.01 is off the scale 0 to 4
tolok: import: package: 1 fault, nothing was imported" --new-regions package
within 20 "$began" 'it is found soon'

large 100 100
awk -F, -v OFS=, 'NR > 1 {$3 = "x"} {print}' package/marks.csv >m && mv m package/marks.csv
"$TOLOK" import package --new-regions 2>said
is "$?" 1 'more faults than are shown'
is "$(wc -l <said)" 1002 'a thousand of them, how many more, and a summary'
is "$(sed -n '1p; 1000,$p' said)" 'marks.csv:2: value: "x" is not a plain decimal number
marks.csv:1001: value: "x" is not a plain decimal number
... and 9000 more faults
tolok: import: package: 10000 faults, nothing was imported' 'in the order of lines'
is "$(contents)" "$before" 'nothing written'

# Faults of form and of meaning together: 100 in regions.csv, then those of marks.csv.
sed -i '2,101s/,Region/,/; 2,101s/,g/,\t/' package/regions.csv
sed -i '2,$s/,$//' package/marks.csv
"$TOLOK" import package --new-regions 2>said
is "$(sed -n '1p; 100,101p; 1001,$p' said)" 'regions.csv:2: group: holds a control character
regions.csv:101: group: holds a control character
marks.csv:2: 3 fields instead of 4
... and 9100 more faults
tolok: import: package: 10100 faults, nothing was imported' 'files in the order of the format'

large 514 100
began=$(now)
is "$("$TOLOK" import --new-regions package 2>&1 | head -n 1)" \
    'uji: 514 regions (514 new), 111 criteria, 51400 marks, 0 official figures' '514 regions x 100 leaves'
within 20 "$began" 'imported soon'
began=$(now)
is "$("$TOLOK" import package 2>&1 | sed -n 2p)" 'uji: the draft before it is replaced' 'and once more over its own draft'
within 20 "$began" 'replaced soon'
done_testing
