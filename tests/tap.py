"""TAP on standard output: the few words that tests in Python need. What went wrong goes to standard
error, where prove lets it through."""
import sys

count = failed = 0


def ok(good, name, detail=''):
    """One test line; the lines of `detail` are shown when it fails. Returns whether it passed."""
    global count, failed
    count += 1
    print(f"{'ok' if good else 'not ok'} {count} - {name}", flush=True)
    if not good:
        failed += 1
        print(f'# not ok {count} - {name}', file=sys.stderr)
        lines = detail.splitlines() if isinstance(detail, str) else [str(line) for line in detail]
        for line in lines[:40]:
            print(f'#   {line}', file=sys.stderr)
    return good


def is_(got, expected, name):
    return ok(got == expected, name, [f'got:      {got!r}', f'expected: {expected!r}'])


def none(faults, name):
    """Passes when the list of faults is empty."""
    faults = list(faults)
    return ok(not faults, name, faults)


def done():
    print(f'1..{count}')
    raise SystemExit(failed > 0)
