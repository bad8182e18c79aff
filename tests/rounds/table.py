"""What a walk has reached: each step, role and kind of right, with what it hangs on, allowed and
refused."""
from collections import defaultdict

from rights import KINDS, RIGHTS
from state import STEPS

ROLES = ('office', 'operator', 'owner', 'assessor')
ASKED = ('asked', 'asked_or_everywhere', 'open_question')
RIGHT = {
    (step, 'assessor' if role == 'lead' else role, kind): condition
    for step, role, kind, condition in RIGHTS
}
OFTEN = 20
ALLOWED, REFUSED = ('done',), ('forbidden', 'state')


def wanted():
    """Each row, and whether an act of it can be allowed."""
    for step in ('draft', *STEPS, 'final'):
        for role in ROLES:
            for kind in KINDS:
                if (step, role, kind) not in RIGHT:
                    yield (step, role, kind, '', '', ''), False
                    continue
                condition = RIGHT[step, role, kind]
                for asked in ('asked', 'not asked') if condition in ASKED else ('',):
                    for length in ('', 'extended') if step in STEPS else ('',):
                        for signed in ('', 'signed') if condition == 'unsigned' else ('',):
                            yield (step, role, kind, asked, length, signed), not signed and (
                                asked != 'not asked' or condition == 'asked_or_everywhere'
                            )


class Table:
    def __init__(self):
        self.rows = dict(wanted())
        self.counts = defaultdict(lambda: [0, 0])

    def row(self, there, who, place, now):
        """None: no row of this table."""
        city = there.cities.get(place.city)
        if not city or city.left or there.state == 'off':
            return None
        step = city.step(now) if there.state == 'open' else there.state
        row = (step, who.role, place.kind)
        if row not in RIGHT:
            return (*row, '', '', '')
        condition, asked, signed = RIGHT[row], '', ''
        if condition == 'open_question':
            asked = 'asked' if place.question and place.question.is_open(now) else 'not asked'
        elif condition in ASKED:
            about = (place.kind, city.region, place.dimension, place.criterion)
            asked = 'asked' if there.asked(*about, now) else 'not asked'
        if condition == 'unsigned':
            mine = there.assignment(who.name, city.region, place.dimension)
            signed = 'signed' if mine and mine.signed else ''
        return (*row, asked, 'extended' if step in city.extended else '', signed)

    def lacks(self, row, outcome):
        """How much an act would bring: the lower, the more."""
        if row not in self.rows:
            return 10**6
        if outcome in ALLOWED:
            return self.counts[row][0]
        return self.counts[row][1] if outcome in REFUSED else 15

    def short(self, steps):
        """The rows of these steps that were not reached often enough."""
        return [
            row
            for row, can in self.rows.items()
            if row[0] in steps
            and (self.counts[row][1] < OFTEN or can and self.counts[row][0] < OFTEN)
        ]

    def count(self, row, outcome):
        if outcome in ALLOWED + REFUSED:
            self.counts[row][outcome in REFUSED] += 1

    def below(self):
        """The rows that were not reached often enough."""
        for row, can in self.rows.items():
            done, refused = self.counts[row]
            if refused < OFTEN or can and done < OFTEN:
                yield f'{" ".join(filter(None, row))}: {done} allowed, {refused} refused'

    def lines(self):
        """Those rows by themselves that people may do; what nobody may is one line a step."""
        never = defaultdict(list)
        for row, can in self.rows.items():
            done, refused = self.counts[row]
            if row[:3] in RIGHT:
                yield f'{" ".join(filter(None, row)):60}{done:6} allowed{refused:6} refused'
            else:
                assert not done, row
                never[row[0]].append(refused)
        for step, refused in never.items():
            yield (
                f'{step}: {len(refused)} more pairs of role and kind, none allowed, refused'
                f' {min(refused)} times or more, {sum(refused)} in all'
            )
