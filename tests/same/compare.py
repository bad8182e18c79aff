"""What counts as the same page. A body becomes a list of lines: one for each tag, with its
attributes in their order, and one for each text between tags; runs of blanks are one, and those
beside tags none, but in pre and textarea. What differs at each request (tokens of forms, ids of
requests, `datetime=`) is masked in both; the kinds of improvement that were agreed on, in the
file `kinds`, are applied to both."""
import csv
import difflib
import html
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
MOST_KINDS = 15

TOKEN = re.compile(r'<!--.*?-->|<(?:[^<>"\']|"[^"]*"|\'[^\']*\')*>|[^<]+|<', re.S)
ATTRIBUTE = re.compile(r'([^\s=/>"\']+)(?:\s*=\s*("[^"]*"|\'[^\']*\'|[^\s>]+))?')
BLANKS = re.compile(r'[ \t\r\n\f]+')
EXACT = ('pre', 'textarea')
# A blank between these, or between them and a word, is seen.
INLINE = frozenset(
    'a abbr b bdi br button cite code data dfn em i img input kbd label mark meter output progress '
    'q s samp select small span strong sub sup time var'.split()
)

# Masked before a page is taken apart: what belongs to one request or one day.
MASKS = [
    (re.compile(pattern, re.S), by)
    for pattern, by in (
        (r'datetime="[^"]*"', 'datetime=""'),
        (r'(<input\b[^>]*\bname="(?:form|key|sealed)"[^>]*\bvalue=")[^"]*', r'\1'),
        (r'(<input\b[^>]*\bvalue=")[^"]*("[^>]*\bname="(?:form|key|sealed)")', r'\1\2'),
        (r'<code>[0-9a-f]{32}</code>', '<code></code>'),  # the id of a request
        (r'<code[^>]*>[A-Z2-7 ]{39}</code>', '<code></code>'),  # the secret of a new authenticator
        (r'(<svg\b[^>]*\bclass="qr"[^>]*>).*?</svg>', r'\1</svg>'),  # and its picture
        (r'(/undangan/)[A-Za-z0-9_-]{43}', r'\1'),  # a new link
        (r'(<p class="fine">(?:Keadaan data|Data as of):? ?<time [^>]*>)[^<]*', r'\1'),
    )
]  # the day on which it was asked


def masked(body):
    for pattern, by in MASKS:
        body = pattern.sub(by, body)
    return body


def attribute(match):
    name, value = match[1].lower(), match[2]
    if value is None:
        return ' ' + name
    if value[0] in '"\'':
        value = value[1:-1]
    value = html.unescape(value)
    # What stands in a field is sent as it stands.
    value = value if name == 'value' else BLANKS.sub(' ', value).strip(' ')
    return f' {name}="{value}"'.replace('\n', '⏎')


def tag(token):
    """(name, line) of a tag; the name of an end tag begins with a slash."""
    inside = token[1:-1].strip()
    name = re.match(r'/?[^\s/>]*', inside)[0].lower()
    if name.startswith('!'):
        return name, BLANKS.sub(' ', token)
    return name, f'<{name}{"".join(map(attribute, ATTRIBUTE.finditer(inside, len(name))))}>'


known_tags = {}


def lines(body, strict=False):
    """The lines of a page. strict: with a line `␣` for each blank between words and
    inline tags."""
    found, exact, blank, last_inline = [], 0, False, False
    for token in TOKEN.findall(body):
        if token[0] != '<' or token == '<':
            text = html.unescape(token) if '&' in token else token
            if exact:
                found.append(text.replace('\n', '⏎'))
                continue
            plain = BLANKS.sub(' ', text)
            word = plain.strip(' ')
            if not word:
                blank = True
                continue
            if strict and last_inline and (blank or plain[0] == ' '):
                found.append('␣')
            found.append(word)
            blank, last_inline = plain[-1] == ' ', True
            continue
        one = known_tags.get(token)
        if one is None:
            one = known_tags[token] = tag(token)
        name, line = one
        bare = name.lstrip('/')
        inline = bare in INLINE
        if strict and blank and inline and last_inline:
            found.append('␣')
        if bare in EXACT:
            exact = max(0, exact + (-1 if name[0] == '/' else 1))
        found.append(line)
        blank, last_inline = False, inline
    return found


class Kinds:
    """The improvements that were agreed on: name, pages (or *), a regular expression over the
    lines of a page, and what takes its place."""

    def __init__(self, path=os.path.join(HERE, 'kinds')):
        self.rows = []
        with open(path, encoding='utf-8') as file:
            text = [line for line in file if line.strip() and line[0] != '#']
        for row in csv.reader(text, delimiter='\t', quoting=csv.QUOTE_NONE):
            if len(row) != 4:
                raise SystemExit(f'{path}: four fields between tabs are wanted: {row}')
            name, pages, pattern, by = row
            self.rows.append((name, set(pages.split(',')), re.compile(pattern, re.M), by))
        if len(self.rows) > MOST_KINDS:
            raise SystemExit(f'{path}: {len(self.rows)} kinds, and {MOST_KINDS} are the most')

    def apply(self, page, text):
        """The text without what these kinds may change, and the names of those that changed it."""
        used = []
        for name, pages, pattern, by in self.rows:
            if '*' in pages or page in pages:
                text, times = pattern.subn(by, text)
                if times:
                    used.append(name)
        return text, used


def compare(page, old, new, kinds):
    """('same' | 'blanks' | 'kinds' | 'differs', names of kinds, old lines, new lines) of two
    answers (status, head, body)."""
    if old == new:
        return 'same', [], [], []
    heads = [f'{answer[0]} {answer[1]}' for answer in (old, new)]
    bodies = [masked(answer[2]) for answer in (old, new)]
    if heads[0] == heads[1] and bodies[0] == bodies[1]:
        return 'same', [], [], []
    sides = [[head, *lines(body)] for head, body in zip(heads, bodies)]
    if sides[0] == sides[1]:
        seen = [lines(body, strict=True) for body in bodies]
        return ('same', [], [], []) if seen[0] == seen[1] else ('blanks', [], *seen)
    left, right = (kinds.apply(page, '\n'.join(side) + '\n') for side in sides)
    if left[0] == right[0]:
        return 'kinds', sorted({*left[1], *right[1]}), [], []
    return 'differs', [], left[0].splitlines(), right[0].splitlines()


def diff(old, new, most):
    """A unified diff without its heads, as many lines as that."""
    found = list(difflib.unified_diff(old, new, 'old', 'new', lineterm='', n=2))[2:]
    cut = [line if len(line) <= 200 else line[:197] + '...' for line in found[:most]]
    return cut + ([f'... {len(found) - most} lines more'] if len(found) > most else [])


def likeness(old, new):
    """Differences that are the same but for numbers and names are shown once."""
    changed = [line for line in difflib.unified_diff(old, new, lineterm='', n=0)][2:]
    words = [
        re.sub(r'"[^"]*"|\d[\d.,]*', '#', line) for line in changed if not line.startswith('@@')
    ]
    return '\n'.join(sorted(set(words))[:12])
