#!/usr/bin/env python3
"""Hostile values in every place where a visitor can write one: parameters, paths, headers, methods,
bodies, and the variables of CGI at a worker's socket and by hand. TOLOK_ALL=1 asks 20,000 of them;
JUNK_SEED repeats a choice."""
import os
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import audit  # noqa: E402 (the path comes first)
import junk_cases  # noqa: E402
import wire  # noqa: E402
from tap import done, none, ok  # noqa: E402

ALL = bool(os.environ.get('TOLOK_ALL'))
SEED = int(os.environ.get('JUNK_SEED', '20261122'))
SHARES = {
    'query': 1150,
    'path': 350,
    'undeclared': 200,
    'headers': 450,
    'methods': 150,
}  # of the short form; together 2,300
FACTOR = 9 if ALL else 1
WORKERS = 3
chance = random.Random(SEED)
print(f'# seed {SEED}')

pages = [
    junk_cases.Page(line)
    for line in subprocess.run(
        [os.environ['WEB'], '--pages'],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    ).stdout.splitlines()
]
pages = [page for page in pages if page.name != 'file']  # nobody has published one yet
base = {page.path.encode(): wire.get(page.path.encode()) for page in pages}
none(
    [f'{path} answers {answer.status}' for path, answer in base.items() if answer.status != 200],
    'each page has an address that exists (junk_cases.exists)',
)
none(
    [fault for answer in base.values() for fault in audit.form(answer) + audit.leaked(answer)],
    'whose answer is in order',
)


def sample(kind, choices):
    """As many cases as its share: some of each group and each value where it is shown again, then
    each name, then more."""
    global canaries
    chance.shuffle(choices)
    groups, seen, order = {}, set(), []
    for number, choice in enumerate(choices):
        groups[choice.group] = groups.get(choice.group, 0) + 1
        first = groups[choice.group] <= 3 or (choice.shown and ('shown', choice.shown) not in seen)
        order.append((0 if first else 1 if choice.name not in seen else 2, number))
        seen |= {choice.name, ('shown', choice.shown)}
    cases = []
    for _, number in sorted(order)[: SHARES[kind] * FACTOR]:
        canaries += 1
        cases.append(choices[number].make(f'kn{canaries:06d}'))
    return cases


def faults_of(case, answer):
    faults = audit.form(answer)
    expected = junk_cases.bounded(case)
    if answer.status not in expected:
        faults.append(f'status {answer.status}, not {sorted(expected)}')
    if (
        answer.status == 400
        and case.blames
        and expected == {400}
        and not audit.names_field(answer, case.blames)
    ):
        faults.append(f'the answer does not name {case.blames}')
    if case.method == b'HEAD':
        return faults
    if answer.status == 200 and case.same_as:
        if answer.body != base[case.same_as].body and answer.body != wire.get(case.same_as).body:
            faults.append(f'the page is not that of {case.same_as!r}')
        return faults
    return (
        faults
        + audit.reflection(answer, case.canary, case.value)
        + audit.leaked(answer, case.value)
    )


def work(cases):
    connection, found, ids = wire.Connection(), [], {}
    for case in cases:
        answer = wire.get(case.target, case.headers, case.method, case.body, connection, case.host)
        found += [f'{case.line()}: {fault}' for fault in faults_of(case, answer)]
        ids[answer.id] = (case, answer.status)
        if len(found) > 200:
            break
    connection.close()
    return found, ids


def readable(data):
    """An address as the web server logs it: up to the first byte that is not ASCII, and not too
    much of it."""
    plain = re.match(rb'[!-~]{0,2000}', data)[0]
    return plain.decode() + ('...' if plain != data else '')


def check_line(entry, case, status):
    """Whether the web server's line says what was asked and what came back."""
    if entry['status'] != status:
        return False
    if not re.fullmatch(rb'[A-Z_-]{1,32}', case.method):
        return entry['method'] == ''  # the line of the request is not one
    return entry['method'].encode() == case.method and entry['uri'] == (readable(case.target))


def check_logs(ids):
    """Each request is one line of the web server's log, which is JSON, and each line of the
    programs' log is logfmt."""
    access, web = access_log.until(audit.last_marks()), web_log.lines()
    faults, seen, lines = [], {}, {}
    for line in access:
        try:
            entry = audit.json_line(line)
            seen[entry['request_id']] = seen.get(entry['request_id'], 0) + 1
            case, status = ids.get(entry['request_id'], (None, 0))
            if case and not check_line(entry, case, status):
                faults.append(f'{case.line()}: logged as {line!r}')
        except (ValueError, KeyError) as error:
            faults.append(f'{error!r} in {line[:300]!r}')
    faults += [
        f'{case.line()}: {seen.get(key, 0)} lines in the access log'
        for key, (case, _) in ids.items()
        if seen.get(key) != 1
    ]
    for line in web:
        try:
            entry = audit.logfmt(line)
            if entry.get('event') == 'request':
                lines[entry['request_id']] = lines.get(entry['request_id'], 0) + 1
            if entry['level'] == 'error' and entry.get('request_id') in ids:
                faults.append(f'an error: {line!r}')
            if entry['event'] == 'forged' or not entry['ts'].startswith('20'):
                faults.append(f'forged: {line!r}')
        except (ValueError, KeyError) as error:
            faults.append(f'{error!r} in {line[:300]!r}')
    # An address that is not the canonical one passes the program twice.
    faults += [
        f'{ids[key][0].line()}: {count} lines in the log'
        for key, count in lines.items()
        if key in ids and count > 2
    ]
    return faults


access_log, web_log = audit.Log('access'), audit.Log('web')
asked = canaries = 0
waiting, faults = {}, []  # requests whose lines have not been looked for yet
for kind, choices in junk_cases.plan(pages).items():
    chosen = sample(kind, choices)
    found = []
    for start in range(0, len(chosen), 2000):
        part = chosen[start : start + 2000]
        with ThreadPoolExecutor(WORKERS) as pool:
            for faulty, ids in pool.map(work, [part[at::WORKERS] for at in range(WORKERS)]):
                found += faulty
                waiting |= ids
        if len(waiting) > 4000:
            faults += check_logs(waiting)
            waiting = {}
    asked += len(chosen)
    none(found, f'{kind}: {len(chosen)} of {len(choices)} requests')
none(faults + check_logs(waiting), 'each is one line of the logs, whole, and says what was asked')
ok(asked >= 2000 * FACTOR, f'{asked} requests')
done()
