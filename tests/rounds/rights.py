"""Who may write what when: the table of rights, and what its conditions mean."""
from datetime import timedelta

from state import need

# step, role, kind, condition
RIGHTS = (
    ('self', 'operator', 'answer', None),
    ('self', 'owner', 'answer', None),
    ('self', 'operator', 'evidence', None),
    ('self', 'owner', 'evidence', None),
    ('self', 'operator', 'report', None),
    ('self', 'owner', 'report', None),
    ('self', 'operator', 'target', None),
    ('review', 'assessor', 'question', None),
    ('review', 'assessor', 'recommendation', None),
    ('review', 'lead', 'verdict', None),
    ('review', 'operator', 'words', 'open_question'),
    ('review', 'owner', 'words', 'open_question'),
    ('repair', 'operator', 'answer', 'asked_or_everywhere'),
    ('repair', 'owner', 'answer', 'asked_or_everywhere'),
    ('repair', 'operator', 'evidence', 'asked_or_everywhere'),
    ('repair', 'owner', 'evidence', 'asked_or_everywhere'),
    ('repair', 'operator', 'report', None),
    ('repair', 'owner', 'report', None),
    ('verify', 'assessor', 'mark', 'unsigned'),
    ('verify', 'assessor', 'signature', 'unsigned'),
    ('verify', 'assessor', 'question', None),
    ('verify', 'assessor', 'meeting', None),
    ('verify', 'assessor', 'recommendation', None),
    ('verify', 'operator', 'evidence', 'asked'),
    ('verify', 'owner', 'evidence', 'asked'),
    ('verify', 'operator', 'words', 'open_question'),
    ('verify', 'owner', 'words', 'open_question'),
    ('reply', 'operator', 'objection', 'unsent'),
    ('reply', 'operator', 'evidence', 'own_objection'),
    ('reply', 'lead', 'objection_answer', None),
    ('final', 'lead', 'objection_answer', 'answer_days'),
    ('final', 'assessor', 'agreement', 'agree'),
    ('final', 'office', 'decision', None),
)
KINDS = tuple(dict.fromkeys(kind for _, _, kind, _ in RIGHTS))


class Scene:
    """Somebody asks for something at some time."""

    def __init__(self, world, who, args, now):
        self.world, self.who, self.args, self.now = world, who, args, now

    def __getattr__(self, name):
        return self.args[name]

    def the_round(self):
        there = self.world.rounds.get(self.args['round'])
        need(there, 'forbidden')
        return there

    def the_city(self, there):
        city = there.cities.get(self.args['region'])
        need(city, 'forbidden')
        return city

    def leaf(self, there, city):
        """There are no cells before a round opens."""
        need(there.state != 'draft', 'forbidden')
        leaf = there.leaf_of(city, self.args['criterion'])
        need(leaf, 'forbidden')
        return leaf

    def within(self, there, kind, city, dimension):
        """Forbidden where it is not theirs at any time."""
        roles = {role for _, role, k, _ in RIGHTS if k == kind}
        if self.who.role == 'assessor':
            need(roles & {'assessor', 'lead'}, 'forbidden')
            mine = self.mine(there, city, dimension)
            need(mine, 'forbidden')
            need('assessor' in roles or any(a.role == 'lead' for a in mine), 'forbidden')
            return
        need(self.who.role in roles, 'forbidden')
        if self.who.role != 'office':
            need(self.who.reaches(city.region, dimension), 'forbidden')

    def mine(self, there, city, dimension):
        """Their assignments: to that part, or to any of the city's."""
        return [
            a
            for a in there.assignments
            if a.person == self.who.name
            and not a.ended
            and a.region == city.region
            and dimension in (None, a.dimension)
        ]

    def right(self, there, kind, city, dimension, criterion=None, question=None):
        """The step that allows it now; the first refusal that fits else."""
        self.within(there, kind, city, dimension)
        self.about = (there, kind, city, dimension, criterion, question)
        for step, role, k, condition in RIGHTS:
            if k != kind or role not in (self.who.role, 'lead'):
                continue
            if self.is_step(there, city, step) and (
                condition is None or getattr(self, 'if_' + condition)()
            ):
                return step
        return need(False, 'state')

    def is_step(self, there, city, step):
        if city.left:
            return False
        if step == 'final':
            return there.state == 'final'
        return there.state == 'open' and city.is_open(step, self.now)

    def if_asked(self):
        there, kind, city, dimension, criterion, _ = self.about
        return there.asked(kind, city.region, dimension, criterion, self.now)

    def if_asked_or_everywhere(self):
        return self.about[0].repair == 'everywhere' or self.if_asked()

    def if_open_question(self):
        return self.about[5].is_open(self.now)

    def if_unsigned(self):
        there, _, city, dimension, _, _ = self.about
        return not there.assignment(self.who.name, city.region, dimension).signed

    def if_unsent(self):
        return not self.about[2].replied

    def if_own_objection(self):
        _, _, city, _, criterion, _ = self.about
        return criterion in city.objections and not city.replied

    def if_answer_days(self):
        there = self.about[0]
        return self.now < there.final_at + timedelta(days=there.answer_days)

    def if_agree(self):
        there, _, city, dimension, criterion, _ = self.about
        mine = there.assignment(self.who.name, city.region, dimension)
        return mine.signed and may_agree(there, city.decisions[criterion], self.now)


def may_agree(there, decision, now):
    """Those assigned have some days before the plenary decides."""
    return (
        decision.state == 'open'
        and decision.why in ('states', 'spread')
        and now < there.final_at + timedelta(days=there.agree_days)
    )
