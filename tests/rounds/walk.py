"""A walk through rounds run here: acts of random people, each answer compared with the model's."""
import json
from datetime import datetime

from acts import ACTS, Asked, expected, literal
from aims import Aims, place_of
from state import Person, World
from table import REFUSED, Table

SAYS = '''
create function pg_temp.says(name text, call text) returns text language plpgsql as $$
declare
  said data.outcome;
begin
  perform pg_temp.as_person(name);
  execute 'select * from ' || call into said;
  return to_jsonb(said);
exception when others then
  return jsonb_build_object('outcome', 'raised ' || sqlstate, 'faults', sqlerrm);
end $$'''


class Walk:
    def __init__(self, session, lot):
        self.session, self.lot = session, lot
        self.world, self.table = World(), Table()
        self.aims = Aims(self.world, lot)
        self.differences, self.acts, self.there, self.open = [], 0, None, False
        session.keep(SAYS)

    def sql(self, text):
        return self.session.keep(text)

    def begin(self):
        """A transaction: the time of all its acts."""
        if self.open:
            self.sql('commit')
        self.sql('begin')
        self.open = True
        said = self.sql("select to_char(now() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')")
        self.now = datetime.fromisoformat(f'{said}+00:00')

    def end(self):
        self.sql('commit')
        self.open = False

    def person(self, name, role, region=None, *dimensions):
        """Somebody signed in."""
        words = ', '.join(map(literal, (name, role, region, ','.join(dimensions) or None)))
        number = int(self.sql(f'select pg_temp.make_person({words})'))
        self.world.people[name] = Person(name, role, region, dimensions, number)

    def says(self, who, call):
        return json.loads(self.sql(f'select pg_temp.says({literal(who)}, {literal(call)})'))

    def prepares(self, who, act, *values):
        """An act that this walk does not try: it has to be done."""
        words = ', '.join(map(literal, values)).replace("'KEY'", literal(self.aims.key()))
        said = self.says(who, f'act.{act}({words})')
        assert said['outcome'] == 'done', (act, values, said)
        return said

    def act(self, who, act, **args):
        """An act that is meant."""
        given = {'key': self.aims.key()} | args
        self.compare(Asked(who, act, {name: given[name] for name in ACTS[act][0]}))

    def compare(self, asked):
        place = place_of(self.world, self.there, asked)
        model = expected(self.world, asked, self.now)
        who = self.world.people.get(asked.who)
        row = place and who and self.table.row(self.there, who, place, self.now)
        said = self.says(asked.who, asked.call())
        self.acts += 1
        got, wanted = (said['outcome'],), (model.outcome,)
        if place and self.either(place) and got[0] in REFUSED and wanted[0] in REFUSED:
            wanted = got
        if got == wanted == ('invalid',) and model.faults:
            # A conflict says why besides.
            faults = {name: word for name, word in said['faults'].items() if name != 'why'}
            got, wanted = got + (faults,), wanted + (model.faults,)
        if got != wanted:
            self.differs(asked, place, row, wanted, said)
            return said
        if model.change:
            model.change(said)
            self.world.keys[asked.who, asked.args['key']] = (asked, ('done',), said)
        if row:
            self.table.count(row, model.outcome)
        return said

    def either(self, place):
        """Before a round opens, and when a city has left, a cell is not there, and not now."""
        city = self.there.cities.get(place.city)
        return self.there.state == 'draft' or city and city.left

    def differs(self, asked, place, row, wanted, said):
        self.differences.append(
            f'{asked.who} {asked.call()}\n    in {self.situation(place, row)}\n'
            f'    expected {wanted}, got {({k: v for k, v in said.items() if v is not None})}'
        )

    def situation(self, place, row):
        there = self.there
        if not place:
            return f'{there.code} {there.state}'
        city = there.cities.get(place.city)
        return (
            f'{there.code} ({there.state}, {there.how}, {there.repair}),'
            f' {city and city.region} in {city and city.step(self.now)}'
            f'{" (left)" if city and city.left else ""}, {" ".join(filter(None, row or ()))}'
        )

    def wander(self, acts):
        """So many acts, those first that the table has least of; fewer, when it has enough."""
        for turn in range(acts):
            if turn > 10 and not self.table.short(self.steps()):
                break
            if turn % 50 == 49:
                self.begin()
            asked = self.drawn()
            self.compare(asked)
            if self.lot.random() < 0.05:
                self.again(asked)

    def steps(self):
        """Those that some city is in now."""
        if self.there.state != 'open':
            return {self.there.state}
        return {city.step(self.now) for city in self.there.cities.values()}

    def drawn(self):
        """The act of some that brings most."""
        short = self.table.short(self.steps())
        role, kind = self.lot.choice(short)[1:3] if short else (None, None)
        drawn = [made for _ in range(12) if (made := self.aims.draw(self.now, kind, role))]
        if not drawn or self.lot.random() < 0.1:
            drawn = [made for _ in range(12) if (made := self.aims.draw(self.now))]
        elif self.lot.random() < 0.9:
            drawn.sort(key=self.worth)
        return drawn[0]

    def worth(self, asked):
        place = place_of(self.world, self.there, asked)
        who = self.world.people[asked.who]
        row = self.table.row(self.there, who, place, self.now)
        return self.table.lacks(row, expected(self.world, asked, self.now).outcome)

    def again(self, asked):
        """The same key once more: it is answered as it was; with something else in the form, by
        nobody, or no key at all."""
        self.compare(asked._replace(who='siapa'))
        # Who may not decide is told so before their key is looked at.
        if asked.act != 'decide':
            self.compare(asked._replace(args=asked.args | {'key': 'x'}))
        text = next((name for name in ('reason', 'text', 'region') if name in asked.args), None)
        if before := self.world.keys.get((asked.who, asked.args['key'])):
            said = self.compare(asked)
            if said != before[2]:
                self.differs(asked, None, None, before[2], said)
            if text:
                self.compare(asked._replace(args=asked.args | {text: 'lain'}))

    def step(self, step):
        """All dates of the round are moved until now is in the middle of that step."""
        self.begin()
        self.sql(f'select from act.round_walk({literal(self.there.code)}, {literal(step)})')
        self.there.walk(step, self.now)

    def shift(self, by):
        seconds = f'{by.total_seconds():.6f} seconds'
        self.sql(f'select from act.round_shift({literal(self.there.code)}, {literal(seconds)})')
        self.there.shift(by)
