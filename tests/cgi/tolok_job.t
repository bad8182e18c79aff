#!/usr/bin/env python3
"""The service of jobs: packages come in and go out, previews are published by two people, work is
cancelled, and a service that is killed leaves nothing half done."""
import io
import os
import random
import re
import shutil
import signal
import subprocess
import time
import zipfile

from package import GOOD, Workplace, line, psql, tolok
from tap import done, is_, ok

here = Workplace()
sql = here.sql
host = os.environ['PGHOST']
os.environ['VAR'] = os.getcwd()
ENVIRONMENT = {
    **os.environ,
    'TOLOK_DB': f"host='{host}' dbname={here.database} user=tolok_job",
}
os.mkdir('files')
sql(
    """insert into data.account (email, name, role, state, password_setting, password_digest)
       select n || '@terbit.go.id', n, 'office', 'active',
              '$argon2id$v=19$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg', data.digest_of(n)
       from unnest('{satu,dua}'::text[]) n;
       insert into data.session (account, digest, level, source, agent, expires_at)
       select a.id, data.digest_of(rpad('token-' || a.name, 43, '.')), 'full', '', '',
              now() + interval '1 hour' from data.account a where a.email like '%@terbit.go.id'"""
)
desk = psql.Session(here.database, 'tolok_desk')


def asks(who, act, *values):
    """The outcome of an act and its number."""
    key = f'key-{random.getrandbits(64):016x}'
    words = ', '.join("'" + str(value).replace("'", "''") + "'" for value in values)
    words = words.replace("'KEY'", f"'{key}'")
    said = desk.keep(
        f"""begin;
            select from act.enter(rpad('token-{who}', 43, '.'), 'uji', '', '');
            select outcome || ' ' || coalesce(faults::text, id::text, '') from act.{act}({words});
            commit"""
    )
    return said.strip()


def number(said):
    word, made = said.split(' ', 1)
    assert word == 'done', said
    return made


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def like(text, pattern, name, detail=''):
    ok(re.search(pattern, text, re.M), name, detail or text)


class Service:
    def __init__(self):
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [os.environ['TOLOK'], 'job', 'serve'],
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def ended(job, seconds=60):
    """The state of a job that is at its end, and why."""
    until(
        lambda: sql(f'select ended_at is not null from data.job where id = {job}') == 't', seconds
    )
    return sql(f"select concat_ws(' ', state, word) from data.job where id = {job}")


def upload(files, who='satu'):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w') as archive:
        for name, content in files.items():
            archive.writestr(f'paket/{name}', content)
    return number(asks(who, 'import_ask', 'KEY', 'paket.zip', '\\x' + packed.getvalue().hex(), ''))


def changed(**lines):
    """The good package with other marks."""
    files = dict(GOOD)
    line(files, 'marks.csv', 2, b'3.5', lines.get('mark', '3.5').encode())
    return files


service = Service()

# Packages.
broken = dict(GOOD)
line(broken, 'marks.csv', 2, b'3.5', b'4.5')
line(broken, 'regions.csv', 3, b'35.72', b'35.712')
job = upload(broken)
is_(ended(job), 'refused faults', 'a package with faults is not taken in')
is_(
    sql(
        "select concat_ws(' ', file, line, \"column\", message) from data.job_fault where job ="
        f" {job} order by ord"
    ),
    (
        'regions.csv 3 region 35.712 is not known, and new regions were not asked for\n'
        'marks.csv 2 value 4.5 is off the scale 0 to 4\n'
        'marks.csv 4 region "35.72" is not in regions.csv\n'
        'marks.csv 5 region "35.72" is not in regions.csv'
    ),
    'they are listed line by line',
)
is_(here.contents(), here.before, 'and nothing of it is there')
job = number(asks('satu', 'import_ask', 'KEY', 'x.zip', '\\x' + b'PK rubbish'.hex(), ''))
is_(ended(job), 'refused unreadable', 'what is no archive is told')
job = upload(GOOD)
is_(ended(job), 'done', 'a sound one becomes a draft')
is_(
    sql(f"select round, detail ->> 'marks', detail ->> 'replaced' from data.job where id = {job}"),
    'uji|4|false',
    'of its round',
)
is_(sql('select count(*) from data.job_package'), '0', 'its bytes are not kept')


def preview(round_='uji'):
    job = number(asks('satu', 'preview_ask', 'KEY', round_))
    is_(ended(job), 'done', 'a preview is made')
    return sql(f'select preview from data.job where id = {job}')


def request(made, reason=''):
    for who in 'satu', 'dua':
        asks(who, 'preview_open', made, 'KEY')
    asked = number(asks('satu', 'request_ask', made, 'KEY', reason, '', ''))
    return number(asks('dua', 'request_confirm', asked, 'KEY'))


# Two people publish.
made = preview()
is_(ended(request(made)), 'done', 'two people publish it')
is_(
    sql("select p.digest = v.digest from data.publication p, data.preview v where p.round = 'uji'"),
    't',
    'as the preview said',
)
like(tolok('rounds').stdout, '^uji +2022  published 1 ', 'it is there')
is_(tolok('publication', 'verify').returncode, 0, 'and holds')

# A job that was cancelled, and one whose service was killed, both while they wait for a lock.
is_(ended(upload(changed(mark='3.75'))), 'done', 'a correction comes in')
made = preview()
holder = psql.Session(here.database)
holder.keep("begin; select pg_advisory_xact_lock(hashtextextended('tolok publish', 0))")


def works():
    """Whether the service's work waits for the lock."""
    return (
        sql(
            f"""select count(*) from pg_stat_activity where datname = '{here.database}'
                and usename = 'tolok_job' and wait_event = 'advisory'"""
        )
        == '1'
    )


job = request(made, 'Salah ketik.')
ok(until(works), 'the service is at it')
began = time.monotonic()
is_(asks('dua', 'job_cancel', job, 'KEY'), f'done {job}', 'it is cancelled')
is_(ended(job), 'cancelled', 'and ends')
took = time.monotonic() - began
ok(took < 8, f'soon: {took:.1f} s')
is_(sql("select state from data.request order by id desc limit 1"), 'withdrawn', 'with its request')
job = request(made, 'Salah ketik.')
ok(until(works), 'it is asked for again')
service.kill()
ok(until(lambda: not works()), 'the work of a service that was killed is given up')
is_(sql(f'select state from data.job where id = {job}'), 'running', 'it is not at its end')
holder.keep('commit')
service.start()
is_(ended(job), 'done', 'and is done by the next one')
is_(
    sql(
        f"select string_agg(word, ' ' order by ord) from data.job_log where job = {job} and word <>"
        " 'stage'"
    ),
    'asked began again done',
    'as the log tells',
)
is_(sql("select max(n), count(*) from data.publication where round = 'uji'"), '2|2', 'once')

# Out again.
job = number(asks('satu', 'export_ask', 'KEY', 'uji', ''))
is_(ended(job), 'done', 'a publication is taken out')
name, digest = sql(f'select name, digest from data.job where id = {job}').split('|')
is_(name, 'uji-2.zip', 'by its name')
tolok('export', 'uji', 'folder')
with zipfile.ZipFile(f'files/{digest[:2]}/{digest[2:]}') as archive:
    held = {entry: archive.read(entry) for entry in archive.namelist()}
there = {}
for entry in os.listdir('folder'):
    with open(f'folder/{entry}', 'rb') as file:
        there[f'uji/{entry}'] = file.read()
is_(held, there, 'the same files as a folder of the command')

# A gathered round: by a command and by a job.
sql("update data.published_figure set note = 'Ditinjau.' where year = 2024 and measure = 'overall'")
said = tolok('gather', '2024')
like(said.stdout, '^2024: 57 regions', 'the package of a year is gathered', said.stderr)
is_(
    tolok('gather', '1999').stderr,
    'tolok: gather: no published figure of 1999 can enter a round\n',
    'of a year that has one',
)
job = number(asks('satu', 'gather_ask', 'KEY', '2024'))
is_(ended(job), 'done', 'the desk does the same')
made = preview('2024')
is_(
    sql(f'select n, same, changed_values, changed_files from data.preview where id = {made}'),
    '2|f|0|{official.csv}',
    'and its preview says what changes',
)
is_(ended(request(made, 'Catatan ditinjau.')), 'done', 'which is published as a correction')
is_(tolok('publication', 'verify').returncode, 0, 'all of it holds')
is_(tolok('file', 'verify').returncode, 0, 'what was taken out is one of the files that are there')
like(tolok('job', 'list').stdout, f'^{job} +gather +2024 +done ', 'jobs are listed')
like(tolok('job', 'log', job).stdout, ' began ', 'with what became of them')
is_(
    tolok('job', 'log', '999999').stderr,
    'tolok: job log: there is no such job\n',
    'of one that there is',
)

# Killed at any moment, nothing is half done; the next one ends it.
for turn in range(int(os.environ.get('TOLOK_ALL') and '30' or '2')):
    is_(ended(upload(changed(mark=f'{turn % 300 / 100 + 0.01:.2f}'))), 'done', 'another draft')
    made = preview()
    job = request(made, 'Salah ketik.')
    time.sleep(random.random() * 0.3)
    service.kill()
    state = sql(
        f"""select j.state || ' ' || (select count(*) from data.publication p
              where p.digest = (select v.digest from data.preview v where v.id = {made}))
            from data.job j where j.id = {job}"""
    )
    ok(state in ('queued 0', 'running 0', 'done 1'), f'all or nothing: {state}')
    service.start()
    is_(ended(job), 'done', 'it comes to its end')
is_(
    sql(
        """select count(*) from (select previous_digest, lag(digest) over (order by id) as digest
           from data.publication) c where c.previous_digest is distinct from c.digest"""
    ),
    '0',
    'the chain has no gap',
)
service.kill()
like(tolok('simulated', 'remove').stdout, '^uji', 'a simulated round goes')
is_(
    sql("select count(*) filter (where round = 'uji'), count(*) > 0 from data.job"),
    '0|t',
    'with its jobs, and no others',
)
shutil.rmtree('folder')
done()
