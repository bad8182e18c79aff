#!/usr/bin/env python3
"""Each word for what is wrong with a file, whoever says it, has a sentence on the page of the
files of a quick win, and no sentence is for a word that nobody says."""
import re

import project
from tap import done, none, ok

table = re.search(r'\[MEDIA_FINE\] = "",(.*?)\};', project.read('cgi-bin/desk/media.c'), re.S)[1]
code = project.read('cgi-bin/desk/file.c')
verdicts = re.search(r'\[SCAN_VERDICT_MAX\] = \{(.*?)\};', code, re.S)[1]
said = {
    *re.findall(r'= "(\w+)"', table + verdicts),
    *re.findall(r'fault_json\([^"()]*, "(\w+)"\)|\bword = "(\w+)"', code.replace('->', '.')),
}
said = {
    word for words in said for word in (words if isinstance(words, tuple) else (words,)) if word
}
said.update(re.findall(r'"file": "(\w+)"\}', re.sub(r'--.*', '', project.read('sql/act/file.sql'))))
sentences = dict(
    re.findall(
        r'\{\{#file_(\w+)\}\}([^{"]+)\{\{/file_\1\}\}', project.read('templates/winfiles.html')
    )
)

ok(len(said) > 10, 'words are found', ' '.join(sorted(said)))
none(sorted(said - set(sentences)), 'each has a sentence')
none(sorted(set(sentences) - said), 'and each sentence has a word')
done()
