#!/usr/bin/env python3
"""Rules for the text of the program: layers, sizes, forbidden calls, SQL and HTML in their places,
no loose ends."""
import os
import re

import project
from tap import done, none

c = [f for f in project.files('cgi-bin') if re.search(r'\.(c|h|cc)$', f)]
text = {f: project.read(f) for f in c}


def bare(source):
    """C without comments; strings stay."""
    def keep(match):
        return match[0] if match[0][0] == '"' else '\n' * match[0].count('\n') + ' '
    return re.sub(r'"(?:\\.|[^"\\])*"|/\*.*?\*/|//[^\n]*', keep, source, flags=re.S)


code = {f: bare(t) for f, t in text.items()}
# Neighbouring string literals are one string.
joined = {f: re.sub(r'"\s*"', '', t) for f, t in code.items()}


def found(pattern, where, flags=re.M):
    return [
        f'{f}:{where[f][:m.start()].count(chr(10)) + 1}: {m[0].strip()[:100]}' for f in where
        for m in re.finditer(pattern, where[f], flags)
    ]


none(
    found(
        r'\b(strcpy|strcat|sprintf|vsprintf|atoi|atol|strtok|system|popen'
        r'|gets|FCGX_FPrintF|alloca)\s*\(',
        code), 'calls that we do not use')

# The rooms of cgi-bin, and those below each: a file includes what is in its own room or below it.
below = {
    'base': [], 'db': ['base'], 'tpl': ['base'], 'words': ['base', 'tpl'], 'exchange': ['base'],
    'safe': ['base', 'db'], 'http': ['base', 'db',
                                     'tpl'], 'web': ['base', 'db', 'tpl', 'exchange', 'http'],
    'desk': ['base', 'db', 'tpl', 'exchange', 'safe',
             'http'], 'admin': ['base', 'db', 'tpl', 'exchange', 'safe', 'http']
}
# A library is known to one room; to the operator's command libpq too, and json-c to it and to what
# draws documents by hand.
known_to = {
    'fcgi': ['http'], 'ctemplate': ['tpl'], 'json-c': ['admin', 'http'], 'libpq': ['db', 'admin']
}


def room(path):
    return path.split('/')[1]


none(sorted({room(f)
             for f in c} ^ set(below)), 'every room of cgi-bin has its place (tests/lint/text.t)')
includes = [(f, included) for f in c for included in re.findall(r'^#include "(.*)"', text[f], re.M)]
none([f'{f}: {included}' for f, included in includes if f'cgi-bin/{included}' not in text],
     'an include says the room: "http/req.h"')
none([
    f'{f} includes {included}' for f, included in includes
    if included.split('/')[0] not in [room(f), *below.get(room(f), [])]
], 'a lower room never includes a higher one, and programs not each other')
# A unit is a file and its header; none needs itself, be it over others.
needs = {}
for f, included in includes:
    needs.setdefault(f[8:].rsplit('.', 1)[0], set()).add(included.rsplit('.', 1)[0])


def reach(unit, seen):
    for other in needs.get(unit, ()):
        if other not in seen:
            seen.add(other)
            reach(other, seen)
    return seen


over = {unit: reach(unit, set()) for unit in needs}
own = {unit: needs[unit] - {unit} for unit in needs}
none([
    f'{unit} includes {other}, which includes it over others or itself' for unit in sorted(own)
    for other in sorted(own[unit]) if unit in over.get(other, ())
], 'no circle among the units of cgi-bin')
none([
    f'{f}: {library}' for f in c
    for library in re.findall(r'#include <(fcgi|ctemplate|json-c|libpq)', text[f])
    if room(f) not in known_to[library]
], 'libfcgi, ctemplate, json-c and libpq are each known to one room')
none([f for f in c if f.startswith('cgi-bin/web/') and re.search(r'\bPQ\w+\s*\(|libpq', code[f])],
     'pages do not know libpq')
talking = r'\bPQ(connect|exec|send|put|prepare|reset)\w*\s*\('
admin = [f for f in c if f.startswith('cgi-bin/admin/') and re.search(talking, code[f])]
none(admin[1:] and admin, 'one file of the operator\'s command talks to the server')

# SQL: nothing but calls of functions; the operator's command may also copy and say where a
# transaction begins and ends.
none(
    found(
        r'"\s*(?:insert|update|delete|create|drop|alter|truncate|grant'
        r'|with|values|copy|do|call)\s[^"]*"',
        {f: t
         for f, t in joined.items()
         if not f.startswith('cgi-bin/admin/')}, re.I), 'no SQL text in C')
none([
    line for line in found(r'"\s*select\s[^"]*"', joined, re.I)
    if not re.search(r'"select \* from (%s|[a-z_]+\.[a-z_0-9]+)\(?', line)
], 'queries are select * from schema.function(...)')
none(found(r'"[^"\n]*</?[a-z][a-z0-9]*[ />][^"\n]*"', {f: t for f, t in joined.items()
     if not f.startswith('cgi-bin/admin/')}), 'no HTML in C')
sql = {
    f: re.sub(r'--[^\n]*', '', project.read(f))
    for f in project.files('sql')
    if f.endswith('.sql')
}
none(found(r"'[^'\n]*</?(?:a|p|b|i|em|strong|span|div|li|ul|td|tr|svg)\b[^'\n]*>[^'\n]*'", sql),
     'no HTML in SQL')
# Pages of the desk read what the policies let their visitor see, too.
desk = {
    f'sql/page/{name}.sql'
    for name in re.findall(r'\.name = "(\w+)", \.path', project.read('cgi-bin/desk/pages.c'))
}
none(
    found(r'\b(?:data|calc|act)\.\w+',
          {f: t
           for f, t in sql.items()
           if f.startswith('sql/page/') and f not in desk}), 'public pages read schema pub only')
none(found(r'\bcalc\.\w+', {f: t
                            for f, t in sql.items()
                            if f in desk}), 'pages of the desk compute nothing')

# Sizes.
ours = [
    f for f in project.files('cgi-bin', 'sql', 'templates', 'etc', 'tests', 'Makefile', '.ci',
                             'public')
    if (re.search(r'\.(c|h|cc|sql|html|sh|t|py|mjs|css)$', f) or '.' not in os.path.basename(f))
    and '/seeds/' not in f
]
none([f'{f}: {n} lines' for f in ours if (n := project.read(f).count('\n')) >= 500],
     'files have less than 500 lines')
# Columns: a kind of file has its line here once all of its kind are so. Data and catalogues are as
# wide as they are.
width = 100
wide_free = r'^sql/(?:data|sample)/|\.po$|/seeds/|package-lock\.json$'
narrow = {'C': r'\.(?:c|h|cc)$', 'Markdown': r'\.md$', 'templates': r'^templates/',
          'tests': r'^tests/(?:.*\.py|\w+/.*\.t)$',
          'SQL': r'\.p?sql$', 'shell and settings': r'^Makefile$|^etc/'}
for kind, ending in narrow.items():
    none([
        f'{f}:{number}: {len(line)} columns' for f in project.files()
        if re.search(ending, f) and not re.search(wide_free, f)
        for number, line in enumerate(project.read(f).split('\n'), 1) if len(line) > width
    ], f'{kind}: lines have at most {width} columns')
long = []
for f in c:
    start = None
    for number, line in enumerate(text[f].split('\n'), 1):
        if line == '{':
            start = number
        elif line.startswith('}') and start:
            if number - start - 1 >= 50:
                long.append(f'{f}:{start}: {number - start - 1} lines')
            start = None
none(long, 'functions have less than 50 lines')

# Loose ends. The words stand in pieces here, so that this file does not find itself.
everything = {}
for f in project.files():
    if not re.search(r'package-lock\.json$|\.(csv|png|svg|zip)$', f):
        try:
            everything[f] = project.read(f)
        except UnicodeDecodeError:
            continue
loose = '|'.join(
    ['TO'
     'DO', 'FIX'
     'ME', 'X'
     'XX', 'not imple'
     'mented', 'place'
     'holder data', 'dum'
     'my'])
none(found(rf'\b(?:{loose})\b', everything), 'nothing is left unfinished')
foreign = '|'.join(['/wo' 'rk/', '/ro' 'ot/', r'\.\./sha' 'red', r'\.libr' 'ary'])
none(found(rf'(?:^|[^a-z])(?:{foreign})', everything), 'no path outside the project')
none([
    f'{f}:{n}' for f, t in everything.items() for n, line in enumerate(t.split('\n'), 1)
    if line != line.rstrip() and not f.endswith('.md') and '/seeds/' not in f
], 'no blank at the end of a line')
none([
    f for f, t in everything.items()
    if t and not t.endswith('\n') and '/broken/' not in f and '/seeds/' not in f
], 'each file ends with a newline')
done()
