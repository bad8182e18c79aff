#!/usr/bin/env python3
"""Broken packages: what `tolok import` says about each, and that it writes nothing. The short form
imports every third, and every one that needs another folder; make test-all all of them."""
import hashlib
import itertools
import json
import os

from package import GOOD, Workplace, line, put, succeeds, summary, tolok
from tap import done, is_, none, ok

ALL = os.environ.get('TOLOK_ALL', '') not in ('', '0')
here, turns = Workplace(), itertools.count()


def encoded(text):
    return text if isinstance(text, bytes) else text.encode()


def at(name, *edits):
    """Changes lines of a file: (number, what stands there, what shall)."""
    def change(files):
        for number, old, new in edits:
            line(files, name, number, encoded(old), encoded(new))
    return change


def end(name, *edits):
    """Adds to the ends of lines: (number, text)."""
    def change(files):
        lines = files[name].split(b'\n')
        for number, text in edits:
            lines[number - 1] += encoded(text)
        files[name] = b'\n'.join(lines)
    return change


def more(name, *lines):
    def change(files):
        files[name] = files.get(name, b'') + b''.join(encoded(text) + b'\n' for text in lines)
    return change


def less(name, *numbers):
    """Takes lines away; without numbers all but the first."""
    def change(files):
        lines = files[name].splitlines(True)
        gone = numbers or range(2, len(lines) + 1)
        files[name] = b''.join(text for n, text in enumerate(lines, 1) if n not in gone)
    return change


def only(name, text):
    def change(files):
        files[name] = encoded(text)
    return change


def alter(name, how):
    def change(files):
        files[name] = how(files[name])
    return change


def without(*names):
    def change(files):
        for name in names:
            del files[name]
    return change


def everywhere(old, new, *names):
    def change(files):
        for name in names:
            files[name] = files[name].replace(encoded(old), encoded(new))
    return change


told = []  # every fault of a package that was refused


def broken(name, faults, *changes, after=None):
    """The good package after these changes, and after() in its folder, has exactly these faults,
    one a line."""
    files = dict(GOOD)
    for change in changes:
        change(files)
    told.extend(faults.split('\n'))
    if not ALL and after is None and next(turns) % 3 > 0:
        return
    put('package', files)
    if after:
        after()
    here.refused(name, f'{faults}\n{summary("package", faults.count(chr(10)) + 1)}', 'package')


# The form of the CSV files.
broken('unknown column', 'marks.csv:1: colour: unknown column',
       end('marks.csv', (1, ',colour'), *((n, ',x') for n in range(2, 6))))
broken('missing column', 'marks.csv:1: status: missing column',
       alter('marks.csv', lambda text: b''.join(row.rpartition(b',')[0] + b'\n'
                                                for row in text.splitlines())))
broken('column twice', 'marks.csv:1: value: second column of that name',
       at('marks.csv', (1, 'status', 'value')),
       end('marks.csv', (1, ',status'), *((n, ',') for n in range(2, 6))))
broken('column without a name', 'regions.csv:1: "": unknown column',
       end('regions.csv', (1, ','), (2, ','), (3, ',')))
broken('empty file', 'marks.csv:1: no header row', only('marks.csv', ''))
broken('too few fields', 'marks.csv:3: 3 fields instead of 4', at('marks.csv', (3, ',value', '')))
broken('too many fields', 'marks.csv:3: 5 fields instead of 4', end('marks.csv', (3, ',')))
broken('empty line', 'marks.csv:3: empty line', end('marks.csv', (2, '\n')))
broken('bad UTF-8', 'official.csv:2: byte 56: not valid UTF-8',
       at('official.csv', (2, 'A letter', b'A \xff letter')))
broken('Latin-1', 'criteria.csv:3: byte 132: not valid UTF-8',
       at('criteria.csv', (3, 'Atas', b'\xc4tas')))
broken('NUL', 'marks.csv:2: byte 40: NUL byte', at('marks.csv', (2, '3.5', '3\x005')))
broken('byte order mark', 'marks.csv:1: byte 1: byte order mark',
       alter('marks.csv', lambda text: b'\xef\xbb\xbf' + text))
broken('bare carriage return',
       'marks.csv:3: byte 51: carriage return that no line feed follows',
       at('marks.csv', (3, ',2', '\r,2')))
broken('quote inside a field',
       'marks.csv:3: byte 53: quote inside a field that does not begin with one',
       at('marks.csv', (3, '2', '2"')))
broken('text after a quote', 'marks.csv:3: byte 55: text after the closing quote',
       at('marks.csv', (3, ',2,', ',"2"x,')))
broken('file cut short',
       'official.csv:2: quoted field that is not closed before the end of the file',
       alter('official.csv', lambda text: text[:60]))
broken('line of a record with line breaks',
       'official.csv:4: value: "x9" is not a plain decimal number',
       more('official.csv', '35.71,a,1,"one', 'two",x\r', '35.72,a,x9,,'), less('official.csv', 2))
broken('long field', 'marks.csv:2: value: longer than 10000 bytes',
       at('marks.csv', (2, '3.5', '1'.zfill(10001))))

broken('semicolons', '\n'.join(
           f'{name}:1: separated by semicolons, the format has commas'
           for name in ('criteria.csv', 'regions.csv', 'marks.csv', 'official.csv')),
       *(alter(name, lambda text: text.replace(b'.', b'\0').replace(b',', b';')
               .replace(b'\0', b','))
         for name in ('criteria.csv', 'regions.csv', 'marks.csv', 'official.csv')))

# Files of the package.
broken('file missing', 'criteria.csv: missing', without('criteria.csv'))
broken('several missing', 'round.json: missing\nregions.csv: missing',
       without('round.json', 'regions.csv'))
broken('unknown file', 'notes.txt: not a file of a round package', more('notes.txt'))
broken('hidden file', '.rounds: a hidden file, remove it', more('.rounds'))
broken('file of the second format', 'minutes.txt: not a file of the format tolok-round/1',
       more('minutes.txt', 'Pleno'))
broken('texts of the second format', '''guide.csv:2: not as many fields as the header has
minutes.txt: byte 1: not valid UTF-8''',
       at('round.json', (2, '/1"', '/2"')), only('minutes.txt', b'\xff'),
       only('guide.csv', 'criterion,language\na,id,x\n'))
broken('folder', 'more: a folder inside the package', after=lambda: os.mkdir('package/more'))
broken('link', 'marks.csv: a symbolic link',
       after=lambda: (os.rename('package/marks.csv', 'elsewhere.csv'),
                      os.symlink('../elsewhere.csv', 'package/marks.csv')))
broken('pipe', 'marks.csv: not a regular file', without('marks.csv'),
       after=lambda: os.mkfifo('package/marks.csv'))

# round.json.
broken('cut JSON', 'round.json:9: the file ends before its JSON does',
       less('round.json', *range(9, 21)))
broken('no JSON', 'round.json:5: not valid JSON: null expected',
       at('round.json', (5, '2022', 'nope')))
broken('JSON list', 'round.json:1: not a JSON object', only('round.json', '[]\n'))
broken('JSON that is not UTF-8', 'round.json:4: byte 68: not valid UTF-8',
       at('round.json', (4, 'Putaran', b'\xc4utaran')))
broken('unknown key', 'round.json:9: method.colour: unknown key',
       end('round.json', (9, ' "colour": "red",')))
broken('unknown object', 'round.json:7: extra: unknown key',
       end('round.json', (7, ' "extra": {"a": {"b": 1}},')))
broken('missing keys', 'round.json: source: missing key\nround.json: method.draws: missing key',
       less('round.json', 7, 17))
broken('missing object', 'round.json: title: missing key', less('round.json', 4))
broken('key twice', 'round.json:7: year: second key of that name',
       end('round.json', (7, ' "year": 2023,')))
broken('wrong types', '''round.json:3: code: must be a string
round.json:5: year: must be an integer
round.json:6: simulated: must be true or false
round.json:17: method.draws: must be an integer
round.json:18: method.weight_spread: must be a string''',
       at('round.json', (3, '"uji"', '7'), (5, '2022', '"2022"'), (6, 'true', '"yes"'),
          (17, '10', '10.0'), (18, '"0.25"', '0.25')))
broken('object expected', 'round.json:4: title: must be an object',
       at('round.json', (4, '{"id": "Putaran uji", "en": "Test round"}', '"x"')))
broken('words', '''round.json:2: format: "tolok-round/3" is not tolok-round/1 or tolok-round/2
round.json:11: method.rounding: "up" is not half_up or half_even
round.json:12: method.rank_on: "mark" is not value or exact
round.json:13: method.ties: "first" is not competition or dense
round.json:14: method.missing: "" is not drop, scale_min or strict''',
       at('round.json', (2, '/1"', '/3"'), (11, 'half_up', 'up'), (12, '"value', '"mark'),
          (13, 'competition', 'first'), (14, 'drop', '')))
broken('code of a real round',
       'round.json:6: simulated: round 2022 is published as real, and stays so',
       at('round.json', (3, 'uji', '2022')))
broken('rule of the second format',
       'round.json:14: method.missing: "worst" is not drop, scale_min or strict',
       at('round.json', (14, 'drop', 'worst')))
broken('code that ends as a file does',
       'round.json:3: code: "2022.xlsx" ends as a file does, and would be lost in an address',
       at('round.json', (3, 'uji', '2022.xlsx')))
broken('ranges', '''round.json:5: year: 1899 is not between 1900 and 2200
round.json:15: method.min_coverage: 1.01 is not between 0 and 1
round.json:17: method.draws: 10001 is not between 0 and 10000
round.json:18: method.weight_spread: 1 is not at least 0 and below 1''',
       at('round.json', (5, '2022', '1899'), (15, '0.5', '1.01'), (17, '10', '10001'),
          (18, '0.25', '1.00')))
broken('huge number',
       'round.json:17: method.draws: 9999999999999999999 is not between 0 and 10000',
       at('round.json', (17, '10', '9999999999999999999')))
broken('decimals', '''round.json:10: method.scale.min: "1e1" is not a plain decimal number
round.json:15: method.min_coverage: ".5" is not a plain decimal number
round.json:18: method.weight_spread: missing''',
       at('round.json', (10, '"0"', '"1e1"'), (15, '0.5', '.5'), (18, '0.25', '')))
broken('scale upside down',
       'round.json:10: method.scale.max: 4 is not greater than the minimum 4',
       at('round.json', (10, '"0"', '"4.0"')),
       only('marks.csv', 'region,criterion,value,status\n'), without('official.csv'))
broken('codes and names', '''round.json:3: code: "2022/2" is not a code: \
1 to 64 of the characters A-Z a-z 0-9 . _ -
round.json:4: title.en: missing
round.json:4: title.id: holds a control character
round.json:9: method.version: missing''',
       at('round.json', (3, 'uji', '2022/2'), (4, 'Test round', ' '),
          (4, 'Putaran', 'A\\u0007B'), (9, 'uji-1', '')))

# criteria.csv.
broken('cycle', 'criteria.csv:3: parent: cycle: top > low > top',
       at('criteria.csv', (3, 'top,index', 'top,low')),
       more('criteria.csv', 'low,top,1,mean,,other,Bawah,Low'))
broken('own parent', 'criteria.csv:3: parent: cycle: top > top',
       at('criteria.csv', (3, 'top,index', 'top,top')))
broken('two cycles', '''criteria.csv:7: parent: cycle: p > q > p
criteria.csv:9: parent: cycle: x > y > z > x''',
       more('criteria.csv', *(f'{pair[0]},{pair[1]},1,mean,,other,{pair[0].upper()},X'
                              for pair in ('pq', 'qp', 'xz', 'yx', 'zy'))))
broken('weight 0', 'criteria.csv:4: weight: 0 is not positive',
       at('criteria.csv', (4, ',1,', ',0.00,')))
broken('weights', '''criteria.csv:2: weight: a root has no weight
criteria.csv:3: weight: "1,5" is not a plain decimal number
criteria.csv:4: weight: missing
criteria.csv:5: weight: -2 is not positive''',
       at('criteria.csv', (2, ',,,', ',,1,'), (3, ',1,', ',"1,5",'), (4, ',1,', ',,'),
          (5, ',2,', ',-2,')))
broken('words of criteria', '''criteria.csv:2: kind: "Index" is not index, component, dimension, \
subdimension, indicator or other
criteria.csv:3: aggregate: "sum" is not leaf, mean or geomean
criteria.csv:3: round_step: 0 is not positive
criteria.csv:4: name_en: missing''',
       at('criteria.csv', (2, ',index,', ',Index,'), (3, 'mean,,', 'sum,0,'), (4, ',A,A', ',A,')))
broken('tree of 301 levels',
       'criteria.csv:7: parent: x0 stands on 301 levels, the most are 300',
       more('criteria.csv', 'x0,,,mean,,other,X,X',
            *(f'x{i},x{i - 1},1,mean,,other,X,X' for i in range(1, 301)),
            'y,x300,1,leaf,,other,Y,Y'))
broken('code of a criterion', 'criteria.csv:2: criterion: "in dex" is not a code: '
       '1 to 64 of the characters A-Z a-z 0-9 . _ -',
       at('criteria.csv', *((n, 'index', 'in dex') for n in (2, 3, 6))),
       at('official.csv', (2, ',index,', ',a,')))
broken('unknown parent', 'criteria.csv:6: parent: "indeks" is not a criterion of this file',
       at('criteria.csv', (6, 'index', 'indeks')))
broken('repeats', '''criteria.csv:6: aggregate: "mean" is not "leaf" as on line 5
criteria.csv:6: name_id: "C" is not "B" as on line 5
criteria.csv:6: round_step: "0.5" is not "" as on line 5''',
       at('criteria.csv', (6, 'leaf,,indicator,B', 'mean,0.5,indicator,C')))
broken('edge twice',
       'criteria.csv:6: parent: second row of b under top, the first is on line 5',
       at('criteria.csv', (6, 'index', 'top')))
broken('root twice',
       'criteria.csv:7: parent: second root row of index, the first is on line 2',
       more('criteria.csv', 'index,,,mean,0.01,index,Indeks,Index'))
broken('root with a parent', 'criteria.csv:7: parent: top is a root on one row and has a parent on '
       'another, see line 3', more('criteria.csv', 'top,,,mean,,component,Atas,Top'))
broken('leaf with children', '''criteria.csv:3: aggregate: top is a leaf but has children, \
see line 4
marks.csv:2: criterion: index is not a leaf''',
       at('criteria.csv', (3, 'mean', 'leaf')), at('marks.csv', (2, ',a,', ',index,')))
broken('node without children',
       'criteria.csv:7: aggregate: lone is no leaf but has no children',
       more('criteria.csv', 'lone,index,1,geomean,,other,L,L'))
broken('several roots of kind index',
       'criteria.csv:7: kind: second root of kind index, the first is index on line 2',
       more('criteria.csv', 'second,,,leaf,,index,S,S'))
broken('no criteria', 'criteria.csv: no criteria', less('criteria.csv'), less('marks.csv'),
       without('official.csv'))

# regions.csv.
broken('unknown region',
       'regions.csv:3: region: 99.99 is not known, and new regions were not asked for',
       everywhere('35.72', '99.99', 'regions.csv', 'marks.csv'))
broken('region twice',
       'regions.csv:4: region: second row of 35.71, the first is on line 2',
       more('regions.csv', '35.71,,lain'))
broken('region without a code', 'regions.csv:4: region: missing', more('regions.csv', ',x,umum'))
broken('long group', 'regions.csv:2: group: longer than 200 characters',
       at('regions.csv', (2, 'umum', '0' * 201)))
broken('the name of another region',
       'regions.csv:2: name: 35.71 is "Kota Kediri", not "Kabupaten Banyuwangi"\n'
       'regions.csv:3: name: 35.72 is "Kota Blitar", not "Blitar"',
       at('regions.csv', (2, '35.71,', '35.71,Kabupaten Banyuwangi'), (3, ',,', ',Blitar,')))
broken('codes without their zeros', '''regions.csv:3: region: 35.1 is not known; 35.10 is, \
whose zeros a spreadsheet takes away''',
       everywhere('35.72', '35.1', 'regions.csv', 'marks.csv'))
broken('groups that look the same',
       'regions.csv:3: group: "U mum" and "umum" differ only in case or blanks',
       at('regions.csv', (3, 'umum', 'U mum')))
broken('no regions', 'regions.csv: no regions', less('regions.csv'), less('marks.csv'),
       without('official.csv'))

# marks.csv and official.csv.
broken('mark twice',
       'marks.csv:6: criterion: second mark of "35.71" for "b", the first is on line 3',
       more('marks.csv', '35.71,b,2,'))
broken('off the scale', '''marks.csv:2: value: 4.2 is off the scale 0 to 4
marks.csv:3: value: -0.5 is off the scale 0 to 4''',
       at('marks.csv', (2, '3.5', '4.20'), (3, ',2,', ',-0.5,')))
broken('no number', '''marks.csv:2: value: "3,5" is not a plain decimal number
marks.csv:3: value: "NaN" is not a plain decimal number
marks.csv:5: value: "+1" is not a plain decimal number''',
       at('marks.csv', (2, '3.5', '"3,5"'), (3, ',2,', ',NaN,'), (5, '1.25', '+1')))
broken('too many digits', 'marks.csv:2: value: "3.0000000000000000000000000000001" has more than '
       '30 digits on one side of the point',
       at('marks.csv', (2, '3.5', '3.0000000000000000000000000000001')))
broken('status', '''marks.csv:2: status: "ok" is not value, not_applicable or no_data
marks.csv:3: value: not empty although the status is no_data''',
       end('marks.csv', (2, 'ok')), at('marks.csv', (3, 'value', 'no_data')))
broken('mark of a node', 'marks.csv:2: criterion: top is not a leaf',
       at('marks.csv', (2, ',a,', ',top,')))
broken('unknown criterion', 'marks.csv:2: criterion: "c" is not in criteria.csv',
       at('marks.csv', (2, ',a,', ',c,')))
broken('region that takes no part', '''marks.csv:5: region: "35.73" is not in regions.csv
official.csv:2: region: "35.73" is not in regions.csv''',
       at('marks.csv', (5, '35.72', '35.73')), at('official.csv', (2, '35.71', '35.73')))
broken('missing keys of a mark', 'marks.csv:6: criterion: missing\nmarks.csv:6: region: missing',
       more('marks.csv', ',,,'))
broken('official figures', '''official.csv:3: value: missing
official.csv:4: criterion: second figure of "35.71" for "index", the first is on line 2
official.csv:5: criterion: "c" is not in criteria.csv
official.csv:6: value: "5." is not a plain decimal number''',
       more('official.csv', '35.72,a,,,', '35.71,index,2,,', '35.71,c,1,,', '35.72,top,5.,,'))
broken('terminal escapes stay out of messages', '''marks.csv:2: criterion: "?[31ma" is not in \
criteria.csv
?[1m.csv: not a file of a round package''',
       at('marks.csv', (2, ',a,', ',\x1b[31ma,')), more('\x1b[1m.csv'))

# Consequences of what could not be read are not reported, everything else is.
broken('several files', '''round.json:13: method.ties: "x" is not competition or dense
criteria.csv:4: 7 fields instead of 8
regions.csv:3: region: "a b" is not a code: 1 to 64 of the characters A-Z a-z 0-9 . _ -
marks.csv:3: value: 9 is off the scale 0 to 4
marks.csv:4: region: "35.72" is not in regions.csv
marks.csv:5: region: "35.72" is not in regions.csv''',
       at('round.json', (13, 'competition', 'x')), at('criteria.csv', (4, ',A,A', ',A')),
       at('regions.csv', (3, '35.72', 'a b')), at('marks.csv', (3, ',2,', ',9,')))

# SHA256SUMS.
digests = {name: hashlib.sha256(content).hexdigest() for name, content in GOOD.items()}
criteria, marks, regions, official = (
    f'{digests[name]}  {name}' for name in ('criteria.csv', 'marks.csv', 'regions.csv',
                                            'official.csv'))
broken('digests', f'''SHA256SUMS: round.json: not listed
SHA256SUMS:1: not a digest, two spaces and a file name
SHA256SUMS:3: marks.csv: the file's digest is {digests['marks.csv']}
SHA256SUMS:5: regions.csv: listed a second time
SHA256SUMS:6: other.csv: no such file in the package''',
       more('SHA256SUMS', 'nonsense', criteria, '0' + marks[1:], regions, regions,
            official.replace('official', 'other'), official))

# What is no fault, and may be an oversight, is told; what systems add and what stands beside a
# package is left aside. Marks as a spreadsheet writes them are read.
files = dict(GOOD)
at('round.json', (2, '/1"', '/2"'), (14, 'drop', 'worst'))(files)
at('regions.csv', (2, '35.71,,', '35.71,"kota  KEDIRI",'))(files)
at('marks.csv', (2, '3.5', '2.5e-7'))(files)
more('regions.csv', 'X1,Kota Blitar,umum')(files)
more('minutes.txt', 'Pleno ké-1')(files)
only('guide.csv', 'criterion,language,text\r\na,id,"Satu, dua"\r\n')(files)
more('.DS_Store')(files)
more('._marks.csv', 'x')(files)
more('README.txt', 'x')(files)
put('package', files)
said = tolok('import', '--new-regions', 'package')
is_(said.stderr.splitlines()[1:],
    ['criteria.csv:3: weight: note: the weights below index add up to 1.5',
     'criteria.csv:4: weight: note: the weights below top add up to 3',
     'regions.csv:4: name: note: X1 bears the name of 35.72, which is known'], 'notes of an import')
like = said.stderr.splitlines()[0]
ok(like in ('.DS_Store: note: left aside, as systems add it (2)',
            '._marks.csv: note: left aside, as systems add it (2)'), 'and what is left aside', like)
is_(said.stdout.split('\n')[0], 'uji: 3 regions (1 new), 4 criteria, 4 marks, 1 official figure',
    'it is taken')
succeeds('published', 'publish', 'uji')
succeeds('exported', 'export', 'uji', 'out')
for name in ('minutes.txt', 'guide.csv'):
    with open(f'out/{name}', 'rb') as file:
        is_(file.read(), files[name], f'{name} comes out as it came in')
with open('out/marks.csv', encoding='utf-8', newline='') as file:
    ok('35.71,a,0.00000025,value\r\n' in file.read(), 'a mark is a plain decimal')
with open('out/SHA256SUMS', encoding='utf-8') as file:
    is_([row.split('  ')[1].strip() for row in file],
        ['criteria.csv', 'guide.csv', 'marks.csv', 'minutes.txt', 'official.csv', 'regions.csv',
         'results.csv', 'round.json'], 'and each has its digest')
succeeds('what came out goes in', 'import', 'out')

# The desk says the same in Indonesian. A fault follows its place, behind one of the colons.
lines = json.dumps(told).replace("'", "''")
unsaid = here.sql(f'''
    select f.line from json_array_elements_text('{lines}') f (line)
    where not exists (
      select from generate_series(2, cardinality(string_to_array(f.line, ': '))) n
      cross join lateral (
        select array_to_string((string_to_array(f.line, ': '))[n:], ': ')) m (said)
      where act.fault_said('id', m.said) <> m.said)''')
none(unsaid.splitlines(), f'each of {len(told)} faults has its Indonesian sentence')
done()
