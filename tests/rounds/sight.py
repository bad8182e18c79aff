"""What each role sees of a round in each step (sight.csv), tried as tolok_desk with a session of
theirs."""
import csv
import os
from collections import Counter, namedtuple

from acts import literal

# How a row is told from others of its view.
KEYS = {
    'round_run': 'round',
    'round_step': 'step',
    'city_step': "concat_ws(' ', region, step)",
    'entrant': 'region',
    'cell': "concat_ws(' ', region, criterion)",
    'evidence_use': "concat_ws(' ', region, dimension, criterion)",
    'question': 'id',
    'question_line': 'question',
    'recommendation': 'id',
    'assignment': 'id',
    'assessor_mark': "concat_ws(' ', assignment, criterion)",
    'mark_note': "concat_ws(' ', assignment, criterion)",
    'objection': "concat_ws(' ', region, criterion)",
    'decision': "concat_ws(' ', region, criterion)",
}
# Views whose rows do not say which round they are of: those of all rounds are compared.
OF_ALL = ('question_line', 'mark_note')
Row = namedtuple('Row', 'key region dimension assignment', defaults=(None, None, None))

# '-' is not compared: a calendar before its round opens; and recommendations for owners, who see
# all of their city where the rules have their own dimensions.
with open(f'{os.path.dirname(__file__)}/sight.csv', encoding='utf-8') as file:
    EXPECTED = list(csv.DictReader(file))


def rows(world, there, view):
    """All rows of a view that there are."""
    cities = there.cities.values()
    if view == 'round_run':
        yield Row(there.code)
    elif view == 'round_step':
        yield from (Row(step) for step in there.steps)
    elif view == 'city_step':
        yield from (Row(f'{city.region} {step}') for city in cities for step in city.steps)
    elif view == 'entrant':
        yield from (Row(region) for region in there.cities)
    elif view in ('cell', 'objection', 'decision'):
        for city in cities:
            for code in getattr(city, f'{view}s'):
                yield Row(f'{city.region} {code}', city.region, there.leaves[code].dimension)
    elif view == 'evidence_use':
        for use in there.uses:
            key = ' '.join(filter(None, (use.region, use.dimension, use.criterion)))
            yield Row(key, use.region, use.dimension)
    elif view in ('question', 'question_line'):
        for q in there.questions.values():
            for _ in range(1 if view == 'question' else q.lines):
                yield Row(str(q.id), q.region, q.dimension)
    elif view == 'recommendation':
        for about in world.recommendations.values():
            if about.round == there.code:
                yield Row(str(about.id), about.region, about.dimension)
    else:
        yield from of_assessors(there, view)


def of_assessors(there, view):
    for mine in there.assignments:
        where = (mine.region, mine.dimension, mine)
        if view == 'assignment':
            yield Row(str(mine.id), *where)
            continue
        for code, mark in mine.marks.items():
            if view == 'assessor_mark' or mark.note:
                yield Row(f'{mine.id} {code}', *where)


class Eyes:
    """Which rows somebody sees by a word of the table."""

    def __init__(self, there, who, now):
        self.there, self.who, self.now = there, who, now

    def all(self, row):
        return True

    def none(self, row):
        return False

    def scope(self, row):
        return self.who.reaches(row.region, row.dimension)

    def part(self, row):
        return self.there.assignment(self.who.name, row.region, row.dimension) is not None

    def handed(self, row):
        """Their parts, from when the city's own assessment closed."""
        closes = self.there.cities[row.region].steps['self'][1]
        return self.part(row) and closes <= self.now

    def mine(self, row):
        return row.assignment.person == self.who.name and not row.assignment.ended

    def fellows(self, row):
        """Their own; those of their parts in a panel, or when all have signed."""
        return self.mine(row) or self.part(row) and (self.there.how == 'panel' or self.signed(row))

    def signed(self, row):
        """Parts in which all who are assigned have signed."""
        return all(a.signed for a in self.there.assigned(row.region, row.dimension))

    def judging(self, row):
        seen = self.there.how == 'panel' or self.signed(row)
        return self.mine(row) or (self.part(row) and seen)

    def replying(self, row):
        return self.scope(row) and self.there.cities[row.region].begun('reply', self.now)


def differences(walk, step, people):
    """What each of these people, by role, sees otherwise than the table says."""
    there = walk.there
    for role, who in people:
        seen = looked(walk, who)
        for line in EXPECTED:
            if line['role'] != role or line[step] == '-':
                continue
            view = line['view']
            rounds = walk.world.rounds.values() if view in OF_ALL else [there]
            wanted = Counter(
                row.key
                for one in rounds
                for row in rows(walk.world, one, view)
                if getattr(Eyes(one, walk.world.people[who], walk.now), line[step])(row)
            )
            if wanted != seen[view]:
                yield (
                    f'{there.code} {step} ({there.how}), {who}, {view}: {line[step]};'
                    f' too many: {sorted((seen[view] - wanted).elements())[:5]},'
                    f' too few: {sorted((wanted - seen[view]).elements())[:5]}'
                )


def looked(walk, who):
    """What they see of each view."""
    code = literal(walk.there.code)
    text = ' union all '.join(
        f"select '{view}', ({key})::text from data.{view}"
        f" where {'true' if view in OF_ALL else 'round = ' + code}"
        for view, key in KEYS.items()
    )
    walk.sql(f'select pg_temp.as_person({literal(who)})')
    walk.sql('set local role tolok_desk')
    said = walk.sql(text)
    walk.sql('reset role')
    seen = {view: Counter() for view in KEYS}
    for line in said.splitlines():
        view, key = line.split('|')
        seen[view][key] += 1
    return seen
