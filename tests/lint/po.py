"""Catalogues of translations, as gettext's tools write them."""
import re

entry = re.compile(
    r'((?:#.*\n)*)msgid ((?:"(?:[^"\\\n]|\\.)*"\n)+)msgstr ((?:"(?:[^"\\\n]|\\.)*"\n)+)'
)


def text(lines):
    joined = ''.join(line[1:-1] for line in lines.splitlines())
    return re.sub(r'\\(.)', lambda m: {'n': '\n'}.get(m[1], m[1]), joined)


def entries(po):
    """Message, translation and remarks of each entry but the head."""
    return [(text(m[2]), text(m[3]), m[1]) for m in entry.finditer(po + '\n') if m[2] != '""\n']
