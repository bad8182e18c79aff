#!/usr/bin/env python3
"""The operator's command as a Unix user expects it: help, usage, exit codes, and the way of a round
from package to export."""
import filecmp
import hashlib
import os
import re
import resource
import signal
import subprocess
import time

from package import GOOD, Workplace, line, put, succeeds, summary, tolok
from tap import done, is_, ok

here = Workplace()
sql, refused = here.sql, here.refused
put('package', GOOD)


def all_of(said):
    return said.returncode, said.stdout, said.stderr


def first(said):
    """How it ended, and its first line."""
    return said.returncode, said.stdout.split('\n')[0]


def like(text, pattern, name):
    ok(re.search(pattern, text, re.M), name, text)


def changed(*edits):
    """The files of the good package with those lines changed: (file, number, old, new)."""
    files = dict(GOOD)
    for name, number, old, new in edits:
        line(files, name, number, old.encode(), new.encode())
    return files


# Help and usage.
said = tolok('--help')
is_((said.returncode, said.stderr), (0, ''), 'help is no failure and no message')
is_(re.findall('^  ([a-z][a-z ]*[a-z])  ', said.stdout, re.M),
    ['import', 'gather', 'preview', 'publish', 'export', 'rounds', 'publication verify',
     'job serve', 'job list', 'job log', 'simulated remove', 'account create', 'account list',
     'account disable', 'account forget', 'account demo', 'account code', 'demo round',
     'audit verify', 'seal', 'file verify', 'file sweep', 'tidy', 'mail send', 'mail serve',
     'mail list'],
    'help lists the commands')
like(said.stdout, '^Exit status: 0 .*1 .*2 .*3 ', 'and the exit codes')
for command in 'import', 'publish', 'export', 'rounds':
    said = tolok(command, '--help')
    is_((said.returncode, said.stdout.split()[:3], said.stderr),
        (0, ['Usage:', 'tolok', command], ''), f'{command} --help')
like(first(tolok('-h', 'import'))[1], r'^Usage: tolok import DIR\|ZIP', 'options may come first')
said = tolok('--version')
ok(said.returncode == 0 and re.fullmatch(r'tolok \(Tolok Kota\) [0-9.]+\n', said.stdout), 'version',
   said.stdout)


def usage(name, message, hint, *words):
    is_(all_of(tolok(*words)), (2, '', f"tolok: {message}\nTry 'tolok {hint}--help'.\n"), name)


usage('nothing said', 'no command', '')
usage('unknown command', 'unknown command frob', '', 'frob')
usage('unknown option', 'import: unknown option --colour', 'import ',
      'import', 'package', '--colour')
usage('unknown option before the command', 'import: unknown option -x', 'import ',
      '-x', 'import')
usage('option of another command', 'publish: unknown option --new-regions', 'publish ',
      'publish', 'uji', '--new-regions')
usage('argument missing', 'import: too few arguments, it takes DIR|ZIP [--new-regions]', 'import ',
      'import')
usage('one of two missing', 'export: too few arguments, it takes ROUND DIR [--edition N]',
      'export ', 'export', 'uji')
usage('argument too many', 'rounds: one argument too many: uji', 'rounds ', 'rounds', 'uji')
usage('edition without a number', 'export: no value after --edition', 'export ',
      'export', 'uji', 'x', '--edition')
usage('edition that is no number', 'export: not a number of a publication: 0', 'export ',
      'export', 'uji', 'x', '--edition=0')
usage('half of a command', 'unknown command account', '', 'account')
usage('half of it known', 'unknown command account', '', 'account', 'frob')
usage('an operand that looks like the rest of a command',
      'rounds: one argument too many: list', 'rounds ', 'rounds', 'list')
usage('option of another command', 'account list: unknown option --name', 'account list ',
      'account', 'list', '--name=x')
usage('argument missing', 'account create: too few arguments, it takes EMAIL ROLE [--name NAME] '
      '[--region REGION] [--dimension CODE]', 'account create ', 'account', 'create', 'a@b.id')
usage('a value missing', 'audit verify: no value after --head', 'audit verify ',
      'audit', 'verify', '--head')
usage('operand after --', 'rounds: one argument too many: --help', 'rounds ',
      'rounds', '--', '--help')

# The database can not be reached.
said = tolok('rounds', VAR='/nowhere', TOLOK_DB=None)
is_((said.returncode, said.stdout, said.stderr.split('\n')[0]),
    (3, '', 'tolok: no instance answers under /nowhere (start it with `make start`)'),
    'no instance')
said = tolok('import', 'package', TOLOK_DB='host=/nowhere dbname=none')
is_((said.returncode, said.stderr.split('\n')[0]),
    (3, 'tolok: the database of TOLOK_DB does not answer'), 'no database')

# A round's way.
rounds = tolok('rounds').stdout.splitlines()
listing = os.listdir()
is_(all_of(tolok('publish', 'uji')), (1, '', 'tolok: publish: there is no round uji\n'),
    'publish an unknown round')
is_(all_of(tolok('export', 'uji', 'there')),
    (1, '', 'tolok: export: round uji has no publication\n'), 'export an unknown round')
is_(os.listdir(), listing, 'and no folder is made')
is_(all_of(tolok('import', 'package')),
    (0, 'uji: 2 regions (0 new), 4 criteria, 4 marks, 1 official figure\n'
        'Next: tolok publish uji\n',
     'criteria.csv:3: weight: note: the weights below index add up to 1.5\n'
     'criteria.csv:4: weight: note: the weights below top add up to 3\n'), 'import')
is_(sql("""select name || '|' || "group"
           from data.participant p join data.round r on r.draft = p.intake
           where r.code = 'uji' and region = '35.71'"""), 'Kota Kediri|umum',
    "a known region keeps the database's name")
is_(sql("""select region || ' ' || criterion || ' ' || status || ' ' || coalesce(value::text, '-')
           from data.mark m join data.round r on r.draft = m.intake
           where r.code = 'uji' order by region, criterion""").split('\n'),
    ['35.71 a value 3.5', '35.71 b value 2', '35.72 a no_data -', '35.72 b value 1.25'],
    'an empty value is no data')
is_(sql("""select code || ' ' || ord || ' ' || height
           from data.criterion c join data.method m on m.id = c.method
           where version = 'uji-1' order by ord""").split('\n'),
    ['index 1 2', 'top 2 1', 'a 3 0', 'b 4 0'], 'criteria in file order with their heights')
said = tolok('rounds').stdout
is_(len(said.splitlines()), len(rounds) + (not rounds) + 1, 'one round more')
like(said, r'^uji +2022  draft +2  - +Putaran uji \(simulated\)$', 'rounds shows the draft')

otherwise = changed(('criteria.csv', 6, 'b,index,0.5', 'b,index,0.75'))
put('changed', otherwise)
said = tolok('import', 'changed')
ok(said.returncode == 1 and said.stderr.startswith(
    'round.json:9: method.version: uji-1 has other content in round uji'),
   'not even a draft may change its method under the same version', said.stderr)
line(otherwise, 'round.json', 9, b'"uji-1"', b'"uji-2"')
put('changed', otherwise)
said = tolok('import', 'changed')
is_((said.returncode, said.stdout.split('\n')[1]), (0, 'uji: the draft before it is replaced'),
    'under a new version it may')
is_(sql("select version from data.method where version like 'uji-%'"), 'uji-2',
    'the method that nobody uses any more is gone')
tolok('import', 'package')
otherwise['round.json'] = GOOD['round.json']
put('changed', otherwise)
said = tolok('publish', 'uji')
is_((*first(said), said.stderr),
    (0, 'uji: publication 1: 2 regions, 4 criteria, 10 draws', ''), 'publish')
like(said.stdout.split('\n')[1], '^digest [0-9a-f]{64}$', 'and its digest')
said = tolok('publish', 'uji')
is_((said.returncode, said.stderr), (1, 'tolok: publish: round uji has no draft to publish\n'),
    'nothing left to publish')
here.remember()
fault = ('round.json:9: method.version: uji-1 has other content in round uji: '
         f'give the changed method a new version\n{summary("changed", 1)}')
refused('other content of a published version', fault, 'changed')
line(otherwise, 'round.json', 3, b'"uji"', b'"lain"')
put('changed', otherwise)
refused('other content in another round', fault, 'changed')

# Numbers that are written otherwise are the same content.
same = changed(('criteria.csv', 2, ',0.01,', ',0.010,'), ('criteria.csv', 3, ',1,', ',1.00,'),
               ('round.json', 15, '"0.5"', '"0.50"'), ('round.json', 10, '"4"', '"4.0"'))
put('package', same)
said = tolok('import', 'package')
is_((said.returncode, said.stdout.split('\n')[1]),
    (0, 'uji: pages show publication 1 until this draft is published'), 'same content, new draft')
is_(sql("select count(*) from data.method where version = 'uji-1'"), '1', 'one method')
like(tolok('rounds').stdout, '^uji +2022  published 1, draft +2  [0-9a-f]{12}  Putaran uji',
     'rounds shows both')
is_(all_of(tolok('publish', 'uji')),
    (1, '', 'tolok: publish: a correction of round uji needs a reason, which all read\n'),
    'a correction has a reason')
WHY = '--reason=Salah ketik.'
is_(all_of(tolok('publish', 'uji', WHY)),
    (1, '', 'tolok: publish: nothing of round uji differs from publication 1\n'),
    'and changes something')
line(same, 'marks.csv', 2, b'3.5', b'3.6')
put('package', same)
tolok('import', 'package')
is_(tolok('publish', 'uji', WHY).stdout.split('\n')[1], 'uji: it supersedes publication 1',
    'the second publication')


# Export.
def digest(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()


said = tolok('export', 'uji', 'there')
is_((*first(said), said.stderr), (0, 'uji: publication 2 written to there, 7 files', ''), 'export')
with open('there/SHA256SUMS', encoding='ascii') as sums:
    listed = {name: known for known, name in (row.split() for row in sums)}
is_(listed, {name: digest(f'there/{name}') for name in os.listdir('there')
             if name != 'SHA256SUMS'}, 'its digests are right')
is_(said.stdout.split('\n')[1], f'digest {digest("there/SHA256SUMS")}',
    "the publication's digest is that of SHA256SUMS")
is_(all_of(tolok('export', 'uji', 'there')), (1, '', 'tolok: export: there: not empty\n'),
    'not into a folder with files')
os.mkdir('empty')
is_(first(tolok('export', '--edition', '1', 'uji', 'empty')),
    (0, 'uji: publication 1 written to empty, 7 files'), 'an older one into an empty folder')
said = tolok('export', 'uji', 'other', '--edition=3')
is_((said.returncode, said.stderr), (1, 'tolok: export: round uji has no publication 3\n'),
    'none of that number')
said = tolok('export', 'uji', 'none/there')
is_((said.returncode, said.stderr),
    (1, 'tolok: export: none/there: No such file or directory\n'), 'no folder above')
with open('file', 'w', encoding='ascii'):
    said = tolok('export', 'uji', 'file')
is_((said.returncode, said.stderr), (1, 'tolok: export: file: Not a directory\n'),
    'a file is in the way')
listing = sorted(os.listdir())


def full():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


is_((tolok('export', 'uji', 'full', before=full).returncode, sorted(os.listdir())), (1, listing),
    'a disk that is full leaves no half package')
is_(first(tolok('import', 'there')),
    (0, 'uji: 2 regions (0 new), 4 criteria, 4 marks, 1 official figure'),
    'an export is a package')
put('other-package', GOOD)
tolok('import', 'other-package')
tolok('publish', 'uji', WHY)
tolok('import', 'there')
tolok('publish', 'uji', WHY)
tolok('export', 'uji', 'again')
names = sorted(os.listdir('there'))
is_((sorted(os.listdir('again')), filecmp.cmpfiles('there', 'again', names, shallow=False)),
    (names, (names, [], [])), 'and comes out as it went in')
with open('/dev/full', 'w', encoding='ascii') as nowhere:
    said = subprocess.run([os.environ['TOLOK'], 'rounds'], stdout=nowhere, stderr=subprocess.PIPE,
                          text=True, check=False)
is_((said.returncode, said.stderr), (1, 'tolok: rounds: can not write to standard output\n'),
    'a result that can not be written')

# New regions.
new = changed(('round.json', 3, '"uji"', '"baru"'), ('round.json', 9, 'uji-1', 'baru-1'))
new['regions.csv'] = 'region,name,group\r\nX-1,"Kota ""Baru""é",\r\n35.71,KOTA  kediri,umum'.encode(
)
new['marks.csv'] = (b'status,value,criterion,region\r\n,1,a,X-1\r\nnot_applicable,,b,X-1\r\n'
                    b'value,0,a,35.71\r\n')
put('new', new)
is_(first(tolok('import', 'new', '--new-regions')),
    (0, 'baru: 2 regions (1 new), 4 criteria, 3 marks, 1 official figure'),
    'new region, CRLF, columns in another order')
is_(sql("""select slug || '|' || name || '|' || member || '|' || coalesce(kind, '-')
           from data.region where code = 'X-1'"""), 'x-1|Kota "Baru"é|false|-',
    'it has a code, an address and a name')
succeeds('which is known from then on', 'import', 'new')
for name in 'regions.csv', 'marks.csv':
    new[name] = new[name].replace(b'X-1', b'x-1')
put('new', new)
here.remember()
refused('an address that is taken', 'regions.csv:2: region: the address x-1 belongs to region X-1 '
        f'already\n{summary("new", 1)}', 'new', '--new-regions')
new['regions.csv'] = b'region,name,group\nY.1,Y,\ny.1,y,\nz,,\n35.71,,\n'
new['marks.csv'] = new['marks.csv'].replace(b'x-1', b'z')
put('new', new)
refused('two new ones of one address', 'regions.csv:3: region: y.1 and Y.1 on line 2 would have '
        f'the same address\nregions.csv:4: name: missing\n{summary("new", 2)}',
        'new', '--new-regions')


def begin(*words):
    return subprocess.Popen([os.environ['TOLOK'], *words], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


# Imports of one round at once take turns.
at_once = [begin('import', 'package') for _ in range(4)]
is_([bool(re.search('^Next:', turn.communicate()[0], re.M)) for turn in at_once], [True] * 4,
    'four imports at once')
is_(sql("""select count(*) from data.intake i
           where round = 'uji'
             and not exists (select from data.publication p where p.intake = i.id)"""), '1',
    'leave one draft')


def waits_for_lock():
    """Until the import of another session waits for us."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if sql("""select count(*) from pg_stat_activity
                  where datname = current_database() and application_name = 'tolok'
                    and wait_event_type = 'Lock'""") == '1':
            return
        time.sleep(0.02)


# The server goes away in the middle: another session holds the rounds, so that the import is surely
# waiting.
here.remember()
holder = here.another()
holder.keep('begin; lock table data.round in exclusive mode')
cut = begin('import', 'package')
waits_for_lock()
sql("""select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'tolok'""")
said = cut.communicate()
holder.close()
is_((cut.returncode, *said), (3, '', 'tolok: import: terminating connection due to administrator '
                              'command\n'), 'the connection is lost')
is_(here.contents(), here.before, 'and nothing is left of the import')

# What the authority published is taken as it is.
put('beyond', {**same, 'official.csv': same['official.csv'].replace(b',2.4,', b',4.5,')})
is_((tolok('import', 'beyond').returncode,
     sql("""select o.value from data.official o join data.round r on r.draft = o.intake
            where r.code = 'uji'""")), (0, '4.5'), 'an official figure beyond the scale')

# Progress is asked for where there is no terminal, and only then.
said = tolok('import', 'package', '--progress')
is_((said.returncode, '\033' in said.stderr), (0, False), 'no escape codes in a file')
done()
