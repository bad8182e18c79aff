"""What an answer, a mark or a decision may be, and what is decided by itself."""
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from state import SCALE, Decision, Refused, need

STATES = ('open', 'value', 'not_applicable', 'no_data')
CENT = Decimal('0.01')


def number(text):
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def value_fault(options, text):
    if text in (None, ''):
        return 'missing'
    value = number(text)
    if value is None:
        return 'wrong'
    if options:
        return None if value in options else 'options'
    if not SCALE[0] <= value <= SCALE[1]:
        return 'scale'
    return None if value == value.quantize(CENT) else 'decimals'


def checked(leaf, state, text, reason, options=True):
    """The value of an answer that may be kept; refuses others with all that is wrong."""
    faults = {}
    if state not in STATES:
        faults['state'] = 'wrong'
    if state == 'not_applicable':
        if not leaf.na:
            faults['state'] = 'not_allowed'
        elif not reason:
            faults['reason'] = 'missing'
    if state == 'value' and (fault := value_fault(options and leaf.options, text)):
        faults['value'] = fault
    if faults:
        raise Refused('invalid', faults)
    return number(text) if state == 'value' else None


def check_mark(leaf, answer, state, text, reason):
    """A mark says why where it is not what the city answered, or where the guide asks."""
    value = checked(leaf, state, text, reason)
    asks = state == 'value' and (leaf.options[value][0] if leaf.options else leaf.reason)
    need(reason or (answer.same(state, value) and not asks), 'invalid', reason='missing')
    return value


def option_step(leaf):
    """What one step of the tolerance is: the smallest distance of neighbours."""
    values = sorted(leaf.options)
    return min((b - a for a, b in zip(values, values[1:])), default=Decimal(1))


def rounded(leaf, value):
    unit = leaf.round_step or CENT
    return (value / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit


def marks_that_count(there, city, leaf):
    """Of those assigned now who have signed."""
    part = there.assigned(city.region, leaf.dimension)
    return [mine.marks[leaf.code] for mine in part if mine.signed]


def decided(there, city, leaf):
    """The decision of a cell as final opens."""
    objection = city.objections.get(leaf.code)
    if objection and objection.verdict != 'reject':
        return Decision(why='objection')
    marks = marks_that_count(there, city, leaf)
    if len(marks) < there.marks:
        return Decision(why='short')
    states = {mark.state for mark in marks}
    if len(states) > 1:
        return Decision(why='states')
    if states == {'not_applicable'}:
        return Decision(why='na')
    if states == {'no_data'}:
        return Decision('no_data')
    values = [mark.value for mark in marks]
    if max(values) - min(values) > there.tolerance * option_step(leaf):
        return Decision(why='spread')
    if len(values) == 1:
        return Decision('value', values[0])
    return Decision('value', rounded(leaf, sum(values) / len(values)))
