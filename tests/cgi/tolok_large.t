#!/usr/bin/env python3
"""Large packages: faults among 100,000 rows, more faults than are shown, and an import of 514
regions x 100 leaves."""
import re
import time

from package import GOOD, Workplace, put, summary, tolok
from tap import done, is_, ok

here = Workplace()


def large(regions, leaves):
    """The good package with so many new regions and their marks."""
    files = dict(GOOD)
    del files['official.csv']
    codes = [f'r{i:04}' for i in range(regions)]
    files['regions.csv'] = 'region,name,group\n' + ''.join(
        f'{code},Region {code},g{i % 3}\n' for i, code in enumerate(codes)
    )
    files['criteria.csv'] = (
        'criterion,parent,weight,aggregate,round_step,kind,name_id,name_en\n'
        'index,,,mean,0.01,index,I,I\n'
        + ''.join(f'n{node},index,1,mean,,dimension,N,N\n' for node in range(10))
        + ''.join(f'l{leaf},n{leaf % 10},1,leaf,,indicator,L,L\n' for leaf in range(leaves))
    )
    files['marks.csv'] = 'region,criterion,value,status\n' + ''.join(
        f'{code},l{leaf},{(i + leaf) % 4}.{i * leaf % 100:02},\n'
        for i, code in enumerate(codes)
        for leaf in range(leaves)
    )
    return files


def write(files):
    put(
        'package',
        {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()},
    )


def within(seconds, since, name):
    took = time.monotonic() - since
    ok(took <= seconds, f'{name}: {1000 * took:.0f} ms')


files = large(1000, 100)
rows = files['marks.csv'].split('\n')
rows[77777] = re.sub(',[0-9.]*,$', ',4.01,', rows[77777])
write({**files, 'marks.csv': '\n'.join(rows)})
began = time.monotonic()
here.refused(
    'one fault in 100,000 rows',
    f'marks.csv:77778: value: 4.01 is off the scale 0 to 4\n{summary("package", 1)}',
    '--new-regions',
    'package',
)
within(20, began, 'it is found soon')

files = large(100, 100)
files['marks.csv'] = re.sub(',[0-9.]+,\n', ',x,\n', files['marks.csv'])
write(files)
said = tolok('import', 'package', '--new-regions')
lines = said.stderr.splitlines()
is_(said.returncode, 1, 'more faults than are shown')
is_(len(lines), 1002, 'a thousand of them, how many more, and a summary')
is_(
    [lines[0], *lines[999:]],
    [
        'marks.csv:2: value: "x" is not a plain decimal number',
        'marks.csv:1001: value: "x" is not a plain decimal number',
        '... and 9000 more faults',
        summary('package', 10000),
    ],
    'in the order of lines',
)
is_(here.contents(), here.before, 'nothing written')

# Faults of form and of meaning together: 100 in regions.csv, then those of marks.csv.
files['regions.csv'] = files['regions.csv'].replace(',Region', ',').replace(',g', ',\t')
files['regions.csv'] = files['regions.csv'].replace('name,\troup', 'name,group')
files['marks.csv'] = files['marks.csv'].replace(',\n', '\n')
write(files)
lines = tolok('import', 'package', '--new-regions').stderr.splitlines()
is_(
    [lines[0], *lines[99:101], *lines[1000:]],
    [
        'regions.csv:2: group: holds a control character',
        'regions.csv:101: group: holds a control character',
        'marks.csv:2: 3 fields instead of 4',
        '... and 9100 more faults',
        summary('package', 10100),
    ],
    'files in the order of the format',
)

write(large(514, 100))
began = time.monotonic()
is_(
    tolok('import', '--new-regions', 'package').stdout.split('\n')[0],
    'uji: 514 regions (514 new), 111 criteria, 51400 marks, 0 official figures',
    '514 regions x 100 leaves',
)
within(20, began, 'imported soon')
began = time.monotonic()
is_(
    tolok('import', 'package').stdout.split('\n')[1],
    'uji: the draft before it is replaced',
    'and once more over its own draft',
)
within(20, began, 'replaced soon')
done()
