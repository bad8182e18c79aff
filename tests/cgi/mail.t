#!/usr/bin/python3
"""The outbox with a real mail server: links go out once, whatever the server does at first; nothing
of a link stays behind, and nothing of it is said to anybody else."""
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import psql  # noqa: E402 (the path comes first)
from mails import Mails, serve  # noqa: E402
from tap import done, is_, none, ok  # noqa: E402

from aiosmtpd.smtp import AuthResult, LoginPassword  # noqa: E402

DATABASE = psql.scratch()
sql = psql.Session(DATABASE)
build = os.path.dirname(os.environ['WEB'])
home = tempfile.TemporaryDirectory()
os.chmod(home.name, 0o755)
mails = Mails()
server = serve(mails)


def environment(role, **more):
    return {
        **os.environ,
        'VAR': home.name,
        'TOLOK_DB': f"host='{os.environ['PGHOST']}' dbname={DATABASE} user={role}",
        'TOLOK_SITE': 'http://127.0.0.1',
        'TOLOK_SMTP': f'smtp://127.0.0.1:{server.port}',
        'TOLOK_MAIL_FROM': 'tolok@uji.example',
        **more,
    }


said = []


def tolok(*words, **more):
    answer = subprocess.run(
        [f'{build}/tolok', *words],
        env=environment('tolok_admin', **more),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    said.append(answer.stdout + answer.stderr)
    return answer


def invite(address, **more):
    """Makes an account; the path of its link."""
    return re.search(
        r'/undangan/\S+',
        tolok('account', 'create', address, 'office', '--name', 'Ibu Sri – Kantor', **more).stdout,
    )[0]


def send(now=True, **more):
    if now:
        sql('update data.mail set next_at = now() where sealed is not null')
    return tolok('mail', 'send', **more)


def link(message):
    return re.search(r'http://127\.0\.0\.1(/undangan/\S+)', message.get_content())[1]


def state(address):
    return sql(
        f"""select concat_ws(' ', case when m.sealed is null then 'empty' else 'sealed' end, case
          when m.sent_at is not null then 'sent' end,
                     case when m.failed_at is not null then 'failed' end, m.tries, m.fault)
                   from data.mail m join data.invitation i on i.id = m.invitation join data.account
                   a on a.id = i.account
                   where a.email = '{address}' order by i.id desc limit 1"""
    )


def desk(method, path, token, fields=None, **more):
    body = urllib.parse.urlencode(fields or {})
    answer = subprocess.run(
        [f'{build}/desk'],
        env=environment(
            'tolok_desk',
            REQUEST_METHOD=method,
            PATH_INFO=path,
            HTTP_HOST='127.0.0.1',
            HTTP_COOKIE=f'tolok={token}',
            CONTENT_TYPE='application/x-www-form-urlencoded',
            CONTENT_LENGTH=str(len(body)),
            REMOTE_ADDR='127.0.0.1',
            **more,
        ),
        input=body,
        capture_output=True,
        text=True,
        check=False,
    )
    said.append(answer.stderr)
    return answer.stdout


try:
    # The way of one mail.
    path = invite('a@uji.go.id')
    is_(state('a@uji.go.id'), 'sealed 0', 'a link waits with its mail')
    token = path.rsplit('/', 1)[1]
    none(
        [
            table
            for table in ('mail', 'invitation', 'audit', 'account')
            if token in sql(f'select t::text from data.{table} t')
        ],
        'its token is nowhere in the database',
    )
    is_(send().stdout, 'a@uji.go.id: sent\n', 'sent')
    host, sender, recipients, message = mails.taken[-1]
    is_(
        (sender, recipients, host),
        ('tolok@uji.example', ['a@uji.go.id'], 'uji.example'),
        'from whom, to whom',
    )
    is_(
        (str(message['From']), str(message['To']), str(message['Subject'])),
        ('Tolok Kota <tolok@uji.example>', 'a@uji.go.id', 'Undangan ke meja kerja Tolok Kota'),
        'its head',
    )
    ok(
        message['Message-ID'] and message['Date'] and message['Auto-Submitted'] == 'auto-generated',
        'is complete',
    )
    is_(link(message), path, 'the link is the one that was shown')
    ok(
        'Ibu Sri – Kantor' in message.get_content()
        and 'only' not in message['Subject']
        and 'You are invited' in message.get_content(),
        'in both languages',
    )
    is_(state('a@uji.go.id'), 'empty sent 1', 'and nothing of it is kept')
    is_((send().stdout, len(mails.taken)), ('', 1), 'once')

    # Servers that do not take it at once.
    invite('b@uji.go.id')
    mails.moods = ['451 Later']
    is_(send().stdout, 'b@uji.go.id: not yet: the server answered 451\n', 'asked to come back')
    is_(state('b@uji.go.id'), 'sealed 1 the server answered 451', 'it waits')
    is_(
        sql(
            "select extract(epoch from next_at - now())::integer between 20 and 40 from data.mail"
            " where sealed is not null"
        ),
        't',
        'for half a minute',
    )
    is_(send(now=False).stdout, '', 'and not less')
    answer = send(TOLOK_SMTP='smtp://127.0.0.1:1')
    ok(answer.returncode == 0 and 'not yet' in answer.stdout, 'nobody there')
    answer = send(TOLOK_SMTP=f'smtp://[::ffff:127.0.0.1]:{server.port}')
    ok(
        'not yet' in answer.stdout and len(mails.taken) == 1,
        'a server elsewhere that has no TLS gets nothing',
    )
    is_(
        sql(
            "select extract(epoch from next_at - now())::integer between 110 and 130 from data.mail"
            " where sealed is not null"
        ),
        't',
        'each time twice as long',
    )
    is_((send().stdout, len(mails.taken)), ('b@uji.go.id: sent\n', 2), 'then it goes')
    invite('c@uji.go.id')
    mails.moods = ['550 No such user']
    is_(send().stdout, 'c@uji.go.id: given up: the server answered 550\n', 'refused for good')
    is_(state('c@uji.go.id'), 'empty failed 1 the server answered 550', 'is given up')
    first = invite('d@uji.go.id')
    second = invite('d@uji.go.id')
    is_(send().stdout, 'd@uji.go.id: sent\n', 'of two links one goes')
    is_(link(mails.taken[-1][3]), second, 'the one that is good')
    invite('e@uji.go.id')
    sql(
        "update data.invitation set expires_at = now() where id = (select max(id) from"
        " data.invitation)"
    )
    is_(
        (send().stdout, state('e@uji.go.id')),
        ('', 'empty failed 0 too late'),
        'a link that is over needs no mail',
    )
    invite('f@uji.go.id')
    os.rename(f'{home.name}/seal.key', f'{home.name}/seal.kept')
    answer = send()
    is_(
        (
            answer.returncode,
            'seal.key is missing' in answer.stderr,
            state('f@uji.go.id'),
            os.path.exists(f'{home.name}/seal.key'),
        ),
        (1, True, 'sealed 0', False),
        'without the key nothing goes and no other one is made',
    )
    answer = tolok('account', 'create', 'f2@uji.go.id', 'office')
    is_(
        (
            answer.returncode,
            'seal.key is missing' in answer.stderr,
            sql("select count(*) from data.account where email = 'f2@uji.go.id'"),
        ),
        (1, True, '0'),
        'and no link is made that could not be sent',
    )
    with open(f'{home.name}/seal.key', 'w', encoding='ascii') as another:
        another.write('0' * 64)
    ok('can not be opened' in send().stdout, 'another key opens nothing')
    os.rename(f'{home.name}/seal.kept', f'{home.name}/seal.key')

    # A program that dies while it sends: the mail comes back.
    invite('g@uji.go.id')
    sql(
        "update data.mail set next_at = now() where sealed is not null; select * from"
        " act.mail_next()"
    )
    is_(
        (send(now=False).stdout, send().stdout),
        ('', 'g@uji.go.id: sent\n'),
        'what was taken and not said to be sent comes back',
    )

    # Without a server there are no mails; with half of one neither.
    invite('h@uji.go.id', TOLOK_SMTP='')
    invite('i@uji.go.id', TOLOK_MAIL_FROM='')
    is_(state('h@uji.go.id') + state('i@uji.go.id'), '', 'without a server there is no mail')
    is_(
        (
            tolok('mail', 'send', TOLOK_SMTP='').returncode,
            tolok('mail', 'send', TOLOK_SMTP='http://x').returncode == 0,
        ),
        (1, False),
        'and nothing to send it with',
    )

    # A server that wants a name and a password over a connection without TLS is one of this machine
    # only.
    def judge(server, session, envelope, mechanism, data):
        return AuthResult(
            success=isinstance(data, LoginPassword)
            and (data.login, data.password) == (b'tolok', b'rahasia besar'),
            handled=False,
        )

    guarded = serve(mails, authenticator=judge, auth_required=True, auth_require_tls=False)
    for name, password in (('password', 'rahasia besar'), ('wrong', 'rahasia kecil')):
        with open(f'{home.name}/{name}', 'w', encoding='utf-8') as file:
            file.write(password + '\n')
    place = {'TOLOK_SMTP': f'smtp://tolok@127.0.0.1:{guarded.port}'}
    invite('j@uji.go.id')
    ok(
        'not yet' in send(**place, TOLOK_SMTP_PASSWORD_FILE=f'{home.name}/wrong').stdout,
        'with a wrong password no mail goes out, and none is given up',
    )
    is_(
        send(**place, TOLOK_SMTP_PASSWORD_FILE=f'{home.name}/password').stdout,
        'j@uji.go.id: sent\n',
        'the password is in a file',
    )
    guarded.stop()

    # What the desk makes goes out too, together with what it does.
    token = 'sesi-kantor'.ljust(43, '-')
    sql(
        f"""with a as (insert into data.account (email, name, role, state, password_setting,
          password_digest, otp_secret)
              values ('kantor@uji.go.id', 'Kantor', 'office', 'active',
                '$argon2id$v=19$m=47104,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg', repeat('a', 64), 's')
                returning id)
            insert into data.session (account, digest, level, source, agent, expires_at)
            select id, '{hashlib.sha256(token.encode()).hexdigest()}', 'full', '127.0.0.1', 'uji',
              now() + interval '1 hour' from a"""
    )
    form = re.search(r'name="form" value="([^"]+)"', desk('GET', '/meja/pengguna', token))[1]
    answer = desk(
        'POST',
        '/meja/pengguna',
        token,
        {'form': form, 'email': 'k@uji.go.id', 'name': 'Kota', 'role': 'office'},
    )
    shown = re.search(r'/undangan/[A-Za-z0-9_-]{43}', answer)
    ok(shown is not None, 'the desk shows the link once')
    is_(
        sorted(send().stdout.splitlines()),
        ['k@uji.go.id: sent', 'kantor@uji.go.id: sent'],
        'and a mail takes it',
    )
    letters = {taken[2][0]: taken[3] for taken in mails.taken[-2:]}
    is_(link(letters['k@uji.go.id']), shown[0] if shown else '', 'the same one')
    told = letters['kantor@uji.go.id'].get_content()
    ok(
        'k@uji.go.id diundang' in told and '/undangan/' not in told,
        'the office is told of another account of its own',
        told,
    )
    answer = desk(
        'POST',
        '/meja/pengguna',
        token,
        {'form': form, 'email': 'k', 'name': 'Kota', 'role': 'office'},
    )
    is_(
        (sql('select count(*) from data.mail where sealed is not null'), send().stdout),
        ('0', ''),
        'what was not done has no mail',
    )

    # Who has forgotten their password gets a link; who has no account gets the same answer, and
    # nothing.
    stranger = 'pengunjung'.ljust(43, '-')
    own = re.search(r'name="form" value="([^"]+)"', desk('GET', '/masuk/lupa', stranger))[1]
    answers = [
        desk('POST', '/masuk/lupa', stranger, {'form': own, 'email': address}).replace(address, '')
        for address in ('kantor@uji.go.id', 'siapaa@uji.go.id')
    ]
    ok(
        'Periksa kotak surat Anda' in answers[0] and '/undangan/' not in answers[0],
        'a forgotten password: the link is in the mail only',
    )
    is_(
        *[
            re.sub(r'name="(form|key)" value="[^"]*"|X-Request-Id:.*', '', answer)
            for answer in answers
        ],
        'nobody learns who has an account',
    )
    is_(send().stdout + send().stdout, 'kantor@uji.go.id: sent\n', 'one mail goes')
    ok(
        'Buat kata sandi' in desk('GET', link(mails.taken[-1][3]), stranger),
        'its link takes a password',
    )
    ok(
        'Portal ini tidak mengirim surat' in desk('GET', '/masuk/lupa', stranger, TOLOK_SMTP=''),
        'without a mail server the page says whom to ask',
    )

    # Secrets.
    secrets = {
        link(taken[3]).rsplit('/', 1)[1]
        for taken in mails.taken
        if '/undangan/' in taken[3].get_content()
    } | {'rahasia besar'}
    log = ''.join(said)
    none(
        [
            secret
            for secret in secrets
            if log.count(secret) > 1 or secret == 'rahasia besar' and secret in log
        ],
        'a link is printed to whom made it, and nowhere else',
    )
    is_(
        sql('select count(*) from data.mail where sealed is not null'),
        '0',
        'nothing is left in the outbox',
    )
    listed = tolok('mail', 'list').stdout
    ok(
        'a@uji.go.id' in listed
        and 'the server answered 550' in listed
        and 'undangan' not in listed,
        'the operator sees what became of each',
    )

    # Mails without a link: whose authenticator was forgotten is told.
    sql(
        "update data.account set state = 'active', password_setting = k.password_setting,"
        " password_digest = k.password_digest, otp_secret = 's' from data.account k where k.email ="
        " 'kantor@uji.go.id' and data.account.email in ('a@uji.go.id', 'b@uji.go.id')"
    )
    form = re.search(r'name="form" value="([^"]+)"', desk('GET', '/meja/pengguna', token))[1]
    desk(
        'POST',
        '/meja/pengguna/'
        + sql("select id from data.account where email = 'a@uji.go.id'")
        + '/autentikator',
        token,
        {'form': form, 'reason': 'Ponsel hilang'},
    )
    tolok('account', 'forget', 'b@uji.go.id')
    is_(
        send().stdout,
        'a@uji.go.id: sent\nb@uji.go.id: sent\n',
        'whose authenticator was forgotten is told',
    )
    message = mails.taken[-1][3]
    ok(
        'Yth. Ibu Sri' in message.get_content()
        and '/undangan/' not in message.get_content()
        and 'dilepas' in message['Subject'],
        'without a link',
        message.as_string(),
    )
finally:
    server.stop()
    home.cleanup()
done()
