"""Acts of assessors."""
from state import Answer, Question, Recommendation, moment_of, need
from values import check_mark, checked, decided


def part_of(s, there):
    city = s.the_city(there)
    if s.args.get('criterion') is not None:
        leaf = s.leaf(there, city)
        return city, leaf.dimension, leaf
    return city, s.dimension, None


def question_ask(s):
    there = s.the_round()
    city, dimension, leaf = part_of(s, there)
    s.right(there, 'question', city, dimension)
    faults = {}
    if s.asks not in ('answer', 'evidence', 'words'):
        faults['asks'] = 'wrong'
    if not s.text:
        faults['text'] = 'missing'
    due = moment_of(s.due) if s.due else None
    if s.due and not due:
        faults['due'] = 'date'
    elif due and due <= s.now:
        faults['due'] = 'past'
    need(not faults, 'invalid', **faults)

    def change(said):
        there.questions[said['id']] = Question(
            said['id'], city.region, dimension, leaf and leaf.code, s.asks, due, s.who.name
        )

    return change


def question_close(s):
    for there in s.world.rounds.values():
        question = there.questions.get(s.question)
        if question:
            break
    else:
        need(False, 'forbidden')
    need(s.who.role == 'office' or s.who.name == question.asker, 'forbidden')
    need(not question.closed, 'state')
    city = there.cities[question.region]
    need(not city.left and there.state in ('open', 'final'), 'state')

    def change(said):
        question.closed = True

    return change


def mark_save(s):
    there = s.the_round()
    city = s.the_city(there)
    leaf = s.leaf(there, city)
    s.right(there, 'mark', city, leaf.dimension, leaf.code)
    mine = there.assignment(s.who.name, city.region, leaf.dimension)
    if there.how == 'panel' and mine.role == 'second':
        value = checked(leaf, s.state, s.value, s.reason)
        need(s.reason, 'invalid', reason='missing')
    else:
        value = check_mark(leaf, city.cells[leaf.code], s.state, s.value, s.reason)
    before = mine.marks.get(leaf.code)
    need(s.seen == (before and before.row_version), 'conflict')

    def change(said):
        version = said['row_version']
        mine.marks[leaf.code] = Answer(s.state, value, s.reason or '', version, s.note)

    return change


def sign(s):
    there = s.the_round()
    city = s.the_city(there)
    s.right(there, 'signature', city, s.dimension)
    part = there.assigned(city.region, s.dimension)
    mine = there.assignment(s.who.name, city.region, s.dimension)
    marker = mine
    if there.how == 'panel':
        marker = next((a for a in part if a.role == 'lead'), None)
        need(marker and (marker is mine or marker.signed), 'invalid', form='lead')
    marked = {
        code for code, mark in (marker.marks if marker else {}).items() if mark.state != 'open'
    }
    cells = {leaf.code for leaf in there.leaves_of(city, s.dimension)}
    need(cells <= marked, 'invalid', form='open')
    waiting = [
        r.id
        for r in s.world.recommendations.values()
        if r.last and (r.region, r.dimension) == (city.region, s.dimension)
    ]
    need(mine.role != 'lead' or set(waiting) <= there.verdicts, 'invalid', form='verdict')

    def change(said):
        mine.signed = True
        # In a panel who has not said otherwise agrees with the lead.
        for code in cells:
            marked = marker.marks[code]
            mine.marks.setdefault(code, Answer(marked.state, marked.value, agreed=True))

    return change


def recommend(s):
    there = s.the_round()
    city = s.the_city(there)
    s.right(there, 'recommendation', city, s.fields['dimension'])
    need(s.fields.get('text'), 'invalid', text='missing')

    def change(said):
        s.world.recommendations[said['id']] = Recommendation(
            said['id'], city.region, s.fields['dimension'], there.code
        )

    return change


def verdict(s):
    there = s.the_round()
    about = s.world.recommendations.get(s.recommendation)
    need(about and about.last, 'forbidden')
    city = there.cities.get(about.region)
    need(city, 'forbidden')
    s.right(there, 'verdict', city, about.dimension)
    need(s.verdict in ('done', 'partly', 'not'), 'invalid', verdict='wrong')

    def change(said):
        there.verdicts.add(about.id)

    return change


def meeting_save(s):
    there = s.the_round()
    city = s.the_city(there)
    s.right(there, 'meeting', city, None)
    return None


def objection_answer(s):
    there = s.the_round()
    city = s.the_city(there)
    leaf = s.leaf(there, city)
    s.within(there, 'objection_answer', city, leaf.dimension)
    objection = city.objections.get(leaf.code)
    need(objection, 'forbidden')
    s.right(there, 'objection_answer', city, leaf.dimension, leaf.code)
    # Until it is sent, or the window closes, the city may still change it.
    need(city.replied or not city.is_open('reply', s.now), 'state')
    faults = {}
    if s.verdict not in ('accept', 'partly', 'reject'):
        faults['verdict'] = 'wrong'
    if s.verdict == 'partly' and not s.value:
        faults['value'] = 'missing'
    if not s.text:
        faults['text'] = 'missing'
    need(not faults, 'invalid', **faults)

    def change(said):
        objection.verdict = s.verdict
        decision = city.decisions.get(leaf.code)
        # What is rejected is settled: the marks decide.
        if decision and decision.why == 'objection' and s.verdict == 'reject':
            settled = decided(there, city, leaf)
            decision.state, decision.value, decision.why = settled.state, settled.value, settled.why
            decision.row_version += 1

    return change


def agree(s):
    there = s.the_round()
    city = s.the_city(there)
    leaf = s.leaf(there, city)
    s.within(there, 'agreement', city, leaf.dimension)
    need(there.state == 'final' and not city.left, 'state')
    s.right(there, 'agreement', city, leaf.dimension, leaf.code)
    value = checked(leaf, s.state, s.value, s.reason)
    need(s.reason, 'invalid', reason='missing')
    decision = city.decisions[leaf.code]

    def change(said):
        decision.said[s.who.name] = (s.state, value)
        people = {a.person for a in there.assigned(city.region, leaf.dimension)}
        same = {decision.said.get(person) for person in people}
        if len(same) == 1 and None not in same:
            decision.state, decision.value, decision.why = s.state, value, None
            decision.row_version += 1

    return change
