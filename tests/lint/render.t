#!/usr/bin/env python3
"""The lint by rendering, for pages that are documents. Each is drawn from many documents: those of the example addresses,
those that tests/sql/P.sql makes, and those in tests/documents/P for states that neither has. Every name of the template
was found at least once, each word and no_x was decided by a key, every key was read, and a document is well made."""
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
    return (word in project.layout | project.optional or (page.program == 'desk' and word in project.desk)
            or word.startswith(('nav_', 'in_', 'BI_')))


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
    said = subprocess.run([project.program('web'), '--document'], env=env, capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL).stdout
    return said if said.startswith('{') else None


def told(test):
    """What a test in SQL has made, as (page, document); it is run when nobody did so before."""
    path = f'{os.environ["VAR"]}/documents.{test}'
    if not os.path.isfile(path):
        subprocess.run(['tests/exec', f'tests/sql/{test}.sql'], capture_output=True, check=False)
    for line in project.read(path).splitlines() if os.path.isfile(path) else ():
        yield line.split(' ', 1)


def documents(page):
    for path, query in addresses.get(page.name, ()):
        document = ask(path, query)
        if document:
            yield document
    for path in sorted(glob.glob(f'tests/documents/{page.name}/*.json')):
        yield project.read(path)
    if os.path.isfile(f'tests/sql/{page.name}.sql'):
        yield from (document for name, document in told(page.name) if name == page.name)


class Shape:
    """Walks through a document and notes what is not well made."""

    def __init__(self, text):
        self.faults = set()
        self.see(json.loads(text, object_pairs_hook=self.pairs), '')

    def pairs(self, pairs):
        names = [name for name, _ in pairs]
        self.faults.update(f'key {name} is there twice' for name in names if names.count(name) > 1)
        self.faults.update(f'key {name}: has_ and no_ are for templates' for name in names
                           if name.startswith(('has_', 'no_')))
        return dict(pairs)

    def see(self, value, path):
        if isinstance(value, dict):
            for name, inner in value.items():
                self.see(inner, f'{path}.{name}')
        elif isinstance(value, list):
            kinds = {tuple(sorted(inner)) if isinstance(inner, dict) else type(inner) for inner in value if inner is not None}
            if len(kinds) > 1:
                self.faults.add(f'the elements of {path[1:]} have different keys')
            for inner in value:
                self.see(inner, path)


def words(page, texts):
    """What the template asked for and which keys were read: kind of note -> words."""
    noted = {'found': set(), 'unknown': set(), 'textless': set(), 'read': set(), 'unread': set()}
    said = subprocess.run([project.program(page.program), '--names', page.name], input='\n'.join(texts), capture_output=True,
                          text=True, check=False)
    for line in said.stdout.splitlines():
        kind, word = line.split(' ', 1)
        noted[kind].add(word)
    return noted if said.returncode == 0 else None


def asked(page):
    """The names in the template, but for those that C adds; a separator goes with its list."""
    for kind, word in project.markers(page.name):
        if kind != '/' and not is_added(page, word) and not word.endswith('_separator'):
            yield word


pages = project.pages()
addresses = {}
for path, query in examples():
    first = next((page for page in pages if page.program == 'web' and fits(page, path)), None)
    if first is not None:
        addresses.setdefault(first.name, []).append((path, query))

for page in pages:
    if not page.document or page.file:
        continue
    texts = list(documents(page))
    if not ok(texts, f'{page.name}: there are documents to draw it from'):
        continue
    none(sorted(set().union(*(Shape(text).faults for text in texts))), f'{page.name}: its {len(texts)} documents are well made')
    noted = words(page, texts)
    if not ok(noted, f'{page.name}: each can be drawn'):
        continue
    # Where the hook belongs to a visit, it is not run.
    hook = page.fills if page.program == 'desk' else set()
    code = set(re.findall(r'"(\w+)"', project.code(page))) if page.program == 'desk' else set()
    none(sorted({f'{{{{{word}}}}} was never found' for word in asked(page) if word not in noted['found'] | hook}),
         f'{page.name}: every name of the template was found')
    none([f'{{{{{word}}}}} is nobody\'s name somewhere' for word in sorted(noted['unknown'] - hook)
          if not is_added(page, word) and not word.endswith('_separator')], f'{page.name}: wherever it stands')
    none([f'{{{{{word}}}}} has no text' for word in sorted(noted['textless'])], f'{page.name}: what is written has a text')
    none([f'nobody reads {key}' for key in sorted(noted['unread'] - noted['read']) if key.split('.')[-1] not in code],
         f'{page.name}: every key was read')
done()
