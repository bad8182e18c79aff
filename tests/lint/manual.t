#!/usr/bin/env python3
"""The manuals are well made, tolok(8) has each command with its options and no other, and
tolok-package(5) each key and column that an import reads and an export writes."""
import glob
import os
import re
import subprocess

import project
from tap import done, is_, none, ok

pages = sorted(glob.glob('docs/*.[58]'))
is_(pages, ['docs/tolok-package.5', 'docs/tolok.8'], 'there are two')
for page in pages:
    said = subprocess.run(
        ['mandoc', '-T', 'lint', '-W', 'warning', page], capture_output=True, text=True
    )
    none((said.stdout + said.stderr).splitlines(), f'{page}: mandoc has nothing to say')

tolok = os.environ.get('TOLOK', 'build/tolok')


def help_of(*command):
    return subprocess.run(
        [tolok, *command, '--help'], capture_output=True, text=True, check=True
    ).stdout


commands = re.findall(r'^  ([a-z]+(?: [a-z-]+)?)  ', help_of().split('Environment:')[0], re.M)
ok(len(commands) > 15, f'tolok has {len(commands)} commands')
manual = project.read('docs/tolok.8')
# An entry of a command: its first line, and the lines of its synopsis where they are several.
entries = {}
for item in re.findall(r'^\.It (?:Xo\n)?((?:\.?Ic .*)(?:\n\.Op .*)*)', manual, re.M):
    words = re.match(r'\.?Ic ((?:(?!Ar |Op )[a-z-]+ ?)+)', item)[1].strip()
    entries[words] = {f'--{option}' for option in re.findall(r'Fl -([a-z-]+)', item)}
none(sorted(set(commands) - set(entries)), 'tolok(8) has each command')
none(sorted(set(entries) - set(commands)), 'and no other')
for command, options in entries.items():
    own = set(re.findall(r'--[a-z-]+', help_of(*command.split()))) - {'--help', '--progress'}
    is_(sorted(options), sorted(own), f'{command}: its options')
none(
    sorted(
        set(re.findall(r'^  (VAR|TOLOK_\w+)', help_of(), re.M))
        - set(re.findall(r'\b(?:VAR|TOLOK_\w+)', manual))
    ),
    'and the environment',
)

package = project.read('docs/tolok-package.5')
stage = {name: project.read(f'cgi-bin/admin/stage_{name}.c') for name in ('round', 'tables')}
keys = re.findall(r'\{"([a-z_.]+)", JSON_\w+\}', stage['round'])
ok(len(keys) > 20, f'round.json has {len(keys)} keys')
example = re.search(r'^\.Bd(.*?)^\.Ed', package, re.M | re.S)[1]
none([key for key in keys if f'"{key.split(".")[-1]}":' not in example], 'the example has each')
tables = re.findall(r'FILE_\w+,\s*"\w+",\s*\{([^}]*)\}', stage['tables'])
headers = [','.join(re.findall(r'"(\w+)"', columns)) for columns in tables]
is_(len(headers), 4, 'there are four tables')
results = re.findall(
    r"E'(region,group,criterion[\w,]*)'\s*\|\| '(\w+)' \|\| case .* ',([\w,]+)'",
    project.read('sql/act/export_20_package.sql'),
)
headers += [''.join(results[0][:2])] if results else ['results.csv?']
ok(results and f'.Li {results[0][2]} .\n' in package, 'and what the second format adds')
none([header for header in headers if f'.Dl {header}\n' not in package], 'each header is there')
done()
