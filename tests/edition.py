"""A small simulated round as a package, for tests that bring and publish one at the desk."""
import csv
import io
import secrets
import zipfile

code = f'uji-{secrets.token_hex(4)}'
regions = ['35.71', '35.77', '35.78', '35.79', '35.76', '35.75']
method = {
    'version': code,
    'scale': '{"min": "0", "max": "4"}',
    'rounding': '"half_up"',
    'rank_on': '"value"',
    'ties': '"competition"',
    'missing': '"worst"',
    'min_coverage': '"0"',
    'higher_is_better': 'true',
    'draws': '20',
    'weight_spread': '"0.25"',
}


def table(*rows):
    text = io.StringIO()
    csv.writer(text, lineterminator='\n').writerows(rows)
    return text.getvalue()


def package(first='3', **other):
    """A small round of which the mark of the first region is chosen."""
    settings = ', '.join(
        f'"{key}": {value}' if key != 'version' else f'"version": "{value}"'
        for key, value in method.items()
    )
    files = {
        'round.json': (
            f'{{"format": "tolok-round/2", "code": "{code}", "title": {{"id": "Putaran {code}",'
            f' "en": "Round {code}"}}, "year": 2026, "simulated": true, "source": "uji",'
            f' "method": {{{settings}}}}}'
        ),
        'criteria.csv': table(
            (
                'criterion',
                'parent',
                'weight',
                'aggregate',
                'round_step',
                'kind',
                'name_id',
                'name_en',
            ),
            ('index', '', '', 'mean', '0.01', 'index', 'Indeks', 'Index'),
            ('a', 'index', '50', 'leaf', '', 'indicator', 'A', 'A'),
            ('b', 'index', '50', 'leaf', '', 'indicator', 'B', 'B'),
        ),
        'regions.csv': table(('region', 'name', 'group'), *((r, '', 'umum') for r in regions)),
        'marks.csv': table(
            ('region', 'criterion', 'value', 'status'),
            (regions[0], 'a', first, 'value'),
            *((r, 'a', '2', 'value') for r in regions[1:]),
            *((r, 'b', str(n % 4), 'value') for n, r in enumerate(regions)),
        ),
    } | other
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, 'w', zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return archive.getvalue()
