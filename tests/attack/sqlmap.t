#!/usr/bin/env python3
"""sqlmap tries every parameter of every page, in the query and in the path, and what a visitor
sends along; the words that are searched for also past the cache, and with all that it knows."""
from concurrent.futures import ThreadPoolExecutor

from attack import Instance, bad_site, failed_statements, need, pages
from scan import LEVEL, SqlMap
from tap import done, none, ok

ALL_IT_KNOWS = ['--level', '5', '--risk', '3']
TEXTS = ('q', 'kelompok')  # parameters that take any text; all others are refused before any SQL

need('sqlmap')
here = Instance('sqlmap')


def scans(base, past):
    """Each page's query as a whole, each component of its path, one page's headers, and texts past
    the cache too."""
    for page in pages():
        if page.query:
            yield SqlMap(
                f'{page.name} query',
                page.address(base),
                page.query,
                [*LEVEL, '-p', ','.join(page.query)],
            )
        for component in page.components:
            yield SqlMap(f'{page.name} /{component}', base + page.marked(component), ['#1*'], LEVEL)
        for text in TEXTS:
            if text in page.query:
                yield SqlMap(
                    f'{page.name} {text}, past the cache',
                    page.address(past),
                    [text],
                    [*ALL_IT_KNOWS, '-p', text],
                )
    yield SqlMap(
        'headers',
        f'{base}/kota/kota-kediri',
        ['User-Agent', 'Referer', 'session'],
        [*LEVEL, '--cookie', 'session=a', '-p', 'user-agent,referer,session'],
    )


control = SqlMap(
    'control', f'{bad_site(here)}/?q=kota-kediri', ['q'], [*LEVEL, '-p', 'q', '--technique', 'BE']
).run()
ok(
    control.findings() and 'is vulnerable' in control.said,
    'sqlmap finds the hole in a page that has one',
    control.said.splitlines()[-15:],
)

queue = list(scans(here.base, f'http://127.0.0.1:{here.watch}'))
none(
    [
        f'{page.name}: {answer.status}'
        for page in pages()
        if (answer := here.fetch(page.address(''))).status != 200
    ],
    'it begins at pages that are there',
)
with ThreadPoolExecutor(2) as pool:
    for scan in pool.map(SqlMap.run, queue):
        none(scan.faults(), f'{scan.label}: sqlmap finds nothing in {", ".join(scan.names)}')
none(failed_statements(here), 'and no statement failed for what it wrote')
done()
