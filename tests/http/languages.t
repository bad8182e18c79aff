#!/usr/bin/env python3
"""Each page in both languages: the same figures, each its own words, and links that stay in the
language."""
import html
import html.parser
import os
import re
import sys
import urllib.error
import urllib.request

sys.path[:0] = [
    os.path.join(os.environ['ROOT'], 'tests'),
    os.path.join(os.environ['ROOT'], 'tests/lint'),
]
import po  # noqa: E402
import project  # noqa: E402
from tap import done, is_, none, ok  # noqa: E402

base = os.environ['BASE']


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay)


def ask(path, data=None):
    """Status, headers and text of an answer."""
    try:
        answer = opener.open(urllib.request.Request(base + path, data=data), timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    return answer.status, answer.headers, answer.read().decode()


class Reader(html.parser.HTMLParser):
    """What a visitor may read: the text between tags and in attributes, without what is said to be
    in another language."""

    spoken = {'title', 'alt', 'aria-label', 'placeholder', 'label', 'content'}
    void = {'meta', 'link', 'img', 'input', 'br', 'wbr', 'hr'}

    def __init__(self, text):
        super().__init__()
        self.pieces, self.links, self.other = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag not in self.void:
            self.other.append((tag, 'lang' in given and tag != 'html'))
        if tag in ('a', 'form') and 'hreflang' not in given:
            self.links.append(given.get('href') or given.get('action') or '')
        if not any(foreign for _, foreign in self.other):
            self.pieces += [value for name, value in attributes if name in self.spoken and value]

    def handle_endtag(self, tag):
        while self.other and self.other.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(foreign for _, foreign in self.other):
            self.pieces.append(' '.join(data.split()))


# Of each Indonesian message what stands between values and tags: whole pieces of text, or parts of
# one that are long enough not to be a name.
given = po.entries(project.read('templates/locale/en.po'))


def fragments(message):
    return {
        ' '.join(html.unescape(part).split()).strip(' .,;:·()')
        for part in re.split(r'\{\{[^{}]*\}\}|<[^<>]*>', message)
    } - {''}


english = {part for _, translation, _ in given for part in fragments(translation)}
# 'Quick win' is a criterion's name in both languages.
indonesian = (
    {part for message, _, _ in given for part in fragments(message)} - english - {'Quick win'}
)
sentences = re.compile(
    '|'.join(
        rf'\b{re.escape(part)}\b'
        for part in sorted(indonesian, key=len, reverse=True)
        if len(part) > 10 and ' ' in part
    )
)

routes = re.search(
    r'export const routes = \[(.*?)\];.*?absent = \[(.*?)\]',
    project.read('tests/web/routes.mjs'),
    re.S,
)
for path in re.findall(r"'([^']+)'", routes[1] + routes[2]):
    here, there = path, '/en' + re.sub(r'^/(?=\?|$)', '', path)
    status, headers, text = ask(here)
    en_status, en_headers, en_text = ask(there)
    is_(
        (headers['Content-Language'], en_headers['Content-Language'], en_status),
        ('id', 'en', status),
        f'{path}: both languages, status {status}',
    )
    ok(
        '<html lang="id">' in text and '<html lang="en">' in en_text,
        f'{path}: and the text says so',
    )
    switch = [
        html.unescape(re.search(r'class="aux"><a href="([^"]*)"', page)[1])
        for page in (text, en_text)
    ]
    if status == 200:
        is_(
            [ask(address)[2] for address in switch],
            [en_text, text],
            f'{path}: each leads to the other',
        )
        named = {
            kind: html.unescape(address)
            for kind, address in re.findall(
                r'<link rel="(?:alternate" hreflang="|)(\w[\w-]*)" href="(http[^"]*)"', en_text
            )
        }
        # The page's own address has no mark of the visitor's.
        own, en_own = (base + re.sub(r'[?&]daerah=[^&]*', '', address) for address in switch[::-1])
        is_(
            named,
            {'canonical': en_own, 'id': own, 'en': en_own, 'x-default': own},
            f'{path}: and names both for search engines',
        )
    else:
        is_(switch, ['/en', '/'], f'{path}: each leads to the other start page')
    is_(
        re.findall(r'<data value="([^"]*)"', en_text),
        re.findall(r'<data value="([^"]*)"', text),
        f'{path}: the same figures',
    )
    reader, en_reader = Reader(text), Reader(en_text)
    local = [link.split('?')[0].split('#')[0] for link in en_reader.links if link.startswith('/')]
    # A file, such as the licence of the letters, is there once.
    none(
        [link for link in local if not re.match(r'/en(/|$)|/[a-z-]+[.]txt$', link)],
        f'{path}: English links stay English',
    )
    none(
        [link for link in reader.links if re.match(r'/en(/|\?|#|$)', link)],
        f'{path}: Indonesian ones Indonesian',
    )
    none(
        sorted(
            {
                piece
                for piece in en_reader.pieces
                if piece.strip(' .,;:·()') in indonesian or sentences.search(piece)
            }
        ),
        f'{path}: no Indonesian message in English',
    )
    ok(
        not re.search(
            r'\d,\d\d?\b(?!\d)',
            ' '.join(piece for piece in en_reader.pieces if re.fullmatch(r'[−+]?[\d.,]+', piece)),
        ),
        f'{path}: decimal points',
    )

# The way there keeps the language.
for asked, location in [
    ('/en/', '/en'),
    ('/en/kota/', '/en/kota'),
    ('/en/peringkat', '/en/peringkat/2024'),
    ('/en/metode', '/en/metode/2024'),
]:
    status, headers, _ = ask(asked)
    ok(
        status in (301, 302) and headers['Location'] == location,
        f'{asked} leads to {location}',
        f'{status} {headers["Location"]}',
    )
is_(ask('/en/kota?unknown=1')[2], ask('/en/kota')[2], 'an unknown parameter changes nothing')
for wrong in ('/EN', '/english', '/id/kota', '/en/en', '/en/tolok.css', '/en/healthz'):
    is_(ask(wrong)[0], 404, f'{wrong} is no page')

# What nginx answers itself.
for path, language, words in [
    ('/kota', 'id', 'Cara ini tidak kami layani'),
    ('/en/kota', 'en', 'That is not how it works here'),
    ('/en', 'en', 'The pages here are for reading only'),
    ('/enak', 'id', 'Cara ini'),
]:
    status, headers, text = ask(path, b'x=1')
    ok(
        status == 405
        and headers['Content-Language'] == language
        and f'<html lang="{language}">' in text
        and words in text,
        f'POST {path}: refused in its language',
        f'{status} {headers["Content-Language"]} {text[:300]}',
    )
for path, wanted in [('/en/%00', 400), ('/en/' + 'a' * 9000, 414), ('/' + 'a' * 9000, 414)]:
    status, headers, text = ask(path)
    language = 'en' if path.startswith('/en/') else 'id'
    ok(
        status == wanted
        and headers['Content-Language'] == language
        and f'<html lang="{language}">' in text,
        f'{path[:8]}, refused with {status}: in its language',
        f'{headers["Content-Language"]} {text[:200]}',
    )
done()
