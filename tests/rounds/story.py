"""How a round goes in a walk: its people, its calendar, and what is reached in each step."""
from datetime import timedelta
from decimal import Decimal

import fills
import sight
from state import STEPS, Leaf, Recommendation, Round, wib

CITIES = {'35.71': 'kota', '33.72': 'kota', '64.72': 'kabupaten'}
LETTER = (
    ('35.71', 'governance'),
    ('35.71', 'economy'),
    ('33.72', 'governance'),
    ('64.72', 'economy'),
)
NUMBERS = {Decimal(n): (False, 0) for n in range(5)}
LEAVES = (
    Leaf('g1', 'governance', NUMBERS | {Decimal(4): (True, 0)}),
    Leaf('g2', 'governance', na=True),
    Leaf('e1', 'economy', NUMBERS | {Decimal(3): (False, 1), Decimal(4): (True, 1)}),
    Leaf('e2', 'economy', groups=('kota',), round_step=Decimal('0.5')),
    Leaf('u1', 'umum', reason=True),
)
# A round's way, and the steps that it has.
WAYS = (
    ({}, STEPS),
    ({'how': 'panel', 'repair': 'everywhere'}, STEPS),
    ({'marks': 1, 'tolerance': 0, 'agree_days': 0}, ('self', 'verify', 'reply')),
    ({'how': 'panel', 'marks': 1}, ('self', 'review', 'repair', 'verify')),
)
# Whose eyes are compared, by role.
LOOK = (
    ('office', 'kantor2'),
    ('operator', 'operator2'),
    ('owner', 'governance2'),
    ('owner', 'dua'),
    ('assessor', 'asesor1'),
    ('assessor', 'asesor2'),
    ('outsider', 'operator9'),
    ('outsider', 'asesor7'),
)
DOES = {
    'review': (fills.asking, fills.verdicts),
    'verify': (fills.asking, fills.marks),
    'reply': (fills.objections,),
}
PACKAGE = {
    'criteria.csv': b'''criterion,parent,weight,aggregate,round_step,kind,name_id,name_en
index,,,mean,0.01,index,Indeks,Index
atas,index,1,mean,,component,Atas,Top
governance,atas,1,mean,,dimension,Tata,Governance
economy,atas,1,mean,,dimension,Ekonomi,Economy
g1,governance,1,leaf,,indicator,G1,G1
g2,governance,1,leaf,,indicator,G2,G2
e1,economy,1,leaf,,indicator,E1,E1
e2,economy,1,leaf,0.5,indicator,E2,E2
u1,atas,1,leaf,,indicator,U1,U1
''',
    'marks.csv': b'region,criterion,value,status\n35.71,g1,1,\n',
}


def people(walk):
    for number, region in enumerate(CITIES, 1):
        walk.person(f'operator{number}', 'operator', region)
        for dimension in ('governance', 'economy'):
            walk.person(f'{dimension}{number}', 'owner', region, dimension)
    walk.person('operator9', 'operator', '51.71')
    walk.person('dua', 'owner', '35.71', 'economy', 'governance')
    for number in (1, 2):
        walk.person(f'kantor{number}', 'office')
    for number in range(1, 8):
        walk.person(f'asesor{number}', 'assessor')
    home = {'home': '64.72'}
    walk.prepares('kantor1', 'assessor_set', walk.world.people['asesor6'].id, 'KEY', home)
    walk.world.people['asesor6'].region = home['home']
    last_round(walk)


def last_round(walk):
    """A published round run here, of which only the recommendations matter."""
    walk.prepares('kantor1', 'round_create', 'KEY', 'lalu', about('Lalu', 2026))
    for region in dict(LETTER):
        walk.prepares('kantor1', 'entrant_add', 'lalu', region, 'KEY', 'kota', None)
    walk.sql("update data.round_run set state = 'published', ended_at = now() where round = 'lalu'")
    for region, dimension in LETTER:
        number = walk.sql(
            f"""insert into data.recommendation (round, region, n, dimension, text, letter, by)
                select 'lalu', '{region}', count(*) + 1, '{dimension}', 'Perlu dibenahi', true,
                    {walk.world.people['kantor1'].id}
                from data.recommendation where (round, region) = ('lalu', '{region}')
                returning id"""
        )
        said = Recommendation(int(number), region, dimension, 'lalu', last=True)
        walk.world.recommendations[said.id] = said


def about(title, year):
    """A round as the form of a new one sends it."""
    return {
        'title_id': f'Putaran {title}',
        'title_en': f'Round {title}',
        'year': str(year),
        'from': f'{year - 1}-01-01',
        'to': f'{year - 1}-12-31',
        'method': 'jalan-1',
    }


class Story:
    def __init__(self, walk, number, acts):
        self.walk, self.acts = walk, acts
        self.fields, self.steps = WAYS[number % len(WAYS)]
        self.code, self.seen = f'jalan-{number}', []
        self.draft(number)

    def office(self, act, **args):
        self.walk.act(self.walk.lot.choice(('kantor1', 'kantor2')), act, **args)

    def draft(self, number):
        walk = self.walk
        walk.begin()
        words = {name: str(value) for name, value in self.fields.items()}
        fields = about(number, 2027) | words | {'rehearsal': 'yes'}
        walk.prepares('kantor1', 'round_create', 'KEY', self.code, fields)
        there = Round(self.code, **self.fields, leaves={leaf.code: leaf for leaf in LEAVES})
        walk.world.rounds[self.code] = walk.there = self.there = there
        walk.aims.begin(there)
        for leaf in LEAVES:
            walk.prepares('kantor1', 'guide_set', self.code, leaf.code, 'KEY', guide(leaf))
        for region, group in CITIES.items():
            self.office('entrant_add', round=self.code, region=region, group=group, reason=None)
        self.office('entrant_add', round=self.code, region='33.71', group='Kota', reason=None)
        self.office('entrant_add', round=self.code, region='35.71', group='kota', reason=None)
        self.assign()
        walk.wander(self.acts)
        self.look('draft')
        self.office('round_open', round=self.code)
        self.dates()
        self.office('round_open', round=self.code)

    def dates(self):
        """Steps of ten days, one behind the other."""
        begin = self.walk.now + timedelta(days=1)
        dates = {}
        for number, step in enumerate(self.steps):
            opens, closes = (wib(begin + timedelta(10 * n)) for n in (number, number + 1))
            dates[step] = [opens, closes]
        row = self.walk.sql(f"select row_version from data.round_run where round = '{self.code}'")
        self.walk.prepares('kantor1', 'round_dates', self.code, int(row), 'KEY', dates)
        self.there.dated(dates)

    def assign(self):
        """Two assessors a part, each leading elsewhere; the fifth may not."""
        ids = {name: person.id for name, person in self.walk.world.people.items()}
        for city, region in enumerate(CITIES):
            for part, dimension in enumerate(('governance', 'economy', 'umum')):
                for place, role in enumerate(('lead', 'second')):
                    name = f'asesor{1 + (city + part + place) % 4}'
                    self.assigned(region, dimension, ids[name], role)
        self.assigned('35.71', 'umum', ids['asesor1'], 'lead')
        self.assigned('35.71', 'umum', ids['asesor5'], 'lead')
        self.assigned('35.71', 'umum', ids['operator1'], 'second')

    def assigned(self, region, dimension, assessor, role):
        where = {'round': self.code, 'region': region, 'dimension': dimension}
        self.office('assign', **where, assessor=assessor, role=role)

    def replace(self):
        """Somebody else for an assessor, whose marks count no longer."""
        mine = self.walk.lot.choice([a for a in self.there.assignments if not a.ended])
        for reason in ('', 'Sakit', 'Sakit'):
            self.office('assign_end', assignment=mine.id, reason=reason)
        for name, role in (('asesor5', mine.role), ('asesor5', 'second'), ('asesor6', 'second')):
            who = self.walk.world.people[name].id
            self.assigned(mine.region, mine.dimension, who, role)

    def extend(self, region, step, share):
        """That city's step ends within the next one."""
        city = self.there.cities[region]
        if step not in city.steps:
            return
        after = city.next(step)
        opens, closes = city.steps[after or step]
        to = opens + (closes - opens) * share if after else closes + timedelta(10)
        where = {'round': self.code, 'region': region, 'step': step, 'next': None}
        for closes, reason in (
            (wib(to), ''),
            ('besok', 'Banjir'),
            (wib(city.steps[step][0]), 'Banjir'),
            (wib(to), 'Banjir'),
        ):
            self.office('round_extend', **where, closes=closes, reason=reason)

    def edges(self, step):
        """The two minutes' grace of a step's end, and what is after it."""
        for late in (119, 121):
            self.past(step, timedelta(seconds=late))
            self.walk.wander(max(4, self.acts // 8))

    def past(self, step, late):
        """So long after the end of that step; before it, when that is negative."""
        self.walk.begin()
        self.walk.shift(self.walk.now - late - self.there.steps[step][1])

    def run(self):
        """Each city's step is once longer than the round's; the next one is then shorter."""
        walk, last = self.walk, self.steps[-1]
        for number, step in enumerate(self.steps):
            walk.step(step)
            for does in DOES.get(step, ()):
                does(walk, self.there)
            walk.wander(self.acts)
            self.extend(list(CITIES)[number % 3], step, 0.75)
            self.office('round_final', round=self.code)
            walk.wander(self.acts // 4)
            self.past(step, timedelta(days=-1))
            self.late(step)
            walk.wander(self.acts // 2)
            self.look(step)
            if step in ('self', 'repair'):
                self.edges(step)
        self.past(last, timedelta(days=1))
        self.late(last)
        walk.wander(self.acts // 2)
        self.final()

    def look(self, step):
        self.seen += sight.differences(self.walk, step, LOOK)

    def late(self, step):
        """A day before its end, or after it where a city has longer."""
        if step == 'verify':
            fills.reopened(self.walk, self.there)
            self.replace()
            self.walk.wander(self.acts // 2)
            fills.marks(self.walk, self.there)
        if step in ('review', 'verify'):
            fills.closing(self.walk, self.there)
        if step == 'reply':
            fills.objections(self.walk, self.there)
            fills.settled(self.walk, self.there)

    def final(self):
        walk = self.walk
        walk.step('final')
        self.office('round_final', round=self.code)
        self.office('round_final', round=self.code)
        walk.wander(self.acts)
        self.look('final')
        for _ in range(2):
            walk.begin()
            walk.shift(timedelta(days=-8))
            walk.wander(self.acts)
        self.office('entrant_leave', round=self.code, region='64.72', reason='')
        self.office('entrant_leave', round=self.code, region='64.72', reason='Tidak jadi')
        walk.wander(self.acts // 2)


def guide(leaf):
    """A leaf as the form of the guide sends it."""
    yes = {True: 'yes', False: ''}
    options = [
        {'value': str(value), 'label': f'Tingkat {value}', 'reason': yes[reason], 'pieces': pieces}
        for value, (reason, pieces) in leaf.options.items()
    ]
    return {
        'text': f'Tentang {leaf.code}',
        'options': options,
        'na': 'daerah tanpa laut' if leaf.na else '',
        'pieces': str(leaf.pieces),
        'reason': yes[leaf.reason],
        **({'groups': list(leaf.groups)} if leaf.groups else {}),
    }
