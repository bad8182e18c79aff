"""The two scanners: how they are called, and what they have found."""
import atexit
import csv
import glob
import json
import os
import re
import shutil
import subprocess
import tempfile

# sqlmap: how much it tries, and how long one target may take, in seconds.
LEVEL = ['--level', '3', '--risk', '2']
LIMIT = 900
# wapiti: seconds for the crawl, and for each module.
CRAWL, ATTACK = (180, 120) if os.environ.get('TOLOK_ALL') else (60, 45)
# wapiti's modules. Left out: those that need another site or a list from one (ssrf, xxe, nikto,
# wapp), and those that guess what is not here: passwords of a login (brute_login_form) and folders
# by a dictionary (buster; tests/http/exposed.t has its own).
MODULES = 'all,-ssrf,-xxe,-nikto,-wapp,-brute_login_form,-buster'
# What is no fault, word for word. X-XSS-Protection steered a filter that browsers had until 2019;
# "1", which wapiti asks for, let a page be made to lose scripts of its own, so that the advice
# since then is to leave it out. Our policy, which allows no script but a file of ours, does what it
# was for.
ARGUED = [('HTTP Secure Headers', 'GET', '/', 'X-XSS-Protection is not set')]

FOLDER = tempfile.mkdtemp(prefix='tolok-attack-')
atexit.register(shutil.rmtree, FOLDER)


class SqlMap:
    """One run of sqlmap: `names` are the parameters that it has to have tried."""

    def __init__(self, label, address, names, options):
        self.label, self.names, self.folder = label, names, tempfile.mkdtemp(dir=FOLDER)
        self.command = [
            'sqlmap',
            '-u',
            address,
            '--batch',
            '--dbms',
            'PostgreSQL',
            '--disable-coloring',
            '--threads',
            '2',
            '--time-sec',
            '3',
            '--timeout',
            '20',
            '--output-dir',
            self.folder,
            *options,
        ]

    def run(self):
        ended = subprocess.run(
            ['timeout', str(LIMIT), *self.command],
            env=dict(os.environ, HOME=self.folder),
            text=True,
            errors='replace',
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
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
        found += [
            f'{self.label}: {name} was not tried to the end'
            for name in self.names
            if not any(name in one for one in tried)
        ]
        if (
            self.status != 0
            or 'all tested parameters do not appear to be injectable' not in self.said
        ):
            found += [f'{self.label}: ended with {self.status}:', *self.said.splitlines()[-15:]]
        return found


def wapiti(name, base, starts, modules, *more):
    """What wapiti reports: (category, method, path, what it says) of each finding, its address
    lists, and its own words."""
    store = f'{FOLDER}/{name}'
    command = [
        'wapiti',
        '-u',
        f'{base}/',
        '--scope',
        'folder',
        '-m',
        modules,
        '-d',
        '2',
        '--max-links-per-page',
        '60',
        '--max-files-per-dir',
        '12',
        '--max-scan-time',
        str(CRAWL),
        '--max-attack-time',
        str(ATTACK),
        '-S',
        'normal',
        '-t',
        '20',
        '--flush-session',
        '--store-session',
        f'{store}-session',
        '--store-config',
        f'{store}-config',
        '--no-bugreport',
        '-f',
        'json',
        '-o',
        f'{store}.json',
        '-v',
        '1',
        *more,
    ]
    for start in starts:
        command += ['-s', start]
    ended = subprocess.run(
        command,
        env=dict(os.environ, HOME=FOLDER),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors='replace',
    )
    try:
        with open(f'{store}.json', encoding='utf-8') as file:
            report = json.load(file)
    except OSError:
        return None, ended.stdout
    found = [
        (category, entry['method'], entry['path'], entry['info'])
        for kind in ('vulnerabilities', 'anomalies', 'additionals')
        for category, entries in report[kind].items()
        for entry in entries
    ]
    return found, ended.stdout


def last(said):
    return said.splitlines()[-20:]
