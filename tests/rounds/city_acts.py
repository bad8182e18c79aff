"""Acts of the people of a city. Each refuses, or answers with what it changes when it is done."""
from state import Objection, Use, need
from values import checked


def answer_save(s):
    there = s.the_round()
    city = s.the_city(there)
    leaf = s.leaf(there, city)
    s.right(there, 'answer', city, leaf.dimension, leaf.code)
    value = checked(leaf, s.state, s.value, s.reason)
    answer = city.cells[leaf.code]
    need(s.seen == answer.row_version, 'conflict')

    def change(said):
        answer.state, answer.value, answer.reason = s.state, value, s.reason or ''
        answer.row_version = said['row_version']

    return change


def target_set(s):
    there = s.the_round()
    city = s.the_city(there)
    s.right(there, 'target', city, 'umum')
    need(s.value != 'abc', 'invalid')
    return None


def use_of(s, there, city, use):
    """The part and the cell that a piece is put to, both allowed now."""
    leaf = None
    if use.get('criterion') is not None:
        leaf = there.leaf_of(city, use['criterion'])
        need(leaf, 'invalid', uses='unknown')
    dimension = leaf.dimension if leaf else use['dimension']
    s.right(there, 'evidence', city, dimension, leaf and leaf.code)
    return Use(0, 0, city.region, dimension, leaf and leaf.code)


def evidence_add(s):
    there = s.the_round()
    city = s.the_city(there)
    if not s.uses:
        s.right(there, 'evidence', city, s.who.dimensions and s.who.dimensions[0])
    uses = [use_of(s, there, city, use) for use in s.uses]
    faults = {}
    if s.piece.get('kind') not in ('file', 'link'):
        faults['kind'] = 'wrong'
    if not s.piece.get('title'):
        faults['title'] = 'missing'
    if not uses:
        faults['uses'] = 'missing'
    need(not faults, 'invalid', **faults)

    def change(said):
        s.world.evidence[said['id']] = (there.code, city.region)
        for use in uses:
            use.evidence = said['id']
            there.uses.append(use)

    return change


def evidence_use(s):
    there = s.the_round()
    code, region = s.world.evidence.get(s.evidence, (None, None))
    need(code == there.code, 'forbidden')
    city = there.cities[region]
    use = use_of(s, there, city, {'criterion': s.criterion, 'dimension': s.dimension})
    place = (s.evidence, use.criterion, use.dimension)
    used = [(u.evidence, u.criterion, u.dimension) for u in there.uses if not u.dropped]
    need(place not in used, 'invalid', criterion='taken')

    def change(said):
        use.id, use.evidence = said['id'], s.evidence
        there.uses.append(use)

    return change


def evidence_drop(s):
    there, use = next(
        ((r, u) for r in s.world.rounds.values() for u in r.uses if u.id == s.use), (None, None)
    )
    need(use, 'forbidden')
    city = there.cities[use.region]
    s.right(there, 'evidence', city, use.dimension, use.criterion)
    need(not use.dropped, 'state')

    def change(said):
        use.dropped = True

    return change


def send(s):
    """All of a city, or a part of it; what is not complete is told and stops nobody."""
    there = s.the_round()
    city = s.the_city(there)
    need(s.who.role in ('operator', 'owner') and s.who.region == city.region, 'forbidden')
    need(s.who.role == 'operator' or s.dimension in s.who.dimensions, 'forbidden')
    need(any(s.is_step(there, city, step) for step in ('self', 'repair')), 'state')
    s.complete = sum(there.complete(city, leaf) for leaf in there.leaves_of(city, s.dimension))

    def change(said):
        assert said['n'] == s.complete, f'complete: {said["n"]}, expected {s.complete}'

    return change


def question_reply(s):
    for there in s.world.rounds.values():
        question = there.questions.get(s.question)
        if question:
            break
    else:
        need(False, 'forbidden')
    city = there.cities[question.region]
    s.right(there, 'words', city, question.dimension, question.criterion, question)
    need(s.text, 'invalid', text='missing')

    def change(said):
        question.lines += 1

    return change


def report_save(s):
    there = s.the_round()
    about = s.world.recommendations.get(s.recommendation)
    need(about and about.last, 'forbidden')
    city = there.cities.get(about.region)
    need(city, 'forbidden')
    s.right(there, 'report', city, about.dimension)
    need(s.text, 'invalid', text='missing')
    return None


def objection_save(s):
    there = s.the_round()
    city = s.the_city(there)
    leaf = s.leaf(there, city)
    s.right(there, 'objection', city, leaf.dimension, leaf.code)
    before = city.objections.get(leaf.code)
    need(s.text, 'invalid', text='missing')
    value = checked(leaf, s.state, s.value, s.text, options=False)
    need(s.seen == (before and before.row_version), 'conflict')

    def change(said):
        city.objections[leaf.code] = Objection(s.state, value, said['row_version'])

    return change


def objection_drop(s):
    there = s.the_round()
    city = s.the_city(there)
    leaf = s.leaf(there, city)
    s.within(there, 'objection', city, leaf.dimension)
    need(leaf.code in city.objections, 'forbidden')
    s.right(there, 'objection', city, leaf.dimension, leaf.code)

    def change(said):
        del city.objections[leaf.code]

    return change


def objections_send(s):
    there = s.the_round()
    city = s.the_city(there)
    s.right(there, 'objection', city, 'umum')
    need(city.objections, 'invalid', form='none')

    def change(said):
        city.replied = True

    return change
