"""Files as the desk keeps them, for the tests of `tolok file`, in a VAR of the test's own."""
import hashlib
import os
import time

from package import Workplace

here = Workplace()
os.environ['VAR'] = os.getcwd()


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def path(text):
    return f'files/{digest(text)[:2]}/{digest(text)[2:]}'


def keep(text, hours=0):
    """A file with that text, so many hours old."""
    os.makedirs(os.path.dirname(path(text)), exist_ok=True)
    with open(path(text), 'w', encoding='ascii') as file:
        file.write(text)
    age(path(text), hours)


def age(name, hours):
    at = time.time() - hours * 3600
    os.utime(name, (at, at), follow_symlinks=False)


def row(text):
    """The database names it."""
    here.sql(
        f"""insert into data.file (digest, kind, bytes)
                 values ('{digest(text)}', 'pdf', {len(text)})"""
    )


def there(*texts):
    return [text for text in texts if os.path.exists(path(text))]
