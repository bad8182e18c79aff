#!/usr/bin/env python3
"""What real programs write is taken: a few files by what is there already; in `make test-all` more
than a thousand, by as many programs as are installed (of Debian: imagemagick, ghostscript,
libreoffice-calc-nogui, libreoffice-writer-nogui, libimage-exiftool-perl, poppler-utils, webp,
libjpeg-turbo-progs, img2pdf, python3-openpyxl, python3-xlsxwriter, python3-pil, python3-pikepdf).
What is refused names its reason. They are judged by what judges an upload (made.h)."""
import collections
import os
import shutil
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
sys.path += [here, os.path.dirname(here)]
import makers
import makers_python  # noqa: F401 (its makers are among the others by that)
from tap import done, none, ok

many = bool(os.environ.get('TOLOK_ALL'))
MOST, SHARE, KINDS = 1000, 0.99, ('jpg', 'png', 'webp', 'pdf', 'xlsx')
program = os.path.join(os.path.dirname(os.environ['WEB']), 'unit', 'made')
folder = tempfile.mkdtemp()
refused, kinds, few = [], collections.Counter(), None
try:
    made, lacks = makers.make(folder, many)
    for name, files in made.items():
        told = subprocess.run(
            [program],
            env=os.environ | {'TELL_ALL': '1'},
            input='\n'.join(files),
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        wrong = [line for line in told if not line.startswith('fine\t')]
        kinds.update(line.rsplit('.', 1)[1] for line in told)
        refused += wrong
        ok(
            len(told) == len(files) > 0,
            f'{name}: {len(files) - len(wrong)} of {len(files)} are taken',
        )
        for line in wrong:
            print('#', line.replace(folder, ''))
    count = sum(kinds.values())
    for name, lack in lacks.items():
        print(f'# no files by {name}: {", ".join(lack)} is not installed')
    ok(
        min(kinds[kind] for kind in KINDS) > 0 and (count >= MOST or lacks or not many),
        f'{count} files of all kinds',
        str(dict(kinds)),
    )
    ok(len(refused) <= count * (1 - SHARE), f'{count - len(refused)} are taken', refused)
    none([line for line in refused if line.startswith('\t')], 'what is refused has a reason')
finally:
    shutil.rmtree(folder)
done()
