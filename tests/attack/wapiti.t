#!/usr/bin/env python3
"""wapiti crawls the portal as a visitor would, from each page with each of its parameters, and
attacks what it finds with every module that makes sense here. All that it reports is a fault, but
for what is argued below."""
from attack import Instance, bad_site, failed_statements, need, pages
from scan import ARGUED, MODULES, last, wapiti
from tap import done, none, ok

need('wapiti')
here = Instance('wapiti')

found, said = wapiti('bad', bad_site(here), [], 'xss,sql,redirect')
ok(
    found
    and {'Cross Site Scripting', 'SQL Injection', 'Open Redirect'}
    <= {category for category, *_ in found},
    'wapiti finds the holes in a page that has some',
    [*(found or []), *last(said)],
)

starts = [page.address(here.base) for page in pages()]
found, said = wapiti('portal', here.base, starts, MODULES)
if ok(found is not None, 'the portal is scanned', last(said)):
    crawled = {
        line.split(' ')[2].split('?')[0]
        for line in said.splitlines()
        if line.startswith('[+] GET ')
    }
    none([start for start in starts if start.split('?')[0] not in crawled], 'from every page')
    ok(len(crawled) > 30, f'{len(crawled)} addresses')
    launched = {
        line.split(' ')[-1]
        for line in said.splitlines()
        if line.startswith('[*] Launching module ')
    }
    none(
        sorted(
            {
                'xss',
                'permanentxss',
                'sql',
                'blindsql',
                'exec',
                'file',
                'redirect',
                'crlf',
                'csp',
                'http_headers',
                'cookieflags',
                'backup',
                'htaccess',
                'methods',
                'shellshock',
                'csrf',
            }
            - launched
        ),
        'with all these modules',
    )
    none([finding for finding in found if finding not in ARGUED], 'wapiti finds nothing')
none(
    [line for line in here.log('web').splitlines() if ' level=error ' in line],
    'no worker had trouble',
)
none(failed_statements(here), 'no statement failed')
done()
