#!/usr/bin/env python3
"""Every message of the templates has a translation that fits it, and nothing else has one; the
words of pages are in the templates and nowhere else."""
import collections
import glob
import os
import re
import subprocess

import po
import project
from tap import done, is_, none, ok

marker = re.compile(r'\{\{[#/>]?[^{}]*\}\}')
tag = re.compile(r'</?[a-z]+\d*>')


def signs(message):
    """The markers and tags, with how many of each. A word for a number asks for a value that is
    there anyway."""
    plain = re.sub(r'\{\{\w+:x-plural=[^{}]*\}\}', '', message)
    return collections.Counter(marker.findall(plain) + tag.findall(plain))


def badly_nested(message):
    """Sections and tags end in the reverse order of their beginnings."""
    still = []
    for section, tagged in re.findall(r'\{\{([#/]\w+)\}\}|<(/?[a-z]+\d*)>', message):
        word = section or tagged
        kind, name = ('/', word[1:]) if word.startswith('/') else ('#', word.lstrip('#'))
        if name in ('br', 'wbr'):
            continue
        if kind == '#':
            still.append(name)
        elif not still or still.pop() != name:
            return True
    return bool(still)


known = [
    message
    for message, _, _ in po.entries(
        subprocess.run(
            [project.program('words'), '--messages', 'templates'],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
]
ok(len(known) > 400, f'the templates have {len(set(known))} messages')
catalogues = sorted(glob.glob('templates/locale/*.po'))
ok(catalogues, 'there are catalogues')
for path in catalogues:
    catalogue = project.read(path)
    translated = po.entries(catalogue)
    given = {message: translation for message, translation, _ in translated}
    is_(len(translated), len(given), f'{path}: no message twice')
    none(
        sorted(set(known) - set(given)), f'{path}: no message is missing (make messages adds them)'
    )
    none(sorted(set(given) - set(known)), f'{path}: no message is obsolete')
    none([m for m, t in given.items() if not t], f'{path}: every message has a translation')
    none(
        [m for m, _, remarks in translated if 'fuzzy' in remarks]
        + re.findall(r'^#~.*', catalogue, re.M),
        f'{path}: none is doubtful',
    )
    none(
        [
            f'{m}\n   {t}: {dict((signs(m) - signs(t)) + (signs(t) - signs(m)))}'
            for m, t in given.items()
            if t and signs(m) != signs(t)
        ],
        f'{path}: the same values, sections and tags',
    )
    none([t for m, t in given.items() if badly_nested(t)], f'{path}: they end where they should')
    plural = re.compile(r'\{\{(\w+):x-plural=([^{}]*)\}\}')
    none(
        [
            t
            for m, t in given.items()
            for name, words in plural.findall(t)
            if words.count('/') != 1 or not re.search(r'\{\{' + name + r'[:}]', m)
        ],
        f'{path}: a plural has two forms and a number',
    )
    none(
        [t for m, t in given.items() if re.search(r'^\s|\s$|  ', t)], f'{path}: no blanks too many'
    )
is_(
    subprocess.run([os.environ.get('WEB', 'build/web'), '--check'], capture_output=True).returncode,
    0,
    'a worker can start with them',
)

# Addresses that lead to pages are written so that the language can be put before them.
local = re.compile(r'\s(?:href|action)="((?:[^"{}]|\{\{[^{}]*\}\})*)"')
fine = re.compile(
    r'$|#|/(?!/)|https://|(?:mailto|otpauth):\{\{\w+\}\}|\{\{(?:\w+_)?href\}\}'
    r'|\{\{\w+_url\}\}|\{\{(?:\w+_)?path\}\}'
)
none(
    [
        f'{path}: {m[0].strip()}'
        for path in project.files('templates')
        if path.endswith('.html')
        for m in local.finditer(project.read(path))
        if not fine.match(m[1])
    ],
    'every address is of a kind that languages know',
)

# What a reader sees is not written in SQL, but for the names of what the sources measure, of
# islands, months and a quick win's fields, which are there in both languages, and for names that
# both languages share.
named = (
    '/11_island.sql',
    '/14_place.sql',
    '/51_measure.sql',
    '/61_win_field.sql',
    '/63_letter_field.sql',
    '/62_said.sql',
    '/73_browser.sql',
)
none(
    [
        f'{path}:{n}: {literal}'
        for path in project.files('sql/pub', 'sql/page')
        if path.endswith('.sql') and not path.endswith(named)
        for n, line in enumerate(project.read(path).split('\n'), 1)
        for literal in re.findall(r"'((?:[^'\n]|'')*)'", re.sub(r'--.*', '', line))
        if re.search(r'[a-z]{2,} [a-z]{2,}|^[A-Z][a-z]+', literal)
    ],
    'no sentence in the SQL of pages',
)
done()
