#!/usr/bin/env python3
"""Workers of the desk and the database that die in the middle of a save and of a submit: it has
happened or it has not, and the same form sent once more, with the same key, is done exactly
once."""
import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time

from house import ALL, ROOT, breakable, tap, wait_for
from tap import done, is_, none, ok

here = breakable('desk')
os.environ |= {
    'BASE': here.base,
    'PGHOST': here.run,
    'VAR': here.var,
    'TOLOK': os.path.join(ROOT, os.environ.get('BUILD', 'build'), 'tolok'),
}
sys.path.append(os.path.join(ROOT, 'tests'))
import desk  # noqa: E402 (it reads the environment)

desk.browser.Browser.patience = 0

writer = desk.person('operator', '--region', 'kota-kediri')
size = len(here.processes('desk'))

# The end of a transaction can be held, too.
here.sql(
    """create function data.held() returns trigger language plpgsql security definer set search_path
    = pg_catalog, pg_temp as $$begin perform pg_advisory_xact_lock_shared(5); return null; end$$;
    create constraint trigger held after insert on data.receipt deferrable initially deferred for
    each row execute function data.held()"""
)
holds = {
    'before it begins': 'lock table data.session in access exclusive mode',
    'at the record': 'select from data.win where id = %d for update',
    'at the trail': 'select from data.audit_head for update',
    'at the end': 'select pg_advisory_xact_lock(5)',
}


@contextlib.contextmanager
def held(what, win):
    """Somebody else holds what the act needs next; the value lets go of it."""
    words = ['psql', '-X', '-q', '-At', '-h', here.run, '-U', 'postgres', '-d', 'tolok']
    with subprocess.Popen(
        words, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as holder:
        holder.stdin.write(f'begin; {holds[what].replace("%d", str(win))}; select 1;\n')
        holder.stdin.flush()
        while holder.stdout.readline().strip() != '1':
            pass
        try:
            yield holder.stdin.close
        finally:
            with contextlib.suppress(BrokenPipeError):
                holder.stdin.close()


def told(text):
    """What the database says, as soon as it answers: it may not have noticed yet that one of its
    processes was killed."""
    said = []
    wait_for(lambda: said.append(try_sql(text)) or said[-1], 30)
    return said[-1]


def record(win):
    """What there is of a quick win: version, state, title, rows of the trail and receipts."""
    return told(
        f"""select concat_ws(' ', w.row_version, v.state, v.title, (select count(*) from data.audit
          where subject = 'win' and subject_id = w.id::text),
                        (select count(*) from data.receipt where (answer).id = w.id))
                        from data.win w join data.win_version v on v.win = w.id and v.n = w.newest
                        where w.id = {win}"""
    )


class Act:
    """A form that is ready to be sent, and what there has to be before and after."""

    number = 0

    def __init__(self, kind):
        Act.number += 1
        self.win = desk.begin(writer, f'Awal{Act.number}')
        if kind == 'save':
            self.path, self.fields = f'/meja/quickwin/{self.win}/simpan', desk.save_form(
                writer, self.win, title=f'Sesudah{Act.number}'
            )
        else:
            desk.save(writer, self.win, title=f'Awal{Act.number}', **desk.words)
            self.path = f'/meja/quickwin/{self.win}/kirim'
            self.fields = desk.form(writer, f'/meja/quickwin/{self.win}/periksa', self.path)
        self.before = record(self.win)
        version, state, title, rows, receipts = self.before.split()
        self.after = ' '.join(
            [
                str(int(version) + 1),
                *((state, f'Sesudah{Act.number}') if kind == 'save' else ('submitted', title)),
                str(int(rows) + 1),
                str(int(receipts) + 1),
            ]
        )
        self.status = None

    def send(self):
        """The status; 0 when the answer did not come."""
        visitor = desk.browser.Browser()
        visitor.cookies = dict(writer.cookies)
        try:
            self.status = visitor.post(self.path, self.fields, form=None).status
        except (OSError, desk.browser.http.client.HTTPException):
            self.status = 0
        return self.status

    def settle(self, what):
        """All or nothing, what was said is true, and the retry has one result. Returns what is
        wrong."""
        first, faults = self.status, []
        now = record(self.win)
        if now not in (self.before, self.after):
            faults.append(f'{what}: half done: {now}; before {self.before}, wanted {self.after}')
        if first == 303 and now != self.after:
            faults.append(f'{what}: said to be done, but {now}')
        if first not in (0, 303, 500, 502, 503, 504):
            faults.append(f'{what}: answered {first}')
        if wait_for(lambda: self.send() == 303, 10) is None:
            faults.append(f'{what}: the retry is answered {self.status}')
        self.send()
        if (now := record(self.win)) != self.after or self.status != 303:
            faults.append(f'{what}: after the retry {now}, wanted {self.after}')
        return faults


def try_sql(text):
    with contextlib.suppress(subprocess.CalledProcessError):
        return here.sql(text)
    return ''


def kill_workers():
    here.signal(signal.SIGKILL, *here.processes('desk'))


def end_backends():
    try_sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tolok_desk'")


def kill_backend():
    found = try_sql(
        "select pid from pg_stat_activity where usename = 'tolok_desk' and wait_event_type = 'Lock'"
    )
    here.signal(signal.SIGKILL, *map(int, found.split()[:1]))


def kill_postmaster():
    here.signal(signal.SIGKILL, here.postmaster())


def at_hold(kind, what, fault):
    """The fault while an act waits there."""
    act = Act(kind)
    with held(what, act.win) as let_go:
        sender = threading.Thread(target=act.send)
        sender.start()
        waits = wait_for(
            lambda: try_sql(
                "select count(*) from pg_stat_activity where usename = 'tolok_desk' and"
                " wait_event_type = 'Lock'"
            )
            == '1',
            5,
        )
        fault()
        let_go()
        sender.join()
    return act.settle(f'{kind}, {what}, {fault.__name__}') + (
        [f'{kind}: does not wait {what}'] if waits is None else []
    )


def healed():
    return wait_for(
        lambda: len(here.processes('desk')) == size and writer.get('/meja').status == 200, 15
    )


# Wherever the act is, its worker or its connection goes away.
cases = [(kind, what) for kind in ('save', 'submit') for what in holds]
for fault, some in (
    (kill_workers, cases if ALL else cases[1::6]),
    (end_backends, cases if ALL else cases[2:6:2]),
):
    faults = [f for kind, what in some for f in at_hold(kind, what, fault)]
    none(
        faults,
        (
            f'{fault.__name__}: at {len(some)} places of a save and a submit it is done wholly or'
            ' not, and by the retry once'
        ),
    )

# It is done, but nobody hears of it: the worker stops before the answer.
faults = []
for kind in ('save', 'submit'):
    act = Act(kind)
    with held('at the end', act.win) as let_go:
        sender = threading.Thread(target=act.send)
        sender.start()
        wait_for(
            lambda: try_sql(
                "select count(*) from pg_stat_activity where usename = 'tolok_desk' and"
                " wait_event_type = 'Lock'"
            )
            == '1',
            5,
        )
        here.signal(signal.SIGSTOP, *here.processes('desk'))
        let_go()
        if wait_for(lambda: record(act.win) == act.after, 5) is None:
            faults.append(f'{kind}: not done although nothing failed')
        kill_workers()
        sender.join()
    if act.status == 303:
        faults.append(f'{kind}: a dead worker has answered')
    faults += act.settle(f'{kind}, done but not answered')
none(faults, 'an answer that is lost: the retry is told what happened, and nothing happens twice')
ok(healed() is not None, 'there are as many workers as before')

# Any moment.
faults, outcomes = [], {True: 0, False: 0}
for n in range(100 if ALL else 2):
    act = Act(('save', 'submit')[n % 2])
    sender = threading.Thread(target=act.send)
    sender.start()
    time.sleep(random.uniform(0, 0.03))
    (kill_workers, end_backends)[(n // 2 if ALL else n) % 2]()
    sender.join()
    outcomes[act.status == 303] += 1
    faults += act.settle(f'moment {n}')
none(faults, f'at any moment: {outcomes[True]} answered, {outcomes[False]} not, and all of it once')

# The database dies, and comes back by itself.
places = list(holds) if ALL else ['at the trail', 'at the end']
faults = [
    f
    for kind, what in zip(('save', 'submit') * 2, places)
    for fault in (kill_backend, kill_postmaster)
    if ALL or (fault is kill_backend) == (kind == 'save')
    for f in at_hold(kind, what, fault)
]
none(faults, 'the database killed: likewise')
took = healed()
ok(took is not None, 'and the desk works again')
trail = subprocess.run([os.environ['TOLOK'], 'audit', 'verify'], capture_output=True, text=True)
is_((trail.returncode, trail.stderr), (0, ''), 'the trail is whole')
here.sql('drop trigger held on data.receipt; drop function data.held()')
is_(
    here.sql(
        'select count(*) from (select account, key from data.receipt group by 1, 2 having count(*)'
        ' > 1) twice'
    ),
    '0',
    'and no key has two results',
)
done()
