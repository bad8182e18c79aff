#!/usr/bin/env python3
"""1,000 visitors who send their request byte by byte, or take their answer byte by byte: the others are served as fast as
before, and the slow are let go."""
import socket
import subprocess
import time

from house import ALL, Instance, wait_for
from tap import done, none, ok
from under import compare, measure

here = Instance('slow')
addresses = here.addresses()
none(here.warm(addresses), f'{len(addresses)} pages answer')

KINDS = {
    'slow heads': ['-H', '-i', '1', '-t', 'GET', '-x', '10', '-u', f'{here.base}/kota'],
    'slow bodies': ['-B', '-i', '1', '-t', 'POST', '-s', '8192', '-x', '10', '-u', f'{here.base}/kota'],
    'slow readers': ['-X', '-t', 'GET', '-k', '4', '-w', '10', '-y', '20', '-n', '1', '-z', '5', '-u', f'{here.base}/kota'],
}
if not ALL:
    del KINDS['slow bodies']


def disturbed(words, seconds):
    """What others see while 1,000 slow ones are there."""
    test = subprocess.Popen(['slowhttptest', '-c', '1000', '-r', '1000', '-l', str(seconds + 20), '-p', '10', '-v', '0', *words],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        crowds.append(wait_for(lambda: here.connections() > 950, 15) is not None)
        return measure(here, addresses, seconds)
    finally:
        test.kill()
        test.wait()


for what, words in KINDS.items():
    crowds = []
    compare(what, here, addresses, lambda seconds: disturbed(words, seconds))
    ok(all(crowds), f'{what}: there were 1,000 of them')
    ok(wait_for(lambda: here.connections() < 50, 5) is not None, f'{what}: nothing of them is left')

# Who never comes to an end is shown the door: a head and a body have 10 seconds.
if ALL:
    for what, first, word in (('head', b'GET / HTTP/1.1\r\nHost: localhost\r\n', b'X-Slow: 1\r\n'),
                              ('body', b'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4096\r\n\r\n', b'')):
        with socket.create_connection(('127.0.0.1', here.port)) as visitor:
            visitor.sendall(first)
            visitor.settimeout(1)
            began = time.monotonic()
            while time.monotonic() - began < 20:
                try:
                    visitor.sendall(word)
                    if not visitor.recv(1000):
                        break
                except TimeoutError:
                    continue
                except OSError:
                    break
        took = time.monotonic() - began
        ok(took < 15, f'a slow {what} is cut off after {took:.0f} s')
done()
