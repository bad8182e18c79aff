#!/usr/bin/env python3
"""What makes ctemplate's automatic escaping safe beside the pragma, which build/words wants: no
value where it does not reach."""
import re

import project
from tap import done, none, ok

files = [f for f in project.files('templates') if f.endswith('.html')]
ok(len(files) > 0, 'there are templates')

# Attributes whose values ctemplate does not treat as an address, and those that the policy forbids.
# What is escaped as a part of one by hand ({{id:u}}) can not be another one.
by_hand = re.compile(r'\{\{\w+:u\}\}')
blind = r'formaction|srcset|poster|xlink:href|style|on[a-z]+'
tag = re.compile(r'<(?:[^<>{}]|\{\{[^{}]*\}\}|\{(?!\{))*>', re.S)

switched_off, blind_values, scripts, styles, unquoted = [], [], [], [], []
for path in files:
    text = project.read(path)
    # Notes are no markup.
    text = re.sub(r'\{\{!.*?\}\}|<!--.*?-->', lambda m: '\n' * m[0].count('\n'), text, flags=re.S)

    def at(match):
        return f'{path}:{text[:match.start()].count(chr(10)) + 1}: {match[0][:100]}'

    switched_off += [
        at(m)
        for m in re.finditer(
            r'\{\{[^{}]*:none\b[^{}]*\}\}|\{\{%AUTOESCAPE (?!context="HTML"\}\})[^{}]*\}\}', text
        )
    ]
    scripts += [at(m) for m in re.finditer(r'<script\b(?:(?!</script).)*\{\{', text, re.S)]
    for found in tag.finditer(text):
        # Sections inside a tag enclose attributes; what they stand around does not matter here.
        bare = re.sub(r'\{\{[#/][^{}]*\}\}', '', found[0])
        if re.search(r'\sstyle\s*=', bare):
            styles.append(at(found))
        for attribute in re.finditer(rf'\s({blind})\s*=\s*("[^"]*"|\'[^\']*\'|\S+)', bare, re.I):
            if '{{' in by_hand.sub('', attribute[2]):
                blind_values.append(at(found))
        if re.search(r'\s[\w:-]+\s*=\s*\{\{', re.sub(r'"[^"]*"', '""', bare)):
            unquoted.append(at(found))

none(switched_off, 'escaping is switched off nowhere')
none(blind_values, 'no value in an attribute that is not escaped as an address')
none(scripts, 'no value in a script')
none(styles, 'no style attribute: the policy forbids them')
none(unquoted, 'values of attributes stand in quotes')
done()
