#!/usr/bin/env python3
"""The lint by rendering. Each page is drawn from many documents: those of the example addresses,
those that tests in SQL make, and those in tests/documents/P for states that neither has. Every name
of the template was found at least once, each word and no_x was decided by a key, each word is said
by somebody, every key was read, and a document is well made."""
import glob
import json
import os
import re
import subprocess
from urllib.parse import urlsplit

import project
from tap import done, none, ok


def is_added(page, word):
    """Whether C adds it, on pages where it makes sense."""
    return (
        word in project.layout | project.optional
        or (page.program == 'desk' and word in project.desk)
        or word.startswith(('nav_', 'in_', 'BI_'))
    )


def examples():
    """The example addresses, as path and query."""
    text = re.search(r'routes = \[(.*?)\];', project.read('tests/web/routes.mjs'), re.S)[1]
    for address in re.findall(r"'([^']*)'", text):
        parts = urlsplit(address)
        yield parts.path, parts.query


def fits(page, path):
    pattern = re.sub(r'/:\w+\?', '(/[^/]+)?', page.path)
    return re.fullmatch(re.sub(r':\w+', '[^/]+', pattern), path) is not None


def ask(path, query):
    """The document of an address, or None."""
    env = {**os.environ, 'PATH_INFO': path, 'QUERY_STRING': query, 'REQUEST_METHOD': 'GET'}
    said = subprocess.run(
        [project.program('web'), '--document'],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    ).stdout
    return said if said.startswith('{') else None


def told(test):
    """What a test in SQL has made, as (page, document); it is run when nobody did so before."""
    path = f'{os.environ["VAR"]}/documents.{test}'
    if not os.path.isfile(path):
        # Beside the same test of the whole run, whose notes are its own.
        alone = {name: value for name, value in os.environ.items() if name != 'RUNNING'}
        subprocess.run(
            ['tests/exec', f'tests/sql/{test}.sql'], env=alone, capture_output=True, check=False
        )
    for line in project.read(path).split('\n') if os.path.isfile(path) else ():
        _, mark, document = line.partition('WARNING:  document ')
        if mark:
            yield document.split(' ', 1)


def asking(page):
    """The tests in SQL that ask for its document."""
    for path in project.files('tests/sql'):
        if path.endswith('.sql') and f"doc('{page}'" in project.read(path):
            yield os.path.basename(path).removesuffix('.sql')


def documents(page):
    for path, query in addresses.get(page.name, ()):
        document = ask(path, query)
        if document:
            yield document
    for path in sorted(glob.glob(f'tests/documents/{page.name}/*.json')):
        yield project.read(path)
    for test in asking(page.name):
        yield from (document for name, document in told(test) if name == page.name)


class Shape:
    """Walks through a document and notes what is not well made."""

    def __init__(self, text):
        self.faults = set()
        self.see(json.loads(text, object_pairs_hook=self.pairs), '')

    def pairs(self, pairs):
        names = [name for name, _ in pairs]
        self.faults.update(f'key {name} is there twice' for name in names if names.count(name) > 1)
        self.faults.update(
            f'key {name}: has_ and no_ are for templates'
            for name in names
            if name.startswith(('has_', 'no_'))
        )
        return dict(pairs)

    def see(self, value, path):
        if isinstance(value, dict):
            for name, inner in value.items():
                self.see(inner, f'{path}.{name}')
        elif isinstance(value, list):
            kinds = {
                tuple(sorted(inner)) if isinstance(inner, dict) else type(inner)
                for inner in value
                if inner is not None
            }
            if len(kinds) > 1:
                self.faults.add(f'the elements of {path[1:]} have different keys')
            for inner in value:
                self.see(inner, path)


def words(page, texts):
    """What the template asked for and which keys were read: kind of note -> words."""
    noted = {'found': set(), 'unknown': set(), 'textless': set(), 'read': set(), 'unread': set()}
    said = subprocess.run(
        [project.program(page.program), '--names', page.name],
        input='\n'.join(texts),
        capture_output=True,
        text=True,
        check=False,
    )
    for line in said.stdout.splitlines():
        kind, word = line.split(' ', 1)
        noted[kind].add(word)
    return noted if said.returncode == 0 else None


def said(value, name=None):
    """Each word of a document, as (key, word)."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from said(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from said(inner, name)
    elif isinstance(value, str) and name and name.endswith('_word'):
        yield name, value


def misspelled(page, texts):
    """Sections of a word that nobody says: in no document, and nowhere in SQL or in C."""
    heard = {pair for text in texts for pair in said(json.loads(text))}
    for marker, name in project.markers(page.name):
        keys = [key for key, _ in heard if name.startswith(key.removesuffix('word'))]
        word = name[len(max(keys, key=len)) - len('word') :] if marker == '#' and keys else ''
        own = any(f'"{name}":' in text for text in texts)  # a key of that very name
        if (
            word
            and not own
            and not any((key, word) in heard for key in keys)
            and word not in literals
        ):
            yield f'{{{{#{name}}}}}: nobody says {word}'


def asked(page):
    """The names in the template, but for those that C adds; a separator goes with its list."""
    for kind, word in project.markers(page.name):
        if kind != '/' and not is_added(page, word) and not word.endswith('_separator'):
            yield word


def of_visit(page):
    """What a hook of the desk adds, and all that it names; it belongs to a visit and is not run
    here."""
    text = project.code(page) if page.program == 'desk' else ''
    added = set(re.findall(r'\bdoc_add\w*\([\w>-]+, [\w>-]+, "(\w+)"', text))
    return (added | page.fills if text else set()), set(re.findall(r'"(\w+)"', text))


def visited(text, hook):
    """A document of the desk with all that a visit and the hook would add, as somebody of every
    role would see it."""
    own = json.loads(text)
    return json.dumps({**dict.fromkeys(sorted((project.desk | hook) - set(own)), 'x'), **own})


pages = project.pages()
literals = {
    word
    for path in glob.glob('sql/**/*.sql', recursive=True) + glob.glob('cgi-bin/*/*.c')
    for word in re.findall(r'''(?<=['"])\w+(?=['"])''', project.read(path))
}
addresses = {}
for path, query in examples():
    first = next((page for page in pages if page.program == 'web' and fits(page, path)), None)
    if first is not None:
        addresses.setdefault(first.name, []).append((path, query))

for page in pages:
    if page.file:
        continue
    texts = list(documents(page))
    if not ok(texts, f'{page.name}: there are documents to draw it from'):
        continue
    none(
        sorted(set().union(*(Shape(text).faults for text in texts))),
        f'{page.name}: its {len(texts)} documents are well made',
    )
    hook, code = of_visit(page)
    noted = words(page, texts + [visited(text, hook) for text in texts] * (page.program == 'desk'))
    if not ok(noted, f'{page.name}: each can be drawn'):
        continue
    none(
        sorted(
            {
                f'{{{{{word}}}}} was never found'
                for word in asked(page)
                if re.sub('^(has|no)_', '', word) not in hook and word not in noted['found']
            }
        ),
        f'{page.name}: every name of the template was found',
    )
    none(
        [
            f'{{{{{word}}}}} is nobody\'s name somewhere'
            for word in sorted(noted['unknown'])
            if re.sub('^(has|no)_', '', word) not in hook
            and not is_added(page, word)
            and not word.endswith('_separator')
        ],
        f'{page.name}: wherever it stands',
    )
    none(misspelled(page, texts), f'{page.name}: every word is said by somebody')
    none(
        [f'{{{{{word}}}}} has no text' for word in sorted(noted['textless'])],
        f'{page.name}: what is written has a text',
    )
    none(
        [
            f'nobody reads {key}'
            for key in sorted(noted['unread'] - noted['read'])
            if key not in hook | project.desk and key.split('.')[-1] not in code
        ],
        f'{page.name}: every key was read',
    )
done()
