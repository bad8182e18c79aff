#!/usr/bin/python3
"""The service that sends mails: it is up when a mail server is set and only then, takes what lies
in the outbox to the server, waits for one that is away, and ends with the instance."""
import os
import subprocess
import sys

tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path += [tests, os.path.join(tests, 'fault')]
from house import ROOT, Instance, wait_for  # noqa: E402 (the path comes first)
from mails import Mails, serve  # noqa: E402
from tap import done, is_, ok  # noqa: E402

mails = Mails()
server = serve(mails)
port = server.port
settings = {'SMTP': f'smtp://127.0.0.1:{port}', 'MAIL_FROM': 'tolok@uji.example'}
here = Instance('mail', **settings)


def invite(email):
    """As the operator does by hand."""
    variables = {
        'VAR': here.var,
        'TOLOK_SMTP': settings['SMTP'],
        'TOLOK_MAIL_FROM': settings['MAIL_FROM'],
        'PATH': os.environ['PATH'],
    }
    program = os.path.join(ROOT, os.environ.get('BUILD', 'build'), 'tolok')
    subprocess.run(
        [program, 'account', 'create', email, 'office'],
        env=variables,
        check=True,
        capture_output=True,
    )


def senders():
    """The processes of the service; jobs have one of the same program."""
    found = []
    for pid in here.processes('tolok'):
        try:
            if os.readlink(f'/proc/{pid}/cwd').endswith('/service/mail'):
                found.append(pid)
        except FileNotFoundError:
            pass
    return found


def comes(email):
    """Whether the mail for that address has come, within a few rounds of the service."""
    return wait_for(lambda: any(taken[2] == [email] for taken in mails.taken), 15) is not None


ok(here.is_up('mail'), 'a mail server is set, and the service is up')
sender = senders()
is_(len(sender), 1, 'as one process')
invite('satu@uji.example')
ok(comes('satu@uji.example'), 'what lies in the outbox goes out by itself')

server.stop()
invite('dua@uji.example')
ok(
    wait_for(
        lambda: here.sql(
            "select count(*) from data.mail where tries > 0 and fault is not null and sealed is not"
            " null"
        )
        == '1',
        15,
    )
    is not None,
    'while the mail server is away the mail waits',
)
is_(senders(), sender, 'and so does the service')
server = serve(mails, port)
here.sql("update data.mail set next_at = now() where sealed is not null")
ok(comes('dua@uji.example'), 'when the server is back the mail goes out')
is_(len(mails.taken), 2, 'each of them once')

here.signal(9, *sender)
ok(
    wait_for(lambda: senders() not in ([], sender), 15) is not None,
    'one that is killed is followed by another',
)
here.make('stop')
is_(here.processes(), [], 'make stop ends it')
other = subprocess.run(
    ['s6-svstat', '-o', 'up', os.path.join(os.environ['VAR'], 'service', 'mail')],
    capture_output=True,
    text=True,
    check=True,
).stdout
is_(other, 'false\n', 'the instance of the other tests, without a mail server, has it down')
server.stop()
done()
