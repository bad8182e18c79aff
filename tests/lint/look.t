#!/usr/bin/env python3
"""The stylesheet and the script: their sizes, and no word of theirs that no page uses, nor one of a
page that they do not know."""
import os
import re

import project
from tap import done, none, ok

# The desk's pages have a stylesheet and a script of their own besides.
sheets, scripts = (
    ['public/tolok.css', 'public/desk.css'],
    [f'public/{name}.js' for name in ('tolok', 'desk', 'desk_form', 'desk_files', 'desk_job')],
)
css = re.sub(r'/\*.*?\*/', '', ''.join(project.read(f) for f in sheets), flags=re.S)
js = ''.join(project.read(f) for f in scripts if os.path.isfile(f))
pages = [f for f in project.files('templates', 'public/galat') if f.endswith('.html')]
html = ''.join(re.sub(r'\{\{!.*?\}\}', '', project.read(f), flags=re.S) for f in pages)

most = {'public/tolok.css': 28 * 1024, 'public/desk.css': 10 * 1024}
none(
    [f for f in sheets if len(project.read(f).encode()) > most[f]],
    'a stylesheet has at most 28 KB, that of the desk 10 KB',
)
none(
    [f for f in scripts if os.path.isfile(f) and len(project.read(f).encode()) > 10 * 1024],
    'a script has at most 10 KB',
)

# A class may be given by a section, as in class="change{{#better}} up{{/better}}", or be the name
# of a dimension.
used = {
    word
    for value in re.findall(r'\bclass="((?:[^"{]|\{\{[^}]*\}\})*)"', html)
    for word in re.sub(r'\{\{[^}]*\}\}', ' ', value).split()
}
used |= (
    {'level-1', 'level-2', 'level-3', 'level-4', 'level-5'} if 'level-{{level}}' in html else set()
)
used |= (
    {'governance', 'branding', 'economy', 'living', 'society', 'environment'}
    if '{{dimension}}' in html
    else set()
)
used |= set(re.findall(r"classList\.\w+\('([\w-]+)'", js))
rules = re.findall(r'([^{}]+)\{', css)
known = {
    word
    for rule in rules
    if not rule.strip().startswith('@')
    for word in re.findall(r'\.(-?[a-zA-Z][\w-]*)', rule)
}
none(sorted(known - used), 'no class in the stylesheet that no page has')
none(sorted(used - known - {'level-'}), 'no class on a page that the stylesheet does not know')

declared, asked = set(re.findall(r'(--[\w-]+)\s*:', css)), set(re.findall(r'var\((--[\w-]+)', css))
none(sorted(declared - asked), 'no token that nothing uses')
none(sorted(asked - declared), 'no token that is not set')
# A pattern of the page's own pictures is no file.
asked = re.findall(r'url\(([^)#]+)\)|(@import[^;]*)', css)
none(
    [name or rule for name, rule in asked if rule or not os.path.isfile(f'public/{name}')],
    'the stylesheet asks for no file but the font',
)
none(
    [
        f
        for f in pages
        if 'href="/tolok.css"' in project.read(f)
        and not all(
            f'<link rel="preload" href="/{name}" as="font"' in project.read(f) for name, _ in asked
        )
    ],
    'who asks for the stylesheet asks for the font at once',
)
none(
    re.findall(
        r'["\'`][^"\'`\n]*\b[A-Z]?[a-z]+ [a-z]+ [a-z]+\b[^"\'`\n]*["\'`]',
        re.sub(r'//[^\n]*|/\*.*?\*/', '', js, flags=re.S),
    ),
    'no sentence in the script',
)
colours = dict(re.findall(r'(--deep):\s*(#[0-9a-f]+)', css[: css.index('@media')]))
dark = re.search(r'prefers-color-scheme: dark.*?--deep:\s*(#[0-9a-f]+)', css, re.S)
frame = project.read('templates/_frame.html')
ok(
    f'content="{colours["--deep"]}" media="(prefers-color-scheme: light)"' in frame
    and f'content="{dark[1]}" media="(prefers-color-scheme: dark)"' in frame,
    'the colour of the browser\'s frame is that of the masthead',
)
done()
