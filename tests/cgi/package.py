"""Round packages for the tests of `tolok`, in a database and a folder of the test's own."""
import atexit
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import pages  # noqa: E402 (the path comes first)
import psql  # noqa: E402
from tap import is_, ok  # noqa: E402

ALL = os.environ.get('TOLOK_ALL', '') not in ('', '0')

# A sound package of two known regions, a tree of three levels and one official figure.
GOOD = {
    'round.json': b'''{
  "format": "tolok-round/1",
  "code": "uji",
  "title": {"id": "Putaran uji", "en": "Test round"},
  "year": 2022,
  "simulated": true,
  "source": "tests",
  "method": {
    "version": "uji-1",
    "scale": {"min": "0", "max": "4"},
    "rounding": "half_up",
    "rank_on": "value",
    "ties": "competition",
    "missing": "drop",
    "min_coverage": "0.5",
    "higher_is_better": true,
    "draws": 10,
    "weight_spread": "0.25"
  }
}
''',
    'criteria.csv': b'''criterion,parent,weight,aggregate,round_step,kind,name_id,name_en
index,,,mean,0.01,index,Indeks,Index
top,index,1,mean,,component,Atas,Top
a,top,1,leaf,,indicator,A,A
b,top,2,leaf,,indicator,B,B
b,index,0.5,leaf,,indicator,B,B
''',
    'regions.csv': b'region,name,group\n35.71,,umum\n35.72,,umum\n',
    'marks.csv': (
        b'region,criterion,value,status\n35.71,a,3.5,\n35.71,b,2,value\n35.72,a,,\n35.72,b,1.25,\n'
    ),
    'official.csv': b'region,criterion,value,note,source\n35.71,index,2.4,,"A letter, page 3"\n',
}
# All that the database holds, in one digest.
CONTENTS = '''
    select md5(string_agg(t, E'\\n' order by t)) from (
      select 'region' || r::text as t from data.region r union all
      select 'round' || r::text from data.round r union all
      select 'method' || m::text from data.method m union all
      select 'criterion' || c::text from data.criterion c union all
      select 'edge' || e::text from data.criterion_edge e union all
      select 'intake' || i::text from data.intake i union all
      select 'participant' || p::text from data.participant p union all
      select 'mark' || m::text from data.mark m union all
      select 'official' || o::text from data.official o union all
      select 'publication' || p::text from data.publication p) x'''


class Workplace:
    """A copy of all data, which `tolok` uses from here on, and a folder, which becomes the current
    one; both are gone at the end. What the database holds now no refusal may change."""

    def __init__(self):
        self.database, self.refusals = psql.scratch(), 0
        self.sql = psql.Session(self.database)
        host = os.environ['PGHOST']
        os.environ['TOLOK_DB'] = f"host='{host}' dbname={self.database} user=tolok_admin"
        folder = tempfile.mkdtemp()
        atexit.register(shutil.rmtree, folder)
        os.chdir(folder)
        self.remember()

    def contents(self):
        return self.sql(CONTENTS)

    def remember(self):
        """To be called again after an import."""
        self.before = self.contents()

    def round_of(self, year, values, higher_is_better=True):
        """Publishes a round of one criterion from 0 to 100, with a value for each region; pages are
        made of this database from here on."""
        files = dict(GOOD)
        for number, old, new in (
            (3, '"uji"', f'"uji{year}"'),
            (5, '2022', str(year)),
            (10, '"4"', '"100"'),
            (16, 'true', str(higher_is_better).lower()),
        ):
            line(files, 'round.json', number, old.encode(), new.encode())
        rows = {
            'criteria.csv': ['index,,,leaf,,index,I,I'],
            'marks.csv': [f'{region},index,{value},' for region, value in values.items()],
        }
        for name, lines in rows.items():
            head = GOOD[name].split(b'\n')[0].decode()
            files[name] = '\n'.join([head, *lines, '']).encode()
        del files['official.csv']
        put(str(year), files)
        succeeds(f'a round of {year}', 'import', str(year))
        succeeds('is published', 'publish', f'uji{year}')
        pages.database = self.database

    def another(self):
        """Another session of the database."""
        return psql.Session(self.database)

    def refusal(self, statement):
        """What the database says to a statement that it refuses."""
        try:
            return f'done: {self.sql(statement)}'
        except subprocess.CalledProcessError as error:
            return error.stderr

    def refused(self, name, expected, *words):
        """`tolok import WORD...` ends with 1, says exactly what is expected, prints no result and
        leaves the database as it was, which the short form asks after every fourth."""
        said = tolok('import', *words)
        is_((said.returncode, said.stdout), (1, ''), f'{name}: refused')
        is_(said.stderr.rstrip('\n'), expected, f'{name}: the words')
        self.refusals += 1
        if ALL or self.refusals % 4 == 1:
            is_(self.contents(), self.before, f'{name}: nothing written')


def tolok(*words, before=None, **variables):
    """Runs the command, with other variables or without those that are None; before() is called in
    its process."""
    environment = {**os.environ, **variables}
    environment = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run(
        [os.environ['TOLOK'], *words],
        capture_output=True,
        encoding='utf-8',
        check=False,
        stdin=subprocess.DEVNULL,
        env=environment,
        preexec_fn=before,
    )


def succeeds(name, *words):
    """What `tolok` says is shown when it fails."""
    said = tolok(*words)
    ok(said.returncode == 0, name, said.stdout + said.stderr)


def summary(package, faults):
    """The line after so many faults."""
    return f'tolok: import: {package}: {faults} fault{"s"[faults == 1:]}, nothing was imported'


def put(folder, files):
    """Writes the files of a package, from their names and bytes, over what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    for name, content in files.items():
        with open(f'{folder}/{name}', 'wb') as file:
            file.write(content)


def line(files, name, number, old, new):
    """Replaces a text that stands in that line, at its first place."""
    lines = files[name].split(b'\n')
    assert old in lines[number - 1], (name, lines[number - 1], old)
    lines[number - 1] = lines[number - 1].replace(old, new, 1)
    files[name] = b'\n'.join(lines)
