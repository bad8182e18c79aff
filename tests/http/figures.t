#!/usr/bin/env python3
"""Pages drawn by lot: what their pictures bear, what their tables say and what the results in the
database are is one and the same, and nothing is left out. Twenty pages of another draw at each run;
TOLOK_SEED repeats a draw, TOLOK_ALL=1 takes every region in every round, every criterion of every
round and a comparison with each region."""
import collections
import html.parser
import json
import os
import random
import re
import subprocess
import sys
import urllib.error
import urllib.request

sys.path[:0] = [os.path.join(os.environ['ROOT'], 'tests')]
from tap import done, none, ok  # noqa: E402

PAGES, base = 20, os.environ['BASE']
seed = os.environ.get('TOLOK_SEED') or str(random.randrange(10**6))
lot = random.Random(seed)
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Node:
    """An element: its children are elements and texts."""

    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.children = tag, dict(attributes), parent, []

    def all(self, tag, attribute=None):
        for child in self.children:
            if isinstance(child, Node):
                if child.tag == tag and (attribute is None or attribute in child.attributes):
                    yield child
                yield from child.all(tag, attribute)

    def has(self, word):
        return word in self.attributes.get('class', '').split()

    def within(self, *tags):
        return self if self.tag in tags or self.parent is None else self.parent.within(*tags)

    def text(self, without=('small',)):
        return ' '.join(
            ''.join(
                c if isinstance(c, str) else '' if c.tag in without else c.text(without)
                for c in self.children
            ).split()
        )


class Reader(html.parser.HTMLParser):
    void = {'meta', 'link', 'img', 'image', 'input', 'br', 'wbr', 'hr', 'use'}

    def __init__(self, text):
        super().__init__()
        self.here = self.root = Node('', {}, None)
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.handle_startendtag(tag, attributes)
        if tag not in self.void:
            self.here = self.here.children[-1]

    def handle_startendtag(self, tag, attributes):
        self.here.children.append(Node(tag, attributes, self.here))

    def handle_endtag(self, tag):
        self.here = self.here.within(tag).parent or self.root

    def handle_data(self, data):
        self.here.children.append(data)


def page(path):
    """The root of the page, or of an empty one when it is refused."""
    try:
        with opener.open(base + path, timeout=30) as answer:
            return Reader(answer.read().decode()).root
    except urllib.error.HTTPError as error:
        none([error], path)
        return Reader('').root


def number(text):
    return None if text in (None, '') else float(text)


def figures(node):
    return [number(data.attributes['value']) for data in node.all('data')]


def rows(node, table_class):
    """Head and first figure of the value's cell of each row of the tables of that class, with the
    table."""
    for table in node.all('table'):
        if table.has(table_class):
            for body in table.all('tbody'):
                for row in body.all('tr'):
                    head = next(
                        (th for th in row.all('th') if th.attributes.get('scope') == 'row'), None
                    )
                    cells = [td for td in row.all('td') if td.has('gauge')]
                    if head and cells:
                        yield table, head, (figures(cells[0]) + [None])[0]


def pictures(root):
    """What marks bear and no table says: the row of that name, or for a mark without a name a
    figure of its section."""
    named, faults, compared = collections.defaultdict(set), [], 0
    for head in root.all('th'):
        if head.attributes.get('scope') == 'row' and head.within('table').has('data'):
            link = next(head.all('a'), head)
            named[link.text()].update(figures(head.within('tr')))
    narrowed = any(
        meta.attributes.get('name') == 'robots' for meta in root.all('meta')
    )  # a list that shows a part of its rows
    for svg in root.all('svg'):
        for tag in ('circle', 'line', 'rect', 'path', 'g', 'svg'):
            for mark in svg.all(tag, 'data-value'):
                name = mark.attributes.get('data-name')
                if name is not None and narrowed and name not in named:
                    continue
                beside = (
                    named[name] if name is not None else figures(mark.within('section', 'article'))
                )
                for value in [
                    number(mark.attributes[kind])
                    for kind in ('data-value', 'data-from')
                    if kind in mark.attributes
                ]:
                    compared += 1
                    if value not in beside:
                        faults.append(
                            f'{name or "a mark"}: {value} in the picture,'
                            f' {sorted(v for v in beside if v is not None)} in the table'
                        )
    return faults, compared


def bars(root):
    """Bars beside figures end where the scale from 0 to 4 has them; a zero is a stub."""
    faults, compared = [], 0
    for table in root.all('table'):
        for cell in table.all('td') if not table.has('tree') else ():
            ends = (
                [line.attributes['x2'] for line in cell.all('line', 'x2') if line.has('v')]
                if cell.has('gauge')
                else []
            )
            for value, end in zip(figures(cell), ends):
                compared += 1
                if (end != '3') if value == 0 else abs(float(end.rstrip('%')) - 25 * value) > 0.01:
                    faults.append(f'a bar for {value} ends at {end}')
    return faults, compared


def differences(found, expected):
    return [
        f'{key}: {found.get(key, "nothing")} on the page, {expected.get(key, "nothing")} in the'
        ' database'
        for key in sorted(set(found) | set(expected), key=str)
        if found.get(key) != expected.get(key)
    ]


# What was published last of each round, from the results themselves.
records = json.loads(
    subprocess.run(
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
    select json_agg(json_build_object('round', r.code, 'simulated', i.simulated, 'slug', g.slug,
      'name', g.name, 'criterion', x.criterion,
                                      'id', c.name_id, 'en', c.name_en, 'kind', c.kind, 'value',
                                        x.value,
                                      'main', not exists (select 1 from data.criterion_edge e where
                                        e.method = c.method and e.child = c.code) and c.kind =
                                        'index'))
    from data.round r
    join data.publication p on p.id = r.publication
    join data.intake i on i.id = p.intake
    join data.result x on x.publication = p.id
    join data.criterion c on c.method = i.method and c.code = x.criterion
    join data.region g on g.code = x.region''',
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
)
slugs, rounds = sorted({r['slug'] for r in records}), sorted({r['round'] for r in records})
criteria = sorted({(r['round'], r['criterion'], r['main']) for r in records})
results = collections.defaultdict(list)
for record in records:
    results[record['round'], record['slug']].append(record)
names = {r['slug']: r['name'] for r in records}
kinds = {r['round']: r['simulated'] for r in records}


def main_value(round, slug):
    return next((r['value'] for r in results.get((round, slug), []) if r['main']), None)


def crossings(root):
    """What the table of dimensions and components says, by the criteria's names."""
    for table in root.all('table'):
        lines = [
            [cell for cell in row.children if isinstance(cell, Node)] for row in table.all('tr')
        ]
        if [head.text() for head in lines[0][:1]] not in (['Dimensi'], ['Dimension']):
            continue
        *parts, _ = (head.text() for head in lines[0][1:])
        for head, *cells in lines[1:]:
            *values, whole = ((figures(cell) + [None])[0] for cell in cells)
            if whole is None:
                yield from zip(parts, values)
                continue
            yield head.text(), whole
            # "Branding baseline" is "Baseline Branding" in Indonesian.
            yield from (
                (
                    (
                        f'{head.text()} {part[0].lower()}{part[1:]}'
                        if lines[0][0].text() == 'Dimension'
                        else f'{part} {head.text()}'
                    ),
                    value,
                )
                for part, value in zip(parts, values)
            )


def check_city(root, lang, slug, round, kinds_shown):
    """A region in a round: the value, what it is made of, and the rounds of the same kind beside
    each other."""
    shown = {
        r[lang]: r['value']
        for r in results.get((round, slug), [])
        if r['kind'] in kinds_shown and not r['main'] and r['value'] is not None
    }
    # A head may tell the weight behind the name.
    found = {
        re.sub(r', \d.*', '', head.text()): value
        for _, head, value in rows(root, 'lines')
        if value is not None
    }
    found |= {name: value for name, value in crossings(root) if value is not None}
    faults = differences(found, shown)
    score = [figures(p)[0] for p in root.all('p') if p.has('score')]
    value = main_value(round, slug)
    if score != ([value] if value is not None else []):
        faults.append(f'the value is {score} on the page, {value} in the database')
    history = {}
    for link in root.all('a'):
        past = re.search(rf'/{slug}(?:\?putaran=|/)([\w-]+)', link.attributes.get('href', ''))
        if past and link.parent.tag == 'th':
            history[past[1]] = (figures(next(link.within('tr').all('td'))) + [None])[0]
    past = {r: main_value(r, slug) for r in rounds if kinds[r] == kinds[round] and r in history}
    faults += differences(history, past)
    if history:
        faults += [
            f'{r} is missing'
            for r in rounds
            if kinds[r] == kinds[round] and main_value(r, slug) is not None and r not in history
        ]
    return faults


def check_ranking(root, lang, round, criterion):
    found = {}
    for _, head, value in rows(root, 'ranking'):
        link = next(head.all('a'))
        found[re.search(r'/kota/([\w-]+)', link.attributes['href'])[1]] = value
    expected = {
        slug: r['value']
        for (at, slug), all_of in results.items()
        for r in all_of
        if at == round and r['criterion'] == criterion and r['value'] is not None
    }
    return differences(
        {slug: value for slug, value in found.items() if value is not None}, expected
    )


def check_comparison(root, lang, round, chosen):
    """What two at least have a value for is set side by side."""
    found = {
        (next(table.all('caption')).text(), head.text()): value
        for table, head, value in rows(root, 'multiple')
        if value is not None and head.text()
    }  # a median's row has small print alone
    expected = {
        (r[lang], names[slug]): r['value']
        for slug in chosen
        for r in results.get((round, slug), [])
        if r['value'] is not None
    }
    held = collections.Counter(criterion for criterion, _ in expected)
    return differences(found, {key: value for key, value in expected.items() if held[key[0]] > 1})


drawn = []
cities = [
    (f'/kota/{slug}?putaran={round}', check_city, slug, round, {r['kind'] for r in records})
    for slug in slugs
    for round in rounds
    if main_value(round, slug) is not None
]
reports = [
    (f'/kota/{slug}/{round}', check_city, slug, round, {r['kind'] for r in records})
    for slug in slugs
    for round in rounds
    if (round, slug) in results
]
rankings = [
    (
        f'/peringkat/{round}' + ('' if main else f'?ukuran={criterion}'),
        check_ranking,
        round,
        criterion,
    )
    for round, criterion, main in criteria
]
over_all = [
    (f'/dimensi/{criterion}/{round}', check_ranking, round, criterion)
    for round, criterion, kind in sorted({(r['round'], r['criterion'], r['kind']) for r in records})
    if kind in ('component', 'dimension')
]
comparisons = []
for slug in slugs:
    round = lot.choice(rounds)
    chosen = [slug, *lot.sample([s for s in slugs if s != slug], lot.randint(1, 5))]
    comparisons.append(
        (f'/banding?kota={",".join(chosen)}&putaran={round}', check_comparison, round, chosen)
    )
for group, share in ((cities, 6), (reports, 4), (rankings, 4), (over_all, 3), (comparisons, 4)):
    drawn += group if os.environ.get('TOLOK_ALL') else lot.sample(group, share)
ok(len(drawn) >= PAGES, f'seed {seed}: {len(drawn)} pages drawn')
compared = 0
for path, check, *what in drawn:
    lang = lot.choice(['id', 'en'])
    root = page(('/en' if lang == 'en' else '') + path)
    (faults, marks), (askew, lines) = pictures(root), bars(root)
    compared += marks + lines
    none(
        faults + askew + check(root, lang, *what),
        f'{path}, {lang}: the same figures in pictures, tables and database (TOLOK_SEED={seed})',
    )
ok(compared > PAGES, f'{compared} marks and bars were compared')
done()
