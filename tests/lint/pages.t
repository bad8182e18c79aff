#!/usr/bin/env python3
"""A page is five places with one name; nothing lies there that belongs to no page."""
import glob
import os
import re

import project
from tap import done, none, ok

pages = project.pages()
routes = project.read('tests/web/routes.mjs')
signed_in = ''.join(project.read(path) for path in glob.glob('tests/http/desk*.t'))
names = {page.name for page in pages}
ok(len(names) == len(pages) > 0, 'every page has a name of its own')

for page in pages:
    places = ['sql/page/{}.sql'] + ([] if page.file else ['templates/{}.html'])
    if page.program == 'web':
        places += ['tests/sql/{}.sql', 'tests/cgi/{}.t']
    missing = [
        place.format(page.name) for place in places if not os.path.isfile(place.format(page.name))
    ]
    none(missing, f'{page.name}: its template, its SQL and the tests of a public page')
    address = re.sub(
        r'/:\w+$',
        "/[^/?']+",
        re.sub(r'/:\w+(?=[/(])', "/[^/?']+", re.sub(r'/:\w+\?$', "(/[^/?']+)?", page.path)),
    )
    ok(
        re.search(
            rf"'{address}['?]", routes if page.program == 'web' and not page.file else signed_in
        ),
        f'{page.name}: an address in a test that opens it',
        f'none matches {page.path}',
    )

    # A hook adds what the table says. What lies within a node that it adds is the template's
    # matter: render.t tells what is not found, and what nobody reads.
    added = set(re.findall(r'\bdoc_add\w*\([\w>-]+, [\w>-]+, "(\w+)"', project.code(page)))
    none(sorted(page.fills - added), f'{page.name}: its program text adds what pages.c says')


def words(pattern):
    return {os.path.basename(path).rsplit('.', 1)[0] for path in glob.glob(pattern)}


none(
    sorted(n for n in words('templates/[!_]*.html') - names - {'error', 'deskerror'}),
    'no template without a page',
)
none(sorted(words('sql/page/*.sql') - names), 'no file of sql/page without a page')
shared = {
    '_' + word
    for page in pages
    for word in re.findall(r'#include "web/_(\w+)\.h"', project.code(page))
}
none(
    sorted(words('cgi-bin/web/*.c') - names - shared - {'main', 'pages', 'chart'}),
    'no program text without a page',
)
used = {
    word
    for name in words('templates/[!_]*.html') | words('templates/_*.html')
    for kind, word in (
        (m[1], m[2]) for m in project.marker.finditer(project.read(f'templates/{name}.html'))
    )
    if kind == '>'
}
none(sorted(words('templates/_*.html') - used), 'no part that nobody includes')
done()
