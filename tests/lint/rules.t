#!/usr/bin/env python3
"""What docs/SQL.md says that the planner does, it does: each block of SQL is run as the document
says, and each line that it shows is found in the answer, in that order. Three points stand for
anything; a line with a time is there to be read, and not compared."""
import re
import subprocess

import project
from tap import done, none, ok

PRELUDE = '''begin;
set local jit = off;
set local seq_page_cost = 0.1;
set local random_page_cost = 0.1;
set local plan_cache_mode = force_generic_plan;
'''
rules = project.read('docs/SQL.md').split('\n### ')[1:]
blocks = re.compile(r'```sql\n(.*?)```\n```text\n(.*?)```', re.S)


def answers(queries):
    """What one session answers to each of them, and what it complains about."""
    script = ''.join(f'\\echo @\n{PRELUDE}{query}rollback;\ndeallocate all;\n' for query in queries)
    run = subprocess.run(
        ['psql', '-X', '-q', '-At', '-U', 'postgres', '-d', 'tolok'],
        input=script,
        capture_output=True,
        text=True,
    )
    return run.stdout.split('@\n')[1:], run.stderr


def missing(shown, said):
    """The first line of the document that is not in the answer behind those before it."""
    lines = iter(said.splitlines())
    for line in shown.splitlines():
        wanted = '.*'.join(re.escape(piece.strip()) for piece in line.split('...'))
        if not line.endswith(' ms') and not any(re.search(wanted, found) for found in lines):
            return line
    return None


ok(len(rules) > 10, f'there are {len(rules)} rules')
proofs = [
    (rule.split('\n')[0], query, shown) for rule in rules for query, shown in blocks.findall(rule)
]
said, complaints = answers([query for _, query, _ in proofs])
none(complaints.splitlines(), 'their queries can be asked')
none(
    [
        f'{title}: {line}\n{found}'
        for (title, _, shown), found in zip(proofs, said, strict=True)
        if (line := missing(shown, found)) is not None
    ],
    'they show what the document says',
)
done()
