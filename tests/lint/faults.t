#!/usr/bin/env python3
"""Each word for what is wrong with a file, whoever says it, has a sentence on the page that it is
sent from, and no sentence is for a word that nobody says."""
import re

import project
from tap import done, none, ok

table = re.search(r'\[MEDIA_FINE\] = "",(.*?)\};', project.read('cgi-bin/desk/media.c'), re.S)[1]
pages = {'winfiles': ('file.c', 'file.sql'), '_file_fault': ('letter.c', 'letter_10_save.sql')}
for page, (program, acts) in pages.items():
    code = ''.join(project.read(f'cgi-bin/desk/{name}') for name in ('bring.c', program))
    verdicts = re.search(r'\[SCAN_VERDICT_MAX\] = \{(.*?)\};', code, re.S)[1]
    said = {
        *re.findall(r'= "(\w+)"', table + verdicts),
        *re.findall(r'bring_fault\([^"()]*, "(\w+)"\)|\bword = "(\w+)"', code.replace('->', '.')),
    }
    said = {
        word for words in said for word in (words if isinstance(words, tuple) else (words,)) if word
    }
    said.update(
        re.findall(r'"file": "(\w+)"\}', re.sub(r'--.*', '', project.read(f'sql/act/{acts}')))
    )
    sentences = dict(
        re.findall(
            r'\{\{#file_(\w+)\}\}([^{"]+)\{\{/file_\1\}\}', project.read(f'templates/{page}.html')
        )
    )
    ok(len(said) > 10, f'{page}: words are found', ' '.join(sorted(said)))
    none(sorted(said - set(sentences)), f'{page}: each has a sentence')
    none(sorted(set(sentences) - said), f'{page}: and each sentence has a word')
done()
