#!/usr/bin/env python3
"""1,000 visitors who send their request byte by byte, or take their answer byte by byte: the others
are served as fast as before, and the slow are let go."""
import socket
import time

from house import ALL, allowed, breakable, cpu, wait_for
from tap import done, none, ok
from under import compare, measure
from visit import Crowd

here = breakable('slow')
addresses = here.addresses()
none(here.warm(addresses), f'{len(addresses)} pages answer')

HOST = b' HTTP/1.1\r\nHost: localhost\r\n'
KINDS = {
    'slow heads': {'first': b'GET /kota' + HOST, 'word': b'X-Slow: 1\r\n'},
    'slow bodies': {
        'first': b'POST /kota' + HOST + b'Content-Length: 8192\r\n\r\n',
        'word': b'x' * 10,
    },
    'slow readers': {'first': 4 * (b'GET /kota' + HOST + b'\r\n'), 'takes': 20},
}
if not ALL:
    del KINDS['slow bodies']


def settled():
    """Whether nginx has done with them what there is to do at once."""
    nginx = here.nginx_workers()
    used, began = cpu(*nginx), time.monotonic()
    time.sleep(0.1)
    return cpu(*nginx) - used < 0.2 * (time.monotonic() - began)


def disturbed(crowd, seconds):
    """What others see while 1,000 slow ones are there."""
    with Crowd(here.port, **crowd):
        crowds.append(wait_for(lambda: here.connections() > 0.95 * Crowd.COUNT, 15) is not None)
        wait_for(settled, 5)
        return measure(here, addresses, seconds)


for what, crowd in KINDS.items():
    crowds = []
    compare(what, here, addresses, lambda seconds: disturbed(crowd, seconds))
    ok(all(crowds), f'{what}: there were 1,000 of them')
    ok(wait_for(lambda: here.connections() < 50, 5) is not None, f'{what}: nothing of them is left')

# Who never comes to an end is shown the door: a head and a body have 10 seconds.
if ALL:
    for what, first, word in (
        ('head', b'GET / HTTP/1.1\r\nHost: localhost\r\n', b'X-Slow: 1\r\n'),
        ('body', b'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4096\r\n\r\n', b''),
    ):
        with socket.create_connection(('127.0.0.1', here.port)) as visitor:
            visitor.sendall(first)
            visitor.settimeout(1)
            began = time.monotonic()
            while time.monotonic() - began < 60:
                try:
                    visitor.sendall(word)
                    if not visitor.recv(1000):
                        break
                except TimeoutError:
                    continue
                except OSError:
                    break
        took = time.monotonic() - began
        ok(took < allowed(15), f'a slow {what} is cut off after {took:.0f} s')
done()
