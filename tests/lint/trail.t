#!/usr/bin/env python3
"""The audit trail says everything in words: each act that the functions of sql/act can note, what
was refused, each field of a note and each word that is the value of one has some in the templates,
and nothing else has. Read from the calls of act.note, so a new act is found with its first line."""
import json
import re

import project
from tap import done, none, ok

source = '\n'.join(re.sub(r'--[^\n]*', '', project.read(path)) for path in project.files('sql/act'))
# Of jobs and what hangs on them the trail tells no state, nor of cells of a round.
schema = '\n'.join(
    project.read(path)
    for path in project.files('sql/schema')
    if not re.search(r'_job[.]sql|/9[123]_', path)
)
words = {letter: set() for letter in 'arkv'}
unread = []


def arguments(text, start):
    """The arguments of a call whose first one begins there."""
    found, depth, quoted, begin = [], 0, False, start
    for at in range(start, len(text)):
        letter = text[at]
        if letter == "'":
            quoted = not quoted
        elif not quoted and letter in '([':
            depth += 1
        elif not quoted and letter in ')]' and depth > 0:
            depth -= 1
        elif not quoted and depth == 0 and letter in ',)':
            found.append(text[begin:at].strip())
            if letter == ')':
                return found
            begin = at + 1
    raise ValueError('a call without an end')


def calls(name, text):
    return [
        arguments(text, match.end())
        for match in re.finditer(rf'(?<!function )\b{re.escape(name)}\(', text)
    ]


def literals(expression):
    """The texts that an expression can be: a literal, or the results of a CASE."""
    return re.findall(r"^'(\w+)'$", expression) or (
        re.findall(r"\b(?:then|else) '(\w+)'", expression) if expression.startswith('case ') else []
    )


def fields(expression):
    """The fields of a note, and the values of those that are words."""
    for text in re.findall(r"'(\{.*?\})'", expression):
        yield from ((key, value) for key, value in json.loads(text).items())
    for call in calls('jsonb_build_object', expression):
        yield from (
            (key.strip("'"), word)
            for key, value in zip(call[::2], call[1::2])
            for word in literals(value) or [None]
        )


# Fields whose values are words.
noted = ('state', 'with', 'step', 'why', 'role', 'sends', 'mails')


def note(parts):
    """What a note holds of a record, before or after."""
    for part in parts:
        for key, value in [
            pair
            for name in re.findall(r'act\.(account_view|agency_view|win_told|with_reason)\(', part)
            for pair in fields(views[name])
        ] + list(fields(part)):
            words['k'].add(key)
            words['v'].update([value] if isinstance(value, str) and key in noted else [])


views = {
    name: re.search(rf'function act\.{name}\(.*?\n\n', source, re.S)[0]
    for name in ('account_view', 'agency_view', 'win_told', 'with_reason')
}
# What is told once has before these whom it is told of; it notes by its own arguments.
for act, subject, *rest in calls('act.note', source) + [
    call[1:] for name in ('act.note_once', 'act.note_evenly') for call in calls(name, source)
]:
    if (act, subject) == ('act', 'subject'):
        continue
    words['a'].update(literals(act))
    if act == "'refused'":
        words['r'].update(literals(subject))
    if not literals(act) or not (literals(subject) or (act == "'refused'" and subject == 'what')):
        unread.append(f'act.note({act}, {subject}, ..)')
    # The number and the region come first, and who did it last.
    note(
        [part for part in rest[2:4] if '=>' not in part]
        + [part for part in rest if part.startswith('after =>')]
    )
# A publication notes what it was told, too.
for call in calls('act.publish_as', source):
    note(call[3:])
for what, *rest in calls('act.refuse', source):
    words['r'].update(literals(what))
    note(rest[2:])
# Acts on a quick win or a letter are refused in one place, by their name.
words['r'].update(re.findall(r"array\['(\w+)',\s+(?:win|ask|letter)::text", source))
# So are those of the office, by the first of what was asked for.
for call in calls('act.office_begun', source):
    words['r'].update(re.findall(r"'(\w+_\w+)'", call[2].split(',')[0]))
# Acts on a round are refused by their name as well.
for call in calls('act.round_not', source):
    words['r'].update(literals(call[3]) if call[2] == 'word' or 'forbidden' in call[2] else [])
for name in ('round_office', 'assignment_office'):
    for call in calls(f'act.{name}', source):
        words['r'].update(re.findall(r"^array\['(\w+)'", call[2]))
# Values that come from a column or an argument: what the tables allow, how a session was raised and
# why a preview is good no more.
for column in ('state', 'role'):
    for allowed in re.findall(rf'\b{column}\s+text[^,]*?check \({column} in \(([^)]*)\)', schema):
        words['v'].update(re.findall(r"'(\w+)'", allowed))
words['v'].update(
    literal for call in calls('act.session_raise', source) for literal in literals(call[2])
)
words['v'].update(
    literal for call in calls('act.preview_outdate', source) for literal in literals(call[1])
)
fields_of_wins = set(
    re.findall(
        r"\(\d+, '(\w+)', '\w+', (?:true|false), '\w+',", project.read('sql/pub/61_win_field.sql')
    )
)
words['k'] -= fields_of_wins

none(unread, 'each call of act.note can be read')
ok(
    len(words['a']) > 20 and len(fields_of_wins) > 10 and all(words.values()),
    'acts, refusals, fields and values are found',
    str({k: len(v) for k, v in words.items()}),
)
for letter, part, what in (
    ('a', '_act', 'act'),
    ('r', '_trail_refused', 'refusal'),
    ('k', '_trail_key', 'field'),
    ('v', '_trail_word', 'value'),
):
    said = dict(
        re.findall(
            rf'\{{\{{#{letter}_(\w+)\}}\}}([^{{]+)\{{\{{/{letter}_\1\}}\}}',
            project.read(f'templates/{part}.html'),
        )
    )
    none(sorted(words[letter] - set(said)), f'{part}: each {what} has words')
    none(sorted(set(said) - words[letter]), f'{part}: no words for what is never noted')
done()
