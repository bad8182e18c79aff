#!/usr/bin/env python3
"""A command that somebody has stopped (Ctrl-Z) between what it does and its end holds up the desk
for a few seconds, and then the database ends it; nothing of it is done."""
import os
import signal
import subprocess
import time

from package import GOOD, Workplace, psql, tolok
from tap import done, is_, ok

here = Workplace()
for name, content in GOOD.items():
    os.makedirs('package', exist_ok=True)
    with open(f'package/{name}', 'wb') as file:
        file.write(content)
is_(tolok('import', 'package').returncode, 0, 'a round comes in')
before = here.sql('select count(*) from data.audit')


def state():
    """What the command's connection does; '' when there is none."""
    return here.sql(
        f"""select coalesce(max(state), '') from pg_stat_activity
                        where application_name = 'tolok' and datname = '{here.database}'"""
    )


def until(condition, seconds):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


# The publication waits for this until its command is stopped.
holder = psql.Session(here.database)
holder.keep("begin; select pg_advisory_xact_lock(hashtextextended('tolok publish', 0))")
command = subprocess.Popen(
    [os.environ['TOLOK'], 'publish', 'uji'],
    stdout=subprocess.PIPE,
    stderr=subprocess.STDOUT,
    text=True,
)
ok(until(lambda: state() == 'active', 20), 'it is being published')
command.send_signal(signal.SIGSTOP)
holder.keep('commit')
ok(until(lambda: state() == 'idle in transaction', 60), 'it is stopped, and all but committed')
began = time.monotonic()
desk = holder.keep(
    """set statement_timeout = '30s';
                        insert into data.audit (actor, source, request, act, subject, subject_id)
                        values ('-', '', '', 'wait', '', '') returning 'done';
                        set statement_timeout = 0"""
)
ok(desk == 'done', f'an act at the desk waits for it {time.monotonic() - began:.1f} s')
ok(until(lambda: state() == '', 60), 'as the database ends it')
command.send_signal(signal.SIGCONT)
said = command.communicate()[0]
ok(command.returncode == 3 and 'tolok' in said, 'it says so', f'{command.returncode} {said}')
is_(
    here.sql("select count(*) from data.publication where round = 'uji'"),
    '0',
    'and nothing is published',
)
is_(int(here.sql('select count(*) from data.audit')) - int(before), 1, 'nor in the trail')
done()
