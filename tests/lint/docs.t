#!/usr/bin/env python3
"""What documents name is there: files, parts of a document that a link leads to, targets of make;
and docs/OPERATE.md has each setting with its range and default."""
import glob
import os
import re
import subprocess

import project
from tap import done, none, ok

docs = {path: project.read(path) for path in project.files() if path.endswith('.md')}
prose = {path: re.sub(r'^( {4}|```).*?$', '', text, flags=re.M) for path, text in docs.items()}
rooms = {os.path.basename(folder) for folder in glob.glob('cgi-bin/*')}


def anchors(text):
    """The names that a heading has as the target of a link."""
    return {
        re.sub(r'[^\w -]', '', heading.lower()).replace(' ', '-')
        for heading in re.findall(r'^#+ (.*)', text, re.M)
    }


broken = []
for path, text in prose.items():
    for link in re.findall(r'\]\(([^)\s]+)\)', text):
        target, _, anchor = link.partition('#')
        place = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
        if not link.startswith('http') and (
            not os.path.exists(place) or anchor and anchor not in anchors(docs.get(place, ''))
        ):
            broken.append(f'{path}: {link}')
none(broken, 'a link leads to a file, and to a heading of it')

# A path is one from the root of the tree, or from cgi-bin. The pages of the example are not there.
gone = []
for path, text in prose.items():
    for name in re.findall(r'`([a-z][\w-]*/[\w*./-]+)`', text):
        first = name.split('/')[0]
        from_root = f'cgi-bin/{name}' if first in rooms else name
        ours = first in rooms or os.path.isdir(first) and first not in ('build', 'var')
        if (
            ours
            and not re.search(r'islands|\.\.\.|NAME|tests/documents', name)
            and not any(glob.glob(place) for place in (name, from_root, f'{from_root}*'))
        ):
            gone.append(f'{path}: {name}')
none(gone, 'a file that a document names is there')

targets = set(re.findall(r'^([a-z][\w-]*)(?: [a-z][\w -]*)?:(?!=)', project.read('Makefile'), re.M))
targets |= {
    f'test-{suite}'
    for suite in re.search(r'^suites := (.*)', project.read('Makefile'), re.M)[1].split()
}
ok('run' in targets, 'targets of make are found')
asked = {
    (path, target)
    for path, text in docs.items()
    for target in re.findall(r'(?:`|^ {4})make ([a-z][a-z-]+)\b(?![=:])', text, re.M)
}
none(
    sorted(f'{path}: make {target}' for path, target in asked if target not in targets),
    'a target that a document names is there',
)

# Who looks for a thing by the field's word finds where it lives.
terms = {
    'circuit breaker': 'cgi-bin/db/gate.h',
    'content negotiation': 'cgi-bin/tpl/lang.h',
    'content-addressed store': 'cgi-bin/safe/depot.h',
    'CSRF token': 'cgi-bin/safe/secret.h',
    'idempotency key': 'cgi-bin/desk/act.h',
    'polyglot file': 'cgi-bin/desk/media.h',
    'step-up authentication': 'cgi-bin/desk/prove.h',
    'warm-up': 'cgi-bin/db/db.h',
}
# A comment may break the line within a term.
flat = {path: re.sub(r'\s+(?:\*|--|#)?\s*', ' ', project.read(path)) for path in terms.values()}
none(
    [f'{path}: {term}' for term, path in terms.items() if term not in flat[path]],
    'terms of the field stand where their things live',
)
words = ' '.join(docs['docs/STYLE.md'].split())
none([term for term in terms if term not in words], 'and in the glossary')

# A visitor, a city or an operator is nobody in particular. Data say what they say; the words
# stand in pieces here, so that this file does not find itself.
one_man = '|'.join('h' + end for end in ('e', 'is', 'im', 'imself'))
spoken = [
    f
    for f in project.files('cgi-bin', 'sql', 'templates', 'etc', 'tests', 'public', 'docs')
    if re.search(r'\.(c|cc|h|sql|psql|html|conf|in|js|mjs|t|py|sh|md)$|^etc/[^.]*$', f)
    and not re.search(r'/seeds/|^sql/change/|^sql/data/|^docs/STYLE', f)
]
none(
    [
        f'{f}:{number}: {line.strip()}'
        for f in spoken
        for number, line in enumerate(project.read(f).split('\n'), 1)
        if re.search(rf'\b(?:{one_man})\b', line, re.I)
    ],
    'somebody is "they"',
)

# Settings. A row begins with the variable, and those of a program are in the second table.
rows = re.findall(r'^\| `(\w+)` \|(.*)\|$', docs['docs/OPERATE.md'], re.M)
of_make = ' '.join(re.findall(r'^export ([A-Z_ ]+)$', project.read('Makefile'), re.M)).split()
said = subprocess.run(
    [project.program('web'), '--help'], capture_output=True, text=True, check=True
).stdout
of_programs = re.findall(r'^  (VAR|TOLOK_\w+) (.*)', said, re.M)
ok(len(of_programs) > 8, 'the programs name their settings')
names = [name for name, _ in rows]
none([name for name in of_make if name not in names], 'each setting of an instance is there')
none([name for name, _ in of_programs if name not in names], 'and each setting of a program')
none(sorted(set(names) - set(of_make) - {name for name, _ in of_programs}), 'and no other')
config = project.read('cgi-bin/base/config.c')
differing = []
for name, words in of_programs:
    row = next((row for row_name, row in reversed(rows) if row_name == name), '')
    # Numbers of its entry: the standard, the least and the most.
    entry = re.search(rf'\{{"{name}",[^}}]*?"(\d+)",\s*(?:NULL,\s*)?(\d+),\s*(\d+)', config)
    wanted = [entry[2], entry[3], entry[1]] if entry else []
    if re.findall(r'\d+', row)[:3] != wanted and wanted:
        differing.append(f'{name}: {row.strip()} (the program: {" ".join(wanted)})')
    ok(bool(wanted) == bool(re.search(r'\(\d+\)$', words)), f'{name}: its range is read')
none(differing, 'ranges and defaults are those of the program')
done()
