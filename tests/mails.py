"""A mail server of the tests' own, in Debian's Python, for tests that are run by it
(#!/usr/bin/python3)."""
import email
import email.policy
import warnings

from aiosmtpd.controller import Controller

from port import free_port

warnings.simplefilter(
    'ignore'
)  # of the server's own, about the connection without TLS that is wanted here


class Mails:
    """A mail server that answers as it is told, and keeps what it took."""

    def __init__(self):
        self.taken, self.moods = [], []

    async def handle_RCPT(self, server, session, envelope, address, options):
        mood = self.moods.pop(0) if self.moods else None
        if mood:
            return mood
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(
            (
                session.host_name,
                envelope.mail_from,
                envelope.rcpt_tos,
                email.message_from_bytes(envelope.content, policy=email.policy.default),
            )
        )
        return '250 OK'


def serve(mails, port=None, **more):
    """A server at that port, or at one that nobody has taken."""
    for _ in range(20):
        made = Controller(mails, hostname='127.0.0.1', port=port or free_port(), **more)
        try:
            made.start()
            return made
        except OSError:  # somebody was quicker
            continue
    raise SystemExit('no free port')
