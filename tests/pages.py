"""Public pages for the tests of what they say: of the running instance, or from the program by
hand. tests/http/same.t shows that both say the same."""
import os
import re
import subprocess
import sys
import time

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'http'))
import wire  # noqa: E402 (the path comes first)
from tap import done, is_, none, ok  # noqa: E402, F401 (for the tests)

connection = wire.Connection()
PATIENCE = 20  # seconds
database = None  # of which pages are made when it is not that of the instance


def patiently(ask):
    """An answer. Who is told to come back, as by the database of a busy machine, does."""
    end = time.monotonic() + PATIENCE
    while True:
        answer = ask()
        if answer.status != 503 or not answer.get('retry-after') or time.monotonic() > end:
            return answer


def served(target, headers=()):
    host = f'{wire.host}:{wire.port}'.encode()
    return patiently(
        lambda: wire.get(target.encode(), headers, connection=connection, host_name=host)
    )


def by_hand(path, query='', **variables):
    if database:
        host = os.environ['PGHOST']
        variables['TOLOK_DB'] = f"host='{host}' dbname={database} user=tolok_web"
    usual = {'TOLOK_SITE': os.environ['BASE'], 'REQUEST_METHOD': 'GET'}
    asked = {'PATH_INFO': path, 'QUERY_STRING': query}

    def run():
        # Its standard input must not look like a FastCGI socket.
        said = subprocess.run(
            [os.environ['WEB']],
            env={**os.environ, **usual, **asked, **variables},
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return wire.cgi_answer(said.stdout)

    return patiently(run)


def page(path, query='', **variables):
    """By hand, which takes ten times as long, only where a database or variables are given."""
    if database or variables:
        return by_hand(path, query, **variables)
    return served(f'{path}?{query}' if query else path)


def body(*asked, **variables):
    return page(*asked, **variables).text


def status(*asked, **variables):
    return page(*asked, **variables).status


def count(text, pattern):
    """How often a regular expression matches in the lines of a text."""
    return sum(len(re.findall(pattern, line)) for line in text.split('\n'))


def lines(text, pattern):
    """How many lines it matches."""
    return sum(re.search(pattern, line) is not None for line in text.split('\n'))


def like(text, pattern, name):
    """Passes when one line of the text matches; `unlike` when none does."""
    ok(lines(text, pattern), name, [f'no line matches {pattern} in:', *text.split('\n')[:20]])


def unlike(text, pattern, name):
    found = [line for line in text.split('\n') if re.search(pattern, line)]
    ok(not found, name, [f'a line matches {pattern}:', *found[:5]])
