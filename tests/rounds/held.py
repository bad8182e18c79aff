"""What the database holds of a round at the end of a walk, read by its owner, against the model."""
from decimal import Decimal

CELLS = '''
select c.region, c.criterion, c.state, coalesce(trim_scale(c.value)::text, ''),
    coalesce(c.reason, ''), c.pieces, c.complete
from data.cell c where c.round = {round} order by 1, 2'''
MARKS = '''
select m.assignment, m.criterion, m.state, coalesce(trim_scale(m.value)::text, ''),
    coalesce(m.reason, '')
from data.assessor_mark m where m.round = {round} order by 1, 2'''
SIGNED = '''
select a.id, a.until is not null, a.signed_at is not null
from data.assignment a where a.round = {round} order by 1'''
OBJECTIONS = '''
select o.region, o.criterion, o.state, coalesce(trim_scale(o.value)::text, ''),
    coalesce(o.verdict, '')
from data.objection o where o.round = {round} order by 1, 2'''
DECISIONS = '''
select d.region, d.criterion, d.state, coalesce(trim_scale(d.value)::text, ''),
    case d.state when 'open' then d.why else '' end
from data.decision d where d.round = {round} order by 1, 2'''


def number(value):
    return '' if value is None else format(Decimal(value).normalize(), 'f')


def yes(holds):
    return 't' if holds else 'f'


def cells(there):
    for city in there.cities.values():
        for code, answer in city.cells.items():
            leaf = there.leaves[code]
            yield (
                city.region,
                code,
                answer.state,
                number(answer.value),
                answer.reason,
                str(there.pieces(city.region, leaf)),
                yes(there.complete(city, leaf)),
            )


def marks(there):
    for mine in there.assignments:
        for code, mark in mine.marks.items():
            yield str(mine.id), code, mark.state, number(mark.value), mark.reason


def signed(there):
    for mine in there.assignments:
        yield str(mine.id), yes(mine.ended), yes(mine.signed)


def objections(there):
    for city in there.cities.values():
        for code, said in city.objections.items():
            yield city.region, code, said.state, number(said.value), said.verdict or ''


def decisions(there):
    for city in there.cities.values():
        for code, made in city.decisions.items():
            why = made.why if made.state == 'open' else ''
            yield city.region, code, made.state, number(made.value), why


def differences(walk, there):
    """Lines of what one has and the other has not."""
    for query, rows in (
        (CELLS, cells),
        (MARKS, marks),
        (SIGNED, signed),
        (OBJECTIONS, objections),
        (DECISIONS, decisions),
    ):
        said = walk.sql(query.format(round=f"'{there.code}'"))
        got = {tuple(line.split('|')) for line in said.splitlines()}
        wanted = set(rows(there))
        yield from (f'{there.code}: {rows.__name__}: got {row}' for row in sorted(got - wanted))
        yield from (f'{there.code}: {rows.__name__}: not {row}' for row in sorted(wanted - got))
