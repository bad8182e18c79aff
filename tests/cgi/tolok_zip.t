#!/usr/bin/env python3
"""Packages as zip archives: sound ones are taken, and what no archive may hold is refused."""
import io
import struct
import warnings
import zipfile

from package import GOOD, Workplace, summary, tolok
from tap import done, is_, ok

here = Workplace()
MB = 1000 * 1000
NOTHING = bytes(MB // 10)
DIRECTORY, ENTRY = b'PK\1\2', b'PK\3\4'  # what begins an entry of the directory, and an entry
warnings.simplefilter('ignore')  # a name that comes twice is meant


def pack(name, files, after=lambda data: data, links=()):
    """An archive of files, which are (name, bytes) or (name, number of NUL bytes); after(bytes) may
    alter it, and some of them are symbolic links."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            info = zipfile.ZipInfo(path)
            info.filename = path
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = (0o120777 if path in links else 0o100644) << 16
            if isinstance(content, bytes):
                archive.writestr(info, content)
                continue
            with archive.open(info, 'w') as file:
                for _ in range(content // len(NOTHING)):
                    file.write(NOTHING)
    with open(name, 'wb') as file:
        file.write(after(out.getvalue()))


def files(*others, below=''):
    return [(below + name, content) for name, content in sorted(GOOD.items())] + list(others)


def bad_entry(name, fault, *contents, **more):
    """The archive is refused because of one entry."""
    pack('bad.zip', *contents, **more)
    here.refused(name, f'{fault}\n{summary("bad.zip", 1)}', 'bad.zip')


def bad_archive(name, reason, *contents, **more):
    """The archive as a whole is refused."""
    pack('bad.zip', *contents, **more)
    here.refused(name, f'tolok: import: bad.zip: {reason}, nothing was imported', 'bad.zip')


def encrypted(data):
    """Says so of marks.csv, in its entry and in the directory."""
    data = bytearray(data)
    for mark, flag, name, size in ((ENTRY, 6, 30, 26), (DIRECTORY, 8, 46, 28)):
        at = data.find(mark)
        while at >= 0:
            length = struct.unpack_from('<H', data, at + size)[0]
            if data[at + name : at + name + length] == b'marks.csv':
                data[at + flag] |= 1
            at = data.find(mark, at + 4)
    return data


def damaged(data):
    data = bytearray(data)
    data[30 + struct.unpack_from('<H', data, 26)[0] + 40] ^= 255
    return data


def lying(data):
    """The first entry does not lie where the directory says."""
    at = data.find(DIRECTORY)
    return data[: at + 42] + b'\xff\xff\xff\x7f' + data[at + 46 :]


def small(data):
    """The last entry says that it has 1 KB."""
    data = bytearray(data)
    struct.pack_into('<I', data, data.rfind(DIRECTORY) + 24, 1000)
    struct.pack_into('<I', data, data.rfind(ENTRY) + 22, 1000)
    return data


evil = ('../evil.csv', b'x')
bad_entry('path with ..', '../evil.csv: a path with . or ..', files(evil))
bad_entry('path with .. first', '../evil.csv: a path with . or ..', [evil, *files()])
bad_entry(
    '.. below the top folder',
    'p/../../evil.csv: a path with . or ..',
    files(('p/../../evil.csv', b'x'), below='p/'),
)
bad_entry('absolute path', '/etc/marks.csv: an absolute path', files(('/etc/marks.csv', b'x')))
bad_entry('drive letter', 'C:evil.csv: an absolute path', files(('C:evil.csv', b'x')))
bad_entry('backslash', 'a\\b.csv: a backslash in the name', files(('a\\b.csv', b'x')))
bad_entry(
    'folder inside', 'more/marks.csv: a folder inside the package', files(('more/marks.csv', b'x'))
)
bad_entry(
    'folder inside the top folder',
    'p/more/marks.csv: a folder inside the package',
    files(('p/more/marks.csv', b'x'), below='p/'),
)
bad_entry(
    'two top folders',
    "more/marks.csv: outside the archive's top folder",
    files(('more/marks.csv', b'x'), below='p/'),
)
bad_entry('duplicate entry', 'marks.csv: a second entry of that name', files(('marks.csv', b'x')))
bad_entry('symbolic link', 'official.csv: a symbolic link', files(), links=['official.csv'])
bad_entry('encrypted entry', 'marks.csv: encrypted', files(), after=encrypted)
bad_entry(
    'content that does not fit its checksum',
    'criteria.csv: damaged: its content does not fit its checksum',
    files(),
    after=damaged,
)
bad_entry(
    'directory that lies',
    'criteria.csv: damaged, or packed in a way that can not be read',
    files(),
    after=lying,
)
bad_entry('unknown file', 'notes.txt: not a file of a round package', files(('notes.txt', b'x')))

short = 'not a zip archive, or one that was cut short'
bad_archive('cut short', short, files(), after=lambda data: data[: len(data) // 2])
bad_archive('end cut off', short, files(), after=lambda data: data[:-30])
bad_archive('empty file', short, files(), after=lambda data: b'')
bad_archive('no zip', short, files(), after=lambda data: b'region,name' * 100)
bad_archive('41 files', 'holds more than 40 files', [(f'f{i:02}', b'x') for i in range(41)])
large = 'unpacks to more than 100 MB'
bad_archive('more than 100 MB', large, files(('results.csv', 101 * MB)))
bad_archive('two of 60 MB', large, files(('results.csv', 60 * MB), ('SHA256SUMS', 60 * MB)))

# The directory declares 1 KB; what comes out is 150 MB.
pack('bad.zip', files(('results.csv', 150 * MB)), after=small)
said = tolok('import', 'bad.zip')
is_(said.returncode, 1, 'a bomb that lies about its size is refused')
ok(
    any(
        word in said.stderr for word in ('results.csv: damaged', 'more than 100 MB', 'damaged zip')
    ),
    'and named',
    said.stderr,
)
is_(here.contents(), here.before, 'and leaves nothing')

here.refused(
    'no such file',
    'tolok: import: none.zip: No such file or directory, nothing was imported',
    'none.zip',
)
here.refused(
    'a device',
    'tolok: import: /dev/null: neither a folder nor a zip archive, nothing was imported',
    '/dev/null',
)

for way, contents in (
    ('files without a folder', files()),
    ('one top folder', files(below='p/')),
    ('one top folder with an entry of its own', [('p/', b''), *files(below='p/')]),
    (
        'with what systems add by themselves',
        [
            ('__MACOSX/', b''),
            ('__MACOSX/p/._marks.csv', b'x'),
            ('p/', b''),
            ('p/.DS_Store', b'x'),
            ('p/.~lock.marks.csv#', b'x'),
            ('p/Thumbs.db', b'x'),
            *files(below='p/'),
        ],
    ),
):
    pack('good.zip', contents)
    is_(
        tolok('import', 'good.zip').stdout.split('\n')[0],
        'uji: 2 regions (0 new), 4 criteria, 4 marks, 1 official figure',
        way,
    )
done()
