"""What an act answers and changes: expected(..), by the model."""
import json
import re
from typing import Any, NamedTuple

import assessor_acts
import city_acts
import office_acts
from rights import Scene
from state import Refused

# The arguments of each act in their order, and the kind of right that it takes.
ACTS = {
    line.split(':')[0].strip(): (line.split(':')[1].split(), line.split(':')[2].strip())
    for line in '''
    entrant_add: round region key group reason:
    entrant_leave: round region key reason:
    round_open: round key:
    assign: round region dimension key assessor role:
    assign_end: assignment key reason:
    assessor_set: account key fields:
    sign_reopen: assignment key reason:
    round_extend: round region step key closes next reason:
    round_final: round key:
    decide: round key cells state value reason: decision
    minutes_add: round key text:
    round_off: round key reason:
    answer_save: round region criterion seen key state value reason: answer
    target_set: round region criterion key value: target
    evidence_add: round region key piece uses: evidence
    evidence_use: evidence round key criterion dimension page: evidence
    evidence_drop: use key: evidence
    send: round region dimension key:
    question_reply: question key text: words
    report_save: recommendation key round text: report
    objection_save: round region criterion seen key state value text: objection
    objection_drop: round region criterion key: objection
    objections_send: round region key: objection
    question_ask: round region dimension criterion key asks text due: question
    question_close: question key:
    mark_save: round region criterion seen key state value reason note: mark
    sign: round region dimension key: signature
    recommend: round region key fields: recommendation
    verdict: recommendation round key verdict text: verdict
    objection_answer: round region criterion key verdict value text: objection_answer
    agree: round region criterion key state value reason: agreement
    meeting_save: meeting round region key fields: meeting
    '''.strip().splitlines()
}
KEY = re.compile('[A-Za-z0-9_-]{16,64}')


class Said(NamedTuple):
    outcome: str
    faults: dict = None
    change: Any = None  # of the state, when it is done: change(what the database said)


class Asked(NamedTuple):
    """What somebody asks for."""

    who: str
    act: str
    args: dict

    def call(self):
        names = ACTS[self.act][0]
        return f'act.{self.act}({", ".join(literal(self.args[name]) for name in names)})'


def literal(value):
    if value is None:
        return 'null'
    if isinstance(value, int):
        return str(value)
    text = json.dumps(value) if isinstance(value, (dict, list)) else value
    return "'" + text.replace("'", "''") + "'"


def expected(world, asked, now):
    """The answer of the model."""
    who = world.people.get(asked.who)
    if who is None:
        return Said('signed_out')
    if not KEY.fullmatch(asked.args['key']):
        return Said('invalid', {'key': 'wrong'})
    before = world.keys.get((asked.who, asked.args['key']))
    if before:
        return Said(*before[1]) if before[0] == asked else Said('key_used')
    act = next(
        getattr(part, asked.act)
        for part in (office_acts, city_acts, assessor_acts)
        if hasattr(part, asked.act)
    )
    try:
        change = act(Scene(world, who, asked.args, now))
    except Refused as refused:
        return Said(refused.outcome, refused.faults)
    return Said('done', None, change or (lambda said: None))
