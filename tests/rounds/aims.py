"""Acts of a walk: mostly what people would do, and a good share of what they must not."""
from datetime import timedelta
from typing import NamedTuple

from acts import ACTS, Asked
from rights import RIGHTS, may_agree
from state import wib

KINDS = {
    kind: [act for act, (_, k) in ACTS.items() if k == kind] for _, kind in ACTS.values() if kind
}
VALUES = ('0', '1', '2', '3', '4')


class Place(NamedTuple):
    """What an act is about, for the table of the walk."""

    kind: str
    city: str = None
    dimension: str = None
    criterion: str = None
    question: object = None


def place_of(world, there, asked):
    """None: an act that takes no right of the table."""
    kind, args = ACTS[asked.act][1], asked.args
    if not kind:
        return None
    if asked.act == 'question_reply':
        q = there.questions.get(args['question'])
        if not q:
            return Place(kind, next(iter(there.cities)))
        return Place(kind, q.region, q.dimension, q.criterion, q)
    if 'recommendation' in args:
        about = world.recommendations[args['recommendation']]
        return Place(kind, about.region, about.dimension)
    if 'use' in args:
        use = next(use for use in there.uses if use.id == args['use'])
        return Place(kind, use.region, use.dimension, use.criterion)
    cell = args | (args.get('fields') or {})
    cell |= next(iter(args.get('cells') or args.get('uses') or []), {})
    leaf = there.leaves.get(cell.get('criterion'))
    region = cell.get('region') or world.evidence[cell['evidence']][1]
    return Place(
        kind, region, leaf.dimension if leaf else cell.get('dimension'), leaf and leaf.code
    )


class Aims:
    """Draws acts on a round."""

    def __init__(self, world, lot):
        self.world, self.lot, self.keys = world, lot, 0

    def begin(self, there):
        self.there = there

    def key(self):
        self.keys += 1
        return f'key-of-the-walk-{self.keys:06}'

    def likely(self, share=0.85):
        return self.lot.random() < share

    def draw(self, now, kind=None, role=None):
        """An act; None: there is nothing to do it with."""
        kind = kind or self.lot.choice(list(KINDS))
        act = self.lot.choice(KINDS[kind])
        who = self.person(kind, role)
        city, dimension, criterion = self.cell(who)
        place = Place(kind, city, dimension, criterion)
        made = getattr(self, act)(who, place, now)
        if made is None:
            return None
        args = {'round': self.there.code, 'region': city, 'key': self.key()} | made
        return Asked(who.name, act, {name: args[name] for name in ACTS[act][0]})

    def person(self, kind, role):
        if role:
            people = [p for p in self.world.people.values() if p.role == role]
            return self.lot.choice(people)
        roles = {role for _, role, k, _ in RIGHTS if k == kind}
        people = list(self.world.people.values())
        if self.likely(0.6):
            roles = roles | ({'assessor'} if 'lead' in roles else set())
            people = [p for p in people if p.role in roles]
        return self.lot.choice(people)

    def cell(self, who):
        """A cell, mostly one of theirs."""
        there, lot = self.there, self.lot
        region = lot.choice(list(there.cities))
        dimension = lot.choice(list({leaf.dimension: 0 for leaf in there.leaves.values()}))
        if self.likely():
            if who.role == 'assessor':
                mine = [a for a in there.assignments if a.person == who.name and not a.ended]
                if mine:
                    part = lot.choice(mine)
                    region, dimension = part.region, part.dimension
            elif who.region in there.cities:
                region = who.region
                dimension = lot.choice(who.dimensions or [dimension])
        city = there.cities[region]
        leaves = [leaf.code for leaf in there.leaves_of(city, dimension)]
        return region, dimension, lot.choice(leaves) if leaves else None

    def value(self, leaf, word='reason'):
        """A state, a value and a reason."""
        lot = self.lot
        reason = lot.choice(['', 'Sebab yang nyata'])
        state = lot.choices(['value', 'no_data', 'not_applicable'], [8, 1, 1])[0]
        if state == 'not_applicable':
            reason = 'Daerah tanpa laut' if self.likely() else ''
        value = lot.choice(VALUES) if state == 'value' else None
        if state == 'value' and not leaf.options and self.likely(0.5):
            value = lot.choice(('2.5', '0.25', '3.75'))
        if not self.likely(0.94):
            state = 'value'
            value = lot.choice((None, 'abc', '2.25' if leaf.options else '4.5', '1e2', '2.505'))
            if leaf.options and value in ('1e2', '2.505'):
                value = '0.5'
        if not self.likely(0.98):
            state, value = 'baik', None
        return {'state': state, 'value': value, word: reason}

    def leaf(self, place):
        return self.there.leaves.get(place.criterion)

    def seen(self, version):
        return version if version is None or self.likely(0.95) else version + 1000

    def asked_cell(self, who, place, asks, now):
        """A cell that somebody asked about, when there is one."""
        open_ones = [
            q
            for q in self.there.questions.values()
            if q.asks == asks and q.is_open(now) and who.reaches(q.region, q.dimension)
        ]
        if not open_ones or not self.likely(0.5):
            return place
        question = self.lot.choice(open_ones)
        city = self.there.cities[question.region]
        leaves = [leaf.code for leaf in self.there.leaves_of(city, question.dimension)]
        criterion = question.criterion or self.lot.choice(leaves)
        return place._replace(
            city=question.region, dimension=question.dimension, criterion=criterion
        )

    def answer_save(self, who, place, now):
        place = self.asked_cell(who, place, 'answer', now)
        leaf = self.leaf(place)
        if not leaf:
            return None
        answer = self.there.cities[place.city].cells.get(leaf.code)
        seen = self.seen(answer.row_version if answer else 1)
        return self.value(leaf) | {'region': place.city, 'criterion': leaf.code, 'seen': seen}

    def target_set(self, who, place, now):
        value = self.lot.choice(VALUES)
        return {'criterion': self.lot.choice((None, place.criterion)), 'value': value}

    def piece(self):
        digest = f'{self.lot.getrandbits(256):064x}'
        if self.likely(0.5):
            return {'kind': 'link', 'title': 'Tautan', 'url': 'https://contoh.go.id/berkas'}
        return {'kind': 'file', 'title': 'Berkas', 'digest': digest, 'bytes': '1000'}

    def evidence_add(self, who, place, now):
        place = self.asked_cell(who, place, 'evidence', now)
        if not place.criterion:
            return None
        piece, uses = self.piece(), [{'criterion': place.criterion}]
        if self.likely(0.2):
            uses = [{'dimension': place.dimension}]
        if not self.likely(0.96):
            piece['title'] = ''
        return {'region': place.city, 'piece': piece, 'uses': uses}

    def evidence_use(self, who, place, now):
        place = self.asked_cell(who, place, 'evidence', now)
        there = [i for i, of in self.world.evidence.items() if of == (self.there.code, place.city)]
        if not there or not place.criterion:
            return None
        return {
            'evidence': self.lot.choice(there),
            'criterion': place.criterion,
            'dimension': None,
            'page': '3',
        }

    def evidence_drop(self, who, place, now):
        uses = [u for u in self.there.uses if u.id and u.region == place.city and not u.dropped]
        if not uses or self.likely(0.5):
            return None
        return {'use': self.lot.choice(uses).id}

    def question_reply(self, who, place, now):
        questions = [
            q
            for q in self.there.questions.values()
            if self.likely(0.2) or who.reaches(q.region, q.dimension)
        ]
        if not questions:
            return {'question': 0, 'text': 'Apa?'}
        text = 'Sudah kami jelaskan' if self.likely(0.97) else ''
        return {'question': self.lot.choice(questions).id, 'text': text}

    def about_last(self, who, place):
        """A recommendation of an earlier round."""
        if not self.world.recommendations:
            return None
        known = [
            r
            for r in self.world.recommendations.values()
            if r.last
            and r.region in self.there.cities
            and (r.region == place.city or not self.likely(0.7))
        ]
        if not known:
            return None
        return {'recommendation': self.lot.choice(known).id}

    def report_save(self, who, place, now):
        about = self.about_last(who, place)
        return about and about | {'text': 'Sudah jalan'}

    def verdict(self, who, place, now):
        about = self.about_last(who, place)
        word = self.lot.choice(('done', 'partly', 'not'))
        return about and about | {'verdict': word, 'text': 'Dilihat'}

    def objection_save(self, who, place, now):
        leaf = self.leaf(place)
        if not leaf:
            return None
        before = self.there.cities[place.city].objections.get(leaf.code)
        args = {'state': 'value', 'value': self.lot.choice(VALUES), 'text': 'Nilai kami lebih'}
        return args | {'criterion': leaf.code, 'seen': before and self.seen(before.row_version)}

    def objection_drop(self, who, place, now):
        there = list(self.there.cities[place.city].objections)
        if not there or not self.likely(0.3):
            return None
        return {'criterion': self.lot.choice(there)}

    def objections_send(self, who, place, now):
        return {} if self.likely(0.1) else None

    def question_ask(self, who, place, now):
        due = wib(now + timedelta(self.lot.choice((1, 20, 60)))) if self.likely(0.4) else None
        if not self.likely(0.97):
            due = '2020-01-01 10:00'
        return {
            'dimension': place.dimension,
            'criterion': place.criterion if self.likely(0.6) else None,
            'asks': self.lot.choice(('answer', 'evidence', 'words')),
            'text': 'Mohon dilengkapi' if self.likely(0.97) else '',
            'due': due,
        }

    def mark_save(self, who, place, now):
        leaf = self.leaf(place)
        if not leaf:
            return None
        mine = self.there.assignment(who.name, place.city, place.dimension)
        before = mine and mine.marks.get(leaf.code)
        seen = self.seen(before and before.row_version)
        value = self.value(leaf)
        if self.there.how == 'panel' and value['state'] != 'value':
            value = {'state': 'value', 'value': '2', 'reason': 'Sama'}
        if self.likely(0.8) and not value['reason']:
            value['reason'] = 'Terlihat'
        return value | {'criterion': leaf.code, 'seen': seen, 'note': 'catatan'}

    def sign(self, who, place, now):
        return {'dimension': place.dimension}

    def recommend(self, who, place, now):
        fields = {'text': 'Perlu dibenahi', 'dimension': place.dimension}
        return {'fields': fields}

    def meeting_save(self, who, place, now):
        fields = {'kind': 'visit', 'starts': wib(now), 'minutes': '60', 'place': 'Balai kota'}
        return {'meeting': None, 'fields': fields}

    def objection_answer(self, who, place, now):
        city = self.there.cities[place.city]
        waiting = [c for c, o in city.objections.items() if not o.verdict]
        criterion = self.lot.choice(waiting) if waiting and self.likely() else place.criterion
        if not criterion:
            return None
        if city.objections.get(criterion) and city.objections[criterion].verdict:
            return None
        word = self.lot.choice(('accept', 'partly', 'reject'))
        return {
            'criterion': criterion,
            'verdict': word,
            'value': '3' if word == 'partly' else None,
            'text': 'Kami timbang' if self.likely(0.96) else '',
        }

    def agreeable(self, place, now):
        """A cell that those assigned may still agree on, now and then."""
        cells = [
            (city.region, criterion)
            for city in self.there.cities.values()
            for criterion, decision in city.decisions.items()
            if may_agree(self.there, decision, now)
        ]
        cell = self.lot.choice(cells) if cells and self.likely(0.6) else place[1:4:2]
        return dict(zip(('region', 'criterion'), cell))

    def agree(self, who, place, now):
        cell = self.agreeable(place, now)
        args = {'state': 'value', 'value': self.lot.choice('23'), 'reason': 'Sepakat'}
        return args | cell if cell['criterion'] else None

    def decide(self, who, place, now):
        cell = self.agreeable(place, now)
        if not cell['criterion']:
            return None
        decision = self.there.cities[cell['region']].decisions.get(cell['criterion'])
        return {
            'cells': [cell | {'seen': self.seen(decision.row_version if decision else 1)}],
            'state': 'value',
            'value': self.lot.choice(VALUES),
            'reason': 'Putusan pleno' if self.likely(0.95) else '',
        }
