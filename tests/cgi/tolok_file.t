#!/usr/bin/env python3
"""tolok file verify: files that the database names are compared with their digests."""
import os

from depot import digest, keep, path, row
from package import tolok
from tap import done, is_


def verified(name, *lines):
    said = tolok('file', 'verify')
    is_((said.stdout + said.stderr).splitlines(), [*lines], name)
    return said.returncode


def counted(files, size, bad, strange):
    return (
        f'{files} files, {size} bytes, {bad} missing or damaged; '
        f'{strange} on disk that nobody can ask for'
    )


verified('no files', counted(0, 0, 0, 0))
for text in 'satu', 'dua':
    keep(text)
    row(text)
is_(verified('two that are whole', counted(2, 7, 0, 0)), 0, 'are a success')
keep('tiga')
with open('files/.new-1', 'w', encoding='ascii'):
    verified('one that no row names is counted', counted(2, 7, 0, 1))
os.remove(path('tiga'))
with open(path('dua'), 'w', encoding='ascii') as file:
    file.write('d')
bad = f'tolok: file verify: {digest("dua")} is missing or damaged'
is_(
    verified("a damaged one is named and counted", counted(2, 7, 1, 1), bad),
    1,
    'which is a failure',
)
os.remove(path('dua'))
verified('so is a missing one', counted(2, 7, 1, 0), bad)
os.environ['TOLOK_DB'] = 'host=/nonexistent'
is_(tolok('file', 'verify').returncode, 3, 'without a database it says so')
done()
