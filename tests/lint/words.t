#!/usr/bin/env python3
"""What is wrong with a template or a translation ends the build, with the file and the line of
it."""
import os
import re
import shutil
import subprocess
import tempfile

import project
from tap import done, is_, none, ok

pragma = '{{%AUTOESCAPE context="HTML"}}\n'
here = tempfile.mkdtemp(prefix='tolok-words-')
good = {
    'page.html': (
        pragma
        + '<title>Kota {{name}} – Tolok</title>\n{{>_part}}\n  <p>satu'
        ' {{n:x-num}}</p>\n{{>_foot}}\n'
    ),
    '_part.html': pragma + '<p>{{#a}}\n  dua\n{{/a}}</p>\n',
    '_foot.html': pragma + '<a href="/kota">kota</a>\n',
    'locale/en.po': (
        'msgid ""\nmsgstr ""\n\nmsgid "satu {{n:x-num}}"\nmsgstr "one {{n:x-num}}"\n\nmsgid'
        ' "kota"\nmsgstr "city"\n'
    ),
}


def words(changed):
    """What it says and makes of the good files with some others in their place; None takes one
    away."""
    shutil.rmtree(here)
    os.makedirs(f'{here}/locale')
    for name, text in (good | changed).items():
        if text is not None:
            with open(f'{here}/{name}', 'w', encoding='utf-8') as file:
                file.write(text)
    run = subprocess.run(
        [project.program('words'), here, f'{here}/out'], capture_output=True, text=True
    )
    return run.returncode, run.stderr.replace(f'{here}/', '')


is_(words({}), (0, ''), 'good files are taken')
made = sorted(
    os.path.relpath(os.path.join(d, n), f'{here}/out')
    for d, _, names in os.walk(f'{here}/out')
    for n in names
)
is_(
    made,
    ['en/_foot.html', 'en/page.html', 'id/_foot.html', 'id/page.html'],
    'pages and what they share, in each language',
)
is_(
    project.read(f'{here}/out/en/page.html'),
    pragma
    + '<title>Kota {{name}} – Tolok</title>\n<p>{{#a}} dua {{/a}}</p>\n'
    '<p>one {{n:x-num=}}</p>\n{{>en__foot}}',
    'with parts, translations and shared parts in place',
)
is_(
    project.read(f'{here}/out/en/_foot.html'),
    pragma + '<a href="/en/kota">city</a>',
    'addresses are those of the language',
)

for what, changed, said in [
    (
        'a section without end',
        {'_part.html': good['_part.html'].replace('{{/a}}', '')},
        r'_part\.html:2: File ended before',
    ),
    (
        'another section ends',
        {'_part.html': good['_part.html'].replace('/a', '/b')},
        r'_part\.html:2: Found end of different',
    ),
    (
        'a modifier that is none',
        {'page.html': good['page.html'].replace('x-num', 'num')},
        r"page\.html:4: Unknown modifier .*'num'",
    ),
    (
        'a value as the name of an attribute',
        {'_foot.html': pragma + '\n\n<p {{v}}="x">\n'},
        r'_foot\.html:4: Auto-Escape',
    ),
    (
        'a part that is not there',
        {'_part.html': None},
        r'page\.html:3: _part\.html can not be read',
    ),
    (
        'no pragma',
        {'_part.html': '<p></p>\n'},
        r'_part\.html:1: does not begin with the auto-escape pragma',
    ),
    (
        'a quote in a title',
        {'page.html': good['page.html'].replace('Kota', '"{{>_title}}"')},
        r'page\.html:1: has a quote in its title',
    ),
    (
        'a tag in a translation',
        {'locale/en.po': good['locale/en.po'].replace('"one', '"<b>one</b>')},
        r'locale/en\.po:5: the translation has a tag',
    ),
    (
        'a modifier in a translation',
        {'locale/en.po': good['locale/en.po'].replace('"one', '"{{v:x}} one')},
        r'page\.html: in language en: Unknown mod',
    ),
    (
        'a broken catalogue',
        {'locale/en.po': good['locale/en.po'].replace('msgid "kota', 'msgid kota')},
        r'locale/en\.po:7: is no line of a catalogue',
    ),
    ('no catalogue', {'locale/en.po': None}, r'locale/en\.po:0: can not be read'),
]:
    status, heard = words(changed)
    ok(
        status == 1 and re.fullmatch(said + r'.*\n', heard),
        f'{what}: refused, with its place',
        f'{status}: {heard}',
    )
shutil.rmtree(here)
none(
    [
        name
        for name in ('nothing', 'page.html')
        if subprocess.run([project.program('words'), name], capture_output=True).returncode != 2
    ],
    'it says how it is called',
)
done()
