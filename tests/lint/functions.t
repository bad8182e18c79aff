#!/usr/bin/env python3
"""Each page has a function in schema page, which takes the page's parameters and returns a
document, and no other function is there. The catalog of the test database says so."""
import subprocess

import project
from tap import done, none

sql_type = {
    'slug': 'text',
    'code': 'text',
    'text': 'text',
    'enum': 'text',
    'int': 'integer',
    'slugs': 'text[]',
}

catalog = subprocess.run(
    [
        'psql',
        '-X',
        '-q',
        '-At',
        '-U',
        'postgres',
        '-d',
        'tolok',
        '-c',
        '''
    select format('%s(%s) %s', proname, oidvectortypes(proargtypes), pg_get_function_result(oid))
    from pg_proc
    where pronamespace = 'page'::regnamespace''',
    ],
    capture_output=True,
    text=True,
    check=True,
).stdout
functions = set(catalog.splitlines())

for page in project.pages():
    types = ['text'] + [sql_type[kind] for _, kind in page.params] + ['jsonb', 'jsonb'] * page.form
    own = f'{page.name}({", ".join(types)}) SETOF json'
    none({own} - functions, f'{page.name}: its function')
    functions.discard(own)
none(sorted(functions), 'no function of schema page without a page')
done()
