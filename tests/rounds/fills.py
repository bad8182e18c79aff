"""What people do in each step of a round as it should go, so that the next ones have something to
go on with: questions, verdicts, marks and signatures, objections and their answers."""
from datetime import timedelta

from state import wib


def asking(walk, there):
    """Each assessor asks about their parts; some questions are closed again."""
    for mine in [a for a in there.assignments if not a.ended]:
        leaves = there.leaves_of(there.cities[mine.region], mine.dimension)
        if not leaves:
            continue
        leaf = walk.lot.choice([None, *leaves])
        walk.act(
            mine.person,
            'question_ask',
            round=there.code,
            region=mine.region,
            dimension=mine.dimension,
            criterion=leaf and leaf.code,
            asks=walk.lot.choice(('answer', 'evidence', 'evidence', 'words')),
            text='Mohon dilengkapi',
            due=walk.lot.choice((None, wib(walk.now + timedelta(walk.lot.choice((3, 6, 30)))))),
        )


def closing(walk, there):
    for question in there.questions.values():
        if walk.lot.random() < 0.3:
            who = walk.lot.choice((question.asker, question.asker, 'kantor1', 'asesor5'))
            walk.act(who, 'question_close', question=question.id)


def verdicts(walk, there):
    """The lead's, on what the last round recommended; one is forgotten now and then."""
    for about in list(walk.world.recommendations.values()):
        if not about.last or walk.lot.random() < 0.2:
            continue
        for mine in there.assigned(about.region, about.dimension):
            if mine.role == 'lead':
                said = {'verdict': 'partly', 'text': 'Sebagian sudah'}
                where = {'recommendation': about.id, 'round': there.code}
                walk.act(mine.person, 'verdict', **where, **said)


def marks(walk, there):
    """Leads first, since the others of a panel sign after them."""
    for mine in sorted((a for a in there.assignments if not a.ended), key=lambda a: a.role):
        city = there.cities[mine.region]
        for leaf in there.leaves_of(city, mine.dimension):
            if there.how == 'blind' or mine.role == 'lead' or walk.lot.random() < 0.2:
                mark(walk, there, mine, leaf)
        if walk.lot.random() < 0.9:
            where = {'region': mine.region, 'dimension': mine.dimension}
            walk.act(mine.person, 'sign', round=there.code, **where)


def mark(walk, there, mine, leaf):
    before = mine.marks.get(leaf.code)
    state = 'no_data' if walk.lot.random() < 0.05 and there.how == 'blind' else 'value'
    walk.act(
        mine.person,
        'mark_save',
        round=there.code,
        region=mine.region,
        criterion=leaf.code,
        seen=before and before.row_version,
        state=state,
        value=(
            walk.lot.choice('01223' if there.how == 'blind' else '123')
            if state == 'value'
            else None
        ),
        reason='Terlihat',
        note='Catatan saya',
    )


def reopened(walk, there):
    for mine in there.assignments:
        if mine.signed and walk.lot.random() < 0.3:
            walk.act('kantor2', 'sign_reopen', assignment=mine.id, reason='Salah ketik')


def objections(walk, there):
    """Some of each city; one city sends them, the others' go as they stand."""
    for city in there.cities.values():
        operator = next(p.name for p in walk.world.people.values() if p.region == city.region)
        for leaf in there.leaves_of(city):
            before = city.objections.get(leaf.code)
            if walk.lot.random() < 0.6 and not before:
                where = {'round': there.code, 'region': city.region, 'criterion': leaf.code}
                said = {'state': 'value', 'value': '4', 'text': 'Kami punya lebih', 'seen': None}
                walk.act(operator, 'objection_save', **where, **said)
        if walk.lot.random() < 0.5:
            walk.act(operator, 'objections_send', round=there.code, region=city.region)


def settled(walk, there):
    """The leads answer what was sent."""
    for city in there.cities.values():
        for criterion, objection in list(city.objections.items()):
            dimension = there.leaves[criterion].dimension
            leads = [a for a in there.assigned(city.region, dimension) if a.role == 'lead']
            if objection.verdict or not leads or walk.lot.random() < 0.7:
                continue
            where = {'round': there.code, 'region': city.region, 'criterion': criterion}
            word = walk.lot.choice(('accept', 'reject', 'reject'))
            said = {'verdict': word, 'value': None, 'text': 'Kami timbang'}
            walk.act(leads[0].person, 'objection_answer', **where, **said)
