#!/usr/bin/env python3
"""The packages of the real years: written from the published figures, imported and published by the
operator's command."""
import glob
import json
import os
import re
import subprocess

from package import Workplace, tolok
from tap import done, is_, none, ok

here = Workplace()
SQL = f"{os.environ['ROOT']}/sql"


def load(*words, folder=f'{SQL}/data'):
    """How load-rounds ends, and what it says."""
    said = subprocess.run(
        [f'{SQL}/load-rounds', folder, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return said.returncode, said.stdout


def read(path):
    with open(path, encoding='utf-8', newline='') as file:
        return file.read()


def written(folder):
    """The files below a folder, by their names."""
    return {path.removeprefix(f'{folder}/'): read(path) for path in glob.glob(f'{folder}/*/*')}


status, said = load(folder='--help')
is_(status, 0, 'help is no failure')
ok('Usage: load-rounds' in said, 'and says how to use it', said)
is_(load('--nonsense')[0], 2, 'an unknown option is refused')
status, said = load('2030')
ok(
    status == 2 and 'no round of this folder: 2030' in said,
    'a year that has no round is refused',
    said,
)
is_(load(folder=f'{SQL}/pub')[0], 2, 'a folder without rounds is refused')

is_(load('--only-write', 'a'), (0, ''), 'all packages are written without a word')
is_(sorted(os.listdir('a')), ['2019', '2020', '2021', '2022', '2023', '2024'], 'one for each year')
is_(
    sorted(os.listdir('a/2022')),
    ['criteria.csv', 'marks.csv', 'official.csv', 'regions.csv', 'round.json'],
    'with the files of the format',
)
load('--only-write', 'b')
is_(written('b'), written('a'), 'the same figures make the same packages')

method = json.loads(read('a/2021/round.json'))['method']
none(
    [
        year
        for year in ('2022', '2023', '2024')
        if read(f'a/{year}/criteria.csv') != read('a/2021/criteria.csv')
        or json.loads(read(f'a/{year}/round.json'))['method'] != method
    ],
    'the rounds from 2021 on have one method',
)
marks = read('a/2022/marks.csv')
is_(
    len(re.findall(r'^35\.71,', marks, re.M)),
    11,
    'Kota Kediri 2022: five components and six dimensions',
)
ok(
    re.search(r'^35\.71,index,3\.31,.*,https://', read('a/2022/official.csv'), re.M),
    'its official score has a source',
)
none(
    [
        f'{name}: {word}'
        for name, text in written('a').items()
        if name.endswith('.csv')
        for word in ('lemah', 'KONFLIK', 'tidak bertanggal')
        if word in text
    ],
    'nothing weak, in conflict or undated',
)

before = tolok('rounds').stdout
is_(load(), (0, ''), 'rounds that are published already are left alone')
is_(tolok('rounds').stdout, before, 'and no publication is added')

status, said = load('2022')
ok(
    status == 1 and 'nothing of round 2022 differs from publication 1' in said,
    'a year that is asked for is not published anew when nothing has changed',
    said,
)
here.sql("""update data.published_figure set note = 'Ditinjau ulang.'
            where year = 2022 and measure = 'overall' and region = '35.71'""")
status, said = load('2022')
ok(
    status == 0 and said.startswith('2022: publication 2'),
    'but when a fact has',
    said,
)
ok(re.search('^2024 .*published 1 ', tolok('rounds').stdout, re.M), 'and no other')

tolok('export', '2022', 'export')
is_(
    sorted(read('export/marks.csv').replace('\r', '').split('\n')),
    sorted(marks.split('\n')),
    'the published marks are those of the package',
)
done()
