#!/usr/bin/env python3
"""sqlmap tries every parameter of every page, in the query and in the path, and what a visitor sends along; the words that
are searched for also past the cache, and with all that it knows."""
import csv
import glob
import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

from attack import Instance, bad_site, failed_statements, need, pages
from tap import done, none, ok

LEVEL = ['--level', '3', '--risk', '2']
ALL_IT_KNOWS = ['--level', '5', '--risk', '3']
TEXTS = ('q', 'kelompok')    # parameters that take any text; all others are refused before any SQL
LIMIT = 900                  # seconds that one target may take

need('sqlmap')
here = Instance('sqlmap')
folder = tempfile.mkdtemp(prefix='tolok-sqlmap-')


class Scan:
    """One run of sqlmap: `names` are the parameters that it has to have tried."""

    def __init__(self, label, address, names, options):
        self.label, self.names, self.folder = label, names, tempfile.mkdtemp(dir=folder)
        self.command = ['sqlmap', '-u', address, '--batch', '--dbms', 'PostgreSQL', '--disable-coloring', '--threads', '2',
                        '--time-sec', '3', '--timeout', '20', '--output-dir', self.folder, *options]

    def run(self):
        ended = subprocess.run(['timeout', str(LIMIT), *self.command], env=dict(os.environ, HOME=self.folder), text=True,
                               errors='replace', stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.said, self.status = ended.stdout, ended.returncode
        return self

    def findings(self):
        """What sqlmap has noted, in its table of results and in its log of each target."""
        found = []
        for path in glob.glob(f'{self.folder}/results-*.csv'):
            with open(path, encoding='utf-8') as file:
                found += [row for row in csv.DictReader(file) if row.get('Parameter')]
        for path in glob.glob(f'{self.folder}/*/log'):
            with open(path, encoding='utf-8') as file:
                found += [line for line in file if line.strip()]
        return [f'{self.label}: {one}' for one in found]

    def faults(self):
        """Findings, and what was not tried."""
        found = self.findings()
        tried = re.findall(r"parameter '([^']+)' does not seem to be injectable", self.said)
        found += [f'{self.label}: {name} was not tried to the end' for name in self.names if not any(name in one for one in tried)]
        if self.status != 0 or 'all tested parameters do not appear to be injectable' not in self.said:
            found += [f'{self.label}: ended with {self.status}:', *self.said.splitlines()[-15:]]
        return found


def scans(base, past):
    """Each page's query as a whole, each component of its path, one page's headers, and texts past the cache too."""
    for page in pages():
        if page.query:
            yield Scan(f'{page.name} query', page.address(base), page.query, [*LEVEL, '-p', ','.join(page.query)])
        for component in page.components:
            yield Scan(f'{page.name} /{component}', base + page.marked(component), ['#1*'], LEVEL)
        for text in TEXTS:
            if text in page.query:
                yield Scan(f'{page.name} {text}, past the cache', page.address(past), [text], [*ALL_IT_KNOWS, '-p', text])
    yield Scan('headers', f'{base}/kota/kota-kediri', ['User-Agent', 'Referer', 'session'],
               [*LEVEL, '--cookie', 'session=a', '-p', 'user-agent,referer,session'])


control = Scan('control', f'{bad_site(here)}/?q=kota-kediri', ['q'], [*LEVEL, '-p', 'q', '--technique', 'BE']).run()
ok(control.findings() and 'is vulnerable' in control.said, 'sqlmap finds the hole in a page that has one',
   control.said.splitlines()[-15:])

queue = list(scans(here.base, f'http://127.0.0.1:{here.watch}'))
none([f'{page.name}: {answer.status}' for page in pages() if (answer := here.fetch(page.address(''))).status != 200],
     'it begins at pages that are there')
with ThreadPoolExecutor(2) as pool:
    for scan in pool.map(Scan.run, queue):
        none(scan.faults(), f'{scan.label}: sqlmap finds nothing in {", ".join(scan.names)}')
none(failed_statements(here), 'and no statement failed for what it wrote')
shutil.rmtree(folder)
done()
