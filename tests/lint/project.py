"""What the lints know about the project: its files, its table of pages and its templates."""
import os
import re
import subprocess
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

root = os.environ.get('ROOT') or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
)
os.chdir(root)


def files(*patterns):
    """Files of the tree below those folders or of those names, whether git knows them yet or
    not."""
    try:
        known = subprocess.run(
            [
                'git',
                'ls-files',
                '-z',
                '--cached',
                '--others',
                '--exclude-standard',
                '--',
                *patterns,
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return sorted({f for f in known.split('\0') if f and os.path.isfile(f)})
    except (OSError, subprocess.CalledProcessError):
        pass  # an unpacked archive, or a machine without git
    found = []
    for pattern in patterns or ('.',):
        for folder, below, names in os.walk(pattern):
            below[:] = [b for b in below if b not in ('.git', 'build', 'var', 'node_modules')]
            found += [os.path.normpath(os.path.join(folder, name)) for name in names]
        if os.path.isfile(pattern):
            found.append(pattern)
    return sorted(set(found))


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


programs = ('web', 'desk')


def program(name):
    """Where a program that was built lies: beside that of the public pages."""
    return os.path.join(os.path.dirname(os.environ.get('WEB', 'build/web')), name)


class Page:
    def __init__(self, line, program):
        self.program = program
        self.name, self.path, params, fills = line.split('\t')
        self.params = [tuple(p.split(':')) for p in params.split()]  # (name, kind)
        self.fills = set(fills.split())
        entry = re.search(
            rf'\.name = "{self.name}", \.path(?:(?!\.name = ).)*',
            read(f'cgi-bin/{program}/pages.c'),
            re.S,
        )
        self.form = (
            entry is not None and '.form = true' in entry[0]
        )  # its function takes what was sent, and why it was not done
        source = f'sql/page/{self.name}.sql'
        text = read(source) if os.path.isfile(source) else ''
        # It is a file of a visitor's, and has no template.
        self.file = (
            re.search(r' as digest,[^;]* as kind| as name,[^;]* as text[^;]* as sheet', text)
            is not None
        )
        fill = entry and re.search(r'\.fill = (\w+)', entry[0])
        self.fill = fill[1] if fill else ''


def pages():
    tables = [
        (
            name,
            subprocess.run(
                [program(name), '--pages'],
                capture_output=True,
                text=True,
                check=True,
                stdin=subprocess.DEVNULL,
            ).stdout,
        )
        for name in programs
    ]
    return [Page(line, name) for name, table in tables for line in table.splitlines()]


def code(page):
    """The program text of a page, which may be empty: its own file, or the shared one _part.c whose
    part_draw is its hook, and the shared ones that these include. Of a page of the desk it is its
    hook, wherever that stands, and what_show or show_what that it calls."""
    if page.program == 'desk':
        source = ''.join(read(path) for path in files('cgi-bin/desk') if path.endswith('.c'))
        hook = re.search(rf'^void {page.fill}\(struct req \*req\)\n{{.*?^}}', source, re.S | re.M)
        text = hook[0] if hook else ''
        for name in re.findall(r'\b(\w+_show|show_\w+)\(', text):
            shown = re.search(rf'^(?:static )?void {name}\(.*?^}}', source, re.S | re.M)
            text += shown[0] if shown else ''
        return text
    texts, names = [], [f'_{page.fill[:-5]}' if page.fill.endswith('_draw') else page.name]
    for name in names:
        path = f'cgi-bin/web/{name}.c'
        texts.append(read(path) if os.path.isfile(path) else '')
        names += [
            part for part in re.findall(r'#include "web/(_\w+)\.h"', texts[-1]) if part not in names
        ]
    return ''.join(texts)


marker = re.compile(r'\{\{\s*([#/>!%=]?)\s*([^{}]*?)\s*\}\}', re.S)


def expand(name):
    """The text of a template as the programs read it, with the parts in place that several
    share."""
    return re.sub(
        r'\{\{>id_(\w+)\}\}',
        lambda part: expand(part[1]),
        read(f'{program("templates")}/id/{name}.html'),
    )


def markers(name):
    """Kind and word of each marker of an expanded template: '' variable, '#' section, '/' its
    end."""
    for match in marker.finditer(expand(name)):
        if match[1] in ('', '#', '/'):
            yield match[1], match[2].split(':')[0]


# Variables and sections that every page has.
layout = {
    'lang',
    'marked_path',
    'marked_slug',
    'path',
    'request_id',
    'made',
    'in_id',
    'in_en',
    'id_path',
    'en_path',
    'sited',
    'site_url',
    'contact_mail',
    'contact_word',
    'has_contact_word',
    'contact_page',
    'no_contact',
    'contact',
    'contact_url',
    'publisher',
    'own_url',
    'id_url',
    'en_url',
}
# Asked by the head; a page that belongs to no round or is no list does without.
optional = {'simulated', 'filtered'}
# What all pages of the desk have (cgi-bin/desk/desk.h).
desk = {
    'me_name',
    'me_email',
    'me_region_name',
    'signed_in',
    'form',
    'key',
    'role_office',
    'role_assessor',
    'role_operator',
    'role_owner',
    'seconds_left',
}
