#!/usr/bin/env python3
"""The line-up rule: the columns of page.P and page.P_S are the names in templates/P.html, and each is used. The catalog
of the test database says what the functions return. The names of a page that is a document: render.t."""
import os
import re
import subprocess

import project
from tap import done, none, ok

steering = {'status', 'location', 'max_age', 'file', 'file_kind', 'file_name'}  # columns of the head row that are not for the template
sql_type = {'slug': 'text', 'code': 'text', 'text': 'text', 'enum': 'text', 'int': 'integer', 'slugs': 'text[]'}

catalog = subprocess.run(['psql', '-X', '-q', '-At', '-F', '\t', '-U', 'postgres', '-d', 'tolok', '-c', '''
    select p.proname, pg_get_function_identity_arguments(p.oid), a.name, a.type
    from pg_proc p
    left join pg_type t on t.oid = p.prorettype and t.typrelid <> 0
    left join lateral (
        select proargname, format_type(argtype, null)
        from unnest(p.proargnames, p.proallargtypes, p.proargmodes) with ordinality u (proargname, argtype, mode, ord)
        where mode in ('t', 'o')
        union all
        select attname, format_type(atttypid, null) from pg_attribute
        where attrelid = t.typrelid and attnum > 0 and not attisdropped
    ) a (name, type) on true
    where p.pronamespace = 'page'::regnamespace'''], capture_output=True, text=True, check=True).stdout

functions, arguments = {}, {}
for line in catalog.splitlines():
    function, args, column, kind = line.split('\t')
    functions.setdefault(function, {})[column] = kind
    arguments[function] = args


class Lineup:
    """Walks through a template and notes which column of which function each name means."""

    def __init__(self, page):
        self.page, self.faults, self.used = page, [], set()
        self.columns = {'': functions.get(page.name, {})}
        for section in page.sections:
            self.columns[section] = functions.get(f'{page.name}_{section}', {})
        self.scopes = [('', '')]    # (name in the template, key in self.columns; None: has no columns of its own)
        for kind, word in project.markers(page.name):
            self.see(kind, word)

    def find(self, word):
        for _, key in reversed(self.scopes):
            if key is not None and word in self.columns[key]:
                self.used.add((key, word))
                return self.columns[key][word]
        # The text of x_word shows the section x_ and that text.
        for _, key in reversed(self.scopes):
            for column in self.columns[key] if key is not None else ():
                if column.endswith('_word') and word.startswith(column.removesuffix('word')):
                    self.used.add((key, column))
                    return 'boolean'
        return None

    def see(self, kind, word):
        if kind == '/':
            if self.scopes.pop()[0] != word:
                self.faults.append(f'{{{{/{word}}}}} ends another section')
        elif kind == '#':
            self.section(word)
        elif word in project.layout or (self.page.program == 'desk' and word in project.desk) or word in self.page.fills or word in ('BI_NEWLINE', 'BI_SPACE'):
            pass
        else:
            found = self.find(word)
            if found is None:
                self.faults.append(f'{{{{{word}}}}} is no column{self.place()}')
            elif found == 'boolean':
                self.faults.append(f'{{{{{word}}}}} is a boolean: it shows a section and has no text')

    def section(self, word):
        if word in self.page.sections:
            self.used.add((word, ''))
            self.scopes.append((word, word))
            return
        separated = word.removesuffix('_separator')
        known = word in self.page.fills or word in project.layout or (self.page.program == 'desk' and word in project.desk) or word.startswith('nav_') or (word != separated and separated in self.page.sections)
        found = self.find(word)
        if found is None and not known and word not in project.optional:
            self.faults.append(f'{{{{#{word}}}}} is neither a section nor a column{self.place()}')
        elif found not in (None, 'boolean'):
            self.faults.append(f'{{{{#{word}}}}} is a column of type {found}: only a boolean shows a section')
        self.scopes.append((word, None))

    def place(self):
        inside = [name for name, key in self.scopes if key]
        return f' (in {{{{#{inside[-1]}}}}})' if inside else ''

    def unused(self):
        """Columns and sections that neither the template nor the page's own code mentions."""
        quoted = set(re.findall(r'"(\w+)"', project.code(self.page)))
        for section in self.page.sections:
            if (section, '') not in self.used:
                yield f'section {section}'
        for key, columns in self.columns.items():
            for column in columns:
                if (key, column) not in self.used and column not in quoted and not (key == '' and column in steering):
                    yield f'column {column} of page.{self.page.name}{"_" + key if key else ""}'


known = set()
for page in project.pages():
    expected = ', '.join(['lang text'] + [f'{name} {sql_type[kind]}' for name, kind in page.params] + ['sent jsonb', 'answer jsonb'] * page.form)
    mine = [page.name] + [f'{page.name}_{section}' for section in page.sections]
    known.update(mine)
    none([name for name in mine if name not in functions], f'{page.name}: a function for the head row and for each section')
    none([f'{name}({arguments[name]})' for name in mine if name in functions and
          [part.split(' ', 1)[-1] for part in arguments[name].split(', ')] != [part.split(' ', 1)[-1] for part in expected.split(', ')]],
         f'{page.name}: all take ({expected})')
    if page.document or page.file or not ok(os.path.isfile(f'templates/{page.name}.html'), f'{page.name}: a template'):
        continue
    lineup = Lineup(page)
    none(lineup.faults, f'{page.name}: every name in the template is a column')
    none(lineup.unused(), f'{page.name}: every column is used')
none(sorted(set(functions) - known), 'no function of schema page without a page')
done()
