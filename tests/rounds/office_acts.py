"""Acts of the office on a round that is there already."""
from rights import may_agree
from state import Answer, Assignment, City, Decision, moment_of, need
from values import STATES, decided, number


def office(s):
    need(s.who.role == 'office', 'forbidden')
    return s.the_round()


def entrant_add(s):
    there = office(s)
    closes = there.steps['self'][1] if 'self' in there.steps else None
    need(there.state == 'draft' or there.state == 'open' and s.now < closes, 'state')
    faults = {}
    if s.region in there.cities:
        faults['region'] = 'taken'
    groups = {city.group for city in there.cities.values()}
    if s.group not in groups and s.group.lower() in {group.lower() for group in groups}:
        faults['group'] = 'alike'
    if there.state == 'open' and not s.reason:
        faults['reason'] = 'missing'
    need(not faults, 'invalid', **faults)

    def change(said):
        there.cities[s.region] = City(s.region, s.group)
        if there.state == 'open':
            opened(there, there.cities[s.region])

    return change


def opened(there, city):
    """One row a cell, and a calendar of its own."""
    city.steps = {step: list(times) for step, times in there.steps.items()}
    city.cells = {leaf.code: Answer() for leaf in there.leaves_of(city)}


def entrant_leave(s):
    there = office(s)
    city = s.the_city(there)
    need(there.state in ('open', 'final') and not city.left, 'state')
    need(s.reason, 'invalid', reason='missing')

    def change(said):
        city.left = True

    return change


def round_open(s):
    there = office(s)
    need(there.state == 'draft', 'state')
    need(there.steps, 'invalid', dates='missing')
    need(there.steps['self'][1] > s.now, 'invalid', dates='past')
    need(there.cities, 'invalid', entrants='missing')

    def change(said):
        there.state = 'open'
        for city in there.cities.values():
            opened(there, city)

    return change


def assign(s):
    there = office(s)
    city = s.the_city(there)
    need(there.state in ('draft', 'open') and not city.left, 'state')
    person = next((p for p in s.world.people.values() if p.id == s.assessor), None)
    part = there.assigned(s.region, s.dimension)
    faults = {}
    if not person or person.role != 'assessor':
        faults['assessor'] = 'unknown'
    elif any(a.person == person.name for a in part):
        faults['assessor'] = 'taken'
    elif person.region == s.region:
        faults['assessor'] = 'conflict'
    if s.role == 'lead' and any(a.role == 'lead' for a in part):
        faults['role'] = 'lead_taken'
    need(not faults, 'invalid', **faults)

    def change(said):
        there.assignments.append(Assignment(said['id'], s.region, s.dimension, person.name, s.role))

    return change


def assignment_of(s):
    need(s.who.role == 'office', 'forbidden')
    for there in s.world.rounds.values():
        for mine in there.assignments:
            if mine.id == s.assignment:
                return there, there.cities[mine.region], mine
    return need(False, 'forbidden')


def assign_end(s):
    there, city, mine = assignment_of(s)
    need(there.state in ('draft', 'open') and not city.left and not mine.ended, 'state')
    need(s.reason, 'invalid', reason='missing')

    def change(said):
        mine.ended = True

    return change


def sign_reopen(s):
    """Nobody's marks are changed once the city was shown them."""
    there, city, mine = assignment_of(s)
    shown = city.begun('reply', s.now)
    need(there.state == 'open' and not city.left and not mine.ended, 'state')
    need(mine.signed and not shown, 'state')
    need(s.reason, 'invalid', reason='missing')

    def change(said):
        mine.signed = False
        mine.marks = {code: mark for code, mark in mine.marks.items() if not mark.agreed}

    return change


def round_extend(s):
    """The end of a step and the beginning of the city's next one."""
    there = office(s)
    city = s.the_city(there)
    need(there.state == 'open' and not city.left and s.step in city.steps, 'state')
    opens, closes = city.steps[s.step]
    after = city.next(s.step)
    need(opens <= s.now and (not after or s.now < city.steps[after][0]), 'state')
    to, to_next = moment_of(s.closes or ''), moment_of(s.next or '')
    faults = {}
    if not to:
        faults['closes'] = 'date'
    elif to <= closes:
        faults['closes'] = 'earlier'
    elif after and to > city.steps[after][1] and not (to_next and to_next > to):
        faults['closes'] = 'next'
    if not s.reason:
        faults['reason'] = 'missing'
    need(not faults, 'invalid', **faults)

    def change(said):
        city.extended.add(s.step)
        city.steps[s.step][1] = to
        if after:
            city.steps[after][0] = to
            if to_next:
                move_end(city, after, to_next)

    return change


def move_end(city, step, to):
    city.extended.add(step)
    city.steps[step][1] = to
    if after := city.next(step):
        city.steps[after][0] = max(city.steps[after][0], to)


def round_final(s):
    there = office(s)
    need(there.state == 'open', 'state')
    need(all(city.left or city.closed(s.now) for city in there.cities.values()), 'state')

    def change(said):
        there.state, there.final_at = 'final', s.now
        for city in there.cities.values():
            if not city.left:
                for leaf in there.leaves_of(city):
                    city.decisions[leaf.code] = decided(there, city, leaf)

    return change


def decide(s):
    there = office(s)
    need(there.state == 'final', 'state')
    need(s.cells, 'invalid', cells='missing')
    cells = []
    for cell in s.cells:
        city = there.cities.get(cell['region'])
        leaf = city and there.leaf_of(city, cell['criterion'])
        need(leaf, 'invalid', cells='unknown')
        cells.append((city, leaf))
    for city, leaf in cells:
        s.right(there, 'decision', city, leaf.dimension)
        need(not may_agree(there, city.decisions[leaf.code], s.now), 'state')
    faults = {}
    if s.state not in STATES:
        faults['state'] = 'wrong'
    if s.state == 'value':
        if not s.value:
            faults['value'] = 'missing'
        elif number(s.value) is None:
            faults['value'] = 'wrong'
    if not s.reason:
        faults['reason'] = 'missing'
    need(not faults, 'invalid', **faults)
    for cell, (city, leaf) in zip(s.cells, cells):
        need(cell['seen'] == city.decisions[leaf.code].row_version, 'conflict')

    def change(said):
        for city, leaf in cells:
            value = number(s.value) if s.state == 'value' else None
            version = city.decisions[leaf.code].row_version + 1
            city.decisions[leaf.code] = Decision(s.state, value, row_version=version)

    return change


def assessor_set(s):
    """Where somebody is at home they assess nobody: what they had there ends."""
    need(s.who.role == 'office', 'forbidden')
    person = next((p for p in s.world.people.values() if p.id == s.account), None)
    need(person and person.role == 'assessor', 'forbidden')

    def change(said):
        person.region = s.fields.get('home')
        for there in s.world.rounds.values():
            for mine in there.assignments:
                if mine.person == person.name and mine.region == person.region:
                    mine.ended = True

    return change


def minutes_add(s):
    there = office(s)
    need(there.state == 'final', 'state')
    need(s.text, 'invalid', text='missing')
    return None


def round_off(s):
    there = office(s)
    need(there.state in ('draft', 'open', 'final'), 'state')
    need(s.reason, 'invalid', reason='missing')

    def change(said):
        there.state = 'off'

    return change
