"""Ports for tests, below those that the system gives to connections: of these, tests open so many
that one would be taken before it is listened at."""
import random
import socket


def free_port():
    """A port at which nobody listens."""
    with open('/proc/sys/net/ipv4/ip_local_port_range', encoding='ascii') as file:
        end = int(file.read().split()[0])
    while True:
        port = random.randrange(max(1024, end - 20000), end)
        with socket.socket() as s:
            try:
                s.bind(('', port))
                return port
            except OSError:  # somebody has it
                continue


if __name__ == '__main__':
    print(free_port())
