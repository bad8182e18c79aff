"""What a fault test sees of processes and answers, and how long it waits for them."""
import contextlib
import itertools
import os
import re
import time

paces = [1.0]


def allowed(seconds):
    """So many seconds of a machine that does nothing else: a busy one is given as many more as work
    takes longer on it now, or took when this was asked the last few times, than a processor needs
    for it."""
    began, used = time.monotonic(), time.thread_time()
    while time.thread_time() - used < 0.03:
        pass
    paces.append((time.monotonic() - began) / 0.03)
    return seconds * max(1.0, *paces[-6:])


def wait_for(condition, seconds, pause=0.05):
    """Repeats a condition until it is true; returns how many seconds that took, or None when it did
    not come true in the seconds allowed."""
    began = time.monotonic()
    while True:
        if condition():
            return time.monotonic() - began
        took = time.monotonic() - began
        if took > seconds and took > allowed(seconds):
            return None
        time.sleep(pause)


def as_user(user, *words):
    """The words of a command that is run as that user."""
    return (
        ('setpriv', '--reuid', user, '--regid', user, '--init-groups', *words)
        if os.getuid() == 0
        else words
    )


def read(path):
    """The text of a file, also of one in /proc; NUL bytes become blanks."""
    with open(path, 'rb') as file:
        return file.read().replace(b'\0', b' ').decode('utf-8', 'replace')


def words_of(pid):
    """The command line of a process; none when it has ended meanwhile."""
    with contextlib.suppress(OSError):
        return read(f'/proc/{pid}/cmdline')
    return ''


def stat(pid):
    """The fields of /proc/PID/stat from the state on."""
    return read(f'/proc/{pid}/stat').rpartition(')')[2].split()


def wrong(answers, seconds=5.0):
    """The first few of those answers that are no whole pages, or took longer than allowed."""
    return list(
        itertools.islice(
            (
                a
                for a in answers
                if a.fault
                or a.status >= 400
                or a.seconds > seconds
                and a.seconds > allowed(seconds)
            ),
            3,
        )
    )


def started(pid):
    """When a process began, in ticks of the machine's clock; 0 when it has ended meanwhile."""
    with contextlib.suppress(OSError):
        return int(stat(pid)[19])
    return 0


def cpu(*pids):
    """Seconds of processor time that these processes have used in all."""
    return sum(int(stat(pid)[11]) + int(stat(pid)[12]) for pid in pids) / os.sysconf('SC_CLK_TCK')


def descriptors(pid):
    return len(os.listdir(f'/proc/{pid}/fd'))


def resident(pid):
    """Bytes of memory that are the process's own, in KiB: what it shares with others is not
    counted."""
    return sum(
        int(n) for n in re.findall(r'^Private_\w+: +(\d+)', read(f'/proc/{pid}/smaps_rollup'), re.M)
    )
