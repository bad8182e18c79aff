"""What a round run here is made of, and its clock: the model that acts are tried against. It was
written from the rules as people have them, and not from the SQL, whose second opinion it is."""
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from decimal import Decimal

STEPS = ('self', 'review', 'repair', 'verify', 'reply')
GRACE = timedelta(minutes=2)
WIB = timezone(timedelta(hours=7))
SCALE = (Decimal(0), Decimal(4))


class Refused(Exception):
    def __init__(self, outcome, faults=None):
        super().__init__(outcome)
        self.outcome, self.faults = outcome, faults


def need(holds, outcome, **faults):
    if not holds:
        raise Refused(outcome, faults or None)


def wib(moment):
    """As forms have it; what is left of the minute is cut off."""
    return moment.astimezone(WIB).strftime('%Y-%m-%d %H:%M')


def moment_of(text):
    """None: no such time."""
    try:
        return datetime.strptime(text, '%Y-%m-%d %H:%M').replace(tzinfo=WIB)
    except ValueError:
        return None


@dataclass
class Person:
    name: str
    role: str
    region: str = None
    dimensions: tuple = ()  # of an owner; an operator has the whole city
    id: int = 0

    def reaches(self, region, dimension):
        if self.region != region:
            return False
        return self.role == 'operator' or dimension in self.dimensions


@dataclass
class Leaf:
    code: str
    dimension: str
    options: dict = field(default_factory=dict)  # value -> (needs a reason, pieces)
    na: bool = False
    pieces: int = 0
    reason: bool = False
    groups: tuple = ()
    round_step: Decimal = None

    def asks(self, answer):
        """Whether a reason is needed, and how many pieces of evidence."""
        if answer.state != 'value':
            return answer.state == 'not_applicable', 0
        return self.options[answer.value] if self.options else (self.reason, self.pieces)


@dataclass
class Answer:
    state: str = 'open'
    value: Decimal = None
    reason: str = ''
    row_version: int = 1
    note: str = None  # of a mark, for its author alone
    agreed: bool = False  # with the lead of a panel

    def same(self, state, value):
        return (self.state, self.value) == (state, value)


@dataclass
class Use:
    id: int
    evidence: int
    region: str
    dimension: str
    criterion: str  # None: all of the dimension
    dropped: bool = False


@dataclass
class Question:
    id: int
    region: str
    dimension: str
    criterion: str
    asks: str
    due: datetime
    asker: str
    closed: bool = False
    lines: int = 0  # words written to it

    def is_open(self, now):
        return not self.closed and (self.due is None or now < self.due + GRACE)

    def is_about(self, region, dimension, criterion):
        """A question about a dimension is one about each of its cells."""
        return (self.region, self.dimension) == (region, dimension) and self.criterion in (
            None,
            criterion,
        )


@dataclass
class Assignment:
    id: int
    region: str
    dimension: str
    person: str
    role: str
    ended: bool = False
    signed: bool = False
    marks: dict = field(default_factory=dict)  # criterion -> Answer

    def is_of(self, region, dimension):
        return not self.ended and (self.region, self.dimension) == (region, dimension)


@dataclass
class Objection:
    state: str
    value: Decimal
    row_version: int = 1
    verdict: str = None


@dataclass
class Decision:
    state: str = 'open'
    value: Decimal = None
    why: str = None  # it is open
    row_version: int = 1
    said: dict = field(default_factory=dict)  # in the agreement, by person


@dataclass
class City:
    region: str
    group: str
    steps: dict = field(default_factory=dict)  # its own calendar: [opens, closes]
    left: bool = False
    extended: set = field(default_factory=set)
    cells: dict = field(default_factory=dict)  # criterion -> Answer
    objections: dict = field(default_factory=dict)
    replied: bool = False
    decisions: dict = field(default_factory=dict)

    def is_open(self, step, now):
        return step in self.steps and self.steps[step][0] <= now < self.steps[step][1] + GRACE

    def begun(self, step, now):
        return step in self.steps and self.steps[step][0] <= now

    def step(self, now):
        """The one that it is in; in the two minutes of grace it is in two."""
        if any(closes <= now < closes + GRACE for _, closes in self.steps.values()):
            return 'grace'
        for step, (opens, closes) in self.steps.items():
            if opens <= now < closes:
                return step
        return 'between'

    def next(self, step):
        later = list(self.steps)[list(self.steps).index(step) + 1 :]
        return later[0] if later else None

    def closed(self, now):
        return all(closes <= now for _, closes in self.steps.values())


@dataclass
class Round:
    code: str
    how: str = 'blind'
    marks: int = 2
    tolerance: int = 1
    repair: str = 'asked'
    agree_days: int = 7
    answer_days: int = 14
    state: str = 'draft'
    row_version: int = 1
    steps: dict = field(default_factory=dict)
    final_at: datetime = None
    leaves: dict = field(default_factory=dict)
    cities: dict = field(default_factory=dict)
    assignments: list = field(default_factory=list)
    questions: dict = field(default_factory=dict)
    uses: list = field(default_factory=list)
    verdicts: set = field(default_factory=set)

    def leaf_of(self, city, criterion):
        """None: no cell of that city."""
        leaf = self.leaves.get(criterion)
        return leaf if leaf and (not leaf.groups or city.group in leaf.groups) else None

    def leaves_of(self, city, dimension=None):
        return [
            leaf
            for leaf in self.leaves.values()
            if self.leaf_of(city, leaf.code) and dimension in (None, leaf.dimension)
        ]

    def assigned(self, region, dimension):
        return [a for a in self.assignments if a.is_of(region, dimension)]

    def assignment(self, person, region, dimension):
        return next((a for a in self.assigned(region, dimension) if a.person == person), None)

    def pieces(self, region, leaf):
        return len(
            {
                use.evidence
                for use in self.uses
                if use.region == region
                and not use.dropped
                and use.dimension == leaf.dimension
                and use.criterion in (None, leaf.code)
            }
        )

    def complete(self, city, leaf):
        answer = city.cells[leaf.code]
        reason, pieces = leaf.asks(answer)
        return (
            answer.state != 'open'
            and (bool(answer.reason) or not reason)
            and self.pieces(city.region, leaf) >= pieces
        )

    def asked(self, asks, region, dimension, criterion, now):
        return any(
            q.asks == asks and q.is_open(now) and q.is_about(region, dimension, criterion)
            for q in self.questions.values()
        )

    def dated(self, dates):
        """A calendar as the form sends it."""
        self.steps = {step: [moment_of(time) for time in times] for step, times in dates.items()}

    def shift(self, by):
        """All its dates, as if time had gone by."""
        for calendar in (self.steps, *(city.steps for city in self.cities.values())):
            for times in calendar.values():
                times[:] = [moment + by for moment in times]
        for question in self.questions.values():
            if question.due:
                question.due += by
        if self.final_at:
            self.final_at += by

    def walk(self, step, now):
        """Now becomes the middle of that step; final: a day after the last city's last one."""
        if step == 'final':
            ends = [
                closes
                for city in self.cities.values()
                if not city.left
                for _, closes in city.steps.values()
            ]
            self.shift(now - timedelta(days=1) - max(ends))
        else:
            opens, closes = self.steps[step]
            self.shift(now - opens - (closes - opens) / 2)


@dataclass
class Recommendation:
    id: int
    region: str
    dimension: str
    round: str
    last: bool = False  # of the last published round


@dataclass
class World:
    people: dict = field(default_factory=dict)
    rounds: dict = field(default_factory=dict)
    recommendations: dict = field(default_factory=dict)
    evidence: dict = field(default_factory=dict)  # id -> round and region
    keys: dict = field(default_factory=dict)
