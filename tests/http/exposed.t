#!/usr/bin/env python3
"""What nobody outside should see: files of the project and of the machine, folders, copies that
editors leave, the operator's pages, other sites' access, versions; and what visitors keep secret
does not get into a log."""
import os
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import audit  # noqa: E402 (the path comes first)
import wire  # noqa: E402
from tap import done, is_, none, ok  # noqa: E402

HIDDEN = '''
.git .git/ .git/HEAD .git/config .git/index .git/logs/HEAD .gitignore .gitmodules .svn/entries
.hg/store .bzr/README CVS/Root .env .env.local .env.bak .htaccess .htpasswd .DS_Store .ssh/id_rsa
.bash_history .aws/credentials .npmrc .vscode/settings.json .idea/workspace.xml .ci
.well-known/../.git/config README README.md CONTRIBUTING.md SECURITY.md CHANGELOG.md docs docs/
docs/OPERATE.md docs/tolok.8 LICENSE Makefile package.json package-lock.json node_modules/
node_modules/.package-lock.json build build/web build/tolok build/libtolok.a cgi-bin cgi-bin/
cgi-bin/web cgi-bin/web/main.c cgi-bin/db/db_conn.c templates templates/ templates/home.html sql
sql/ sql/policy/roles.sql sql/data/README.md tests tests/run etc etc/ etc/control
etc/nginx/nginx.conf.in var var/ var/log var/log/access/current var/pg/PG_VERSION log/access/current
app service run/web.sock public public/ public/tolok.css ../public/tolok.css index index.html
index.htm index.php index.cgi default.aspx tolok.css~ tolok.css.bak tolok.css.old tolok.css.orig
tolok.css.save tolok.css.swp .tolok.css.swp tolok.css.gz tolok.css.br tolok.css.map tolok.css/
tolok.css/x tolok.css%00.html TOLOK.CSS tolok.css%20 tolok.css. tolok%2ecss%2f robots.txt~
logo.svg.bak "#tolok.css#" tolok.css::$DATA galat galat/ galat/400.html galat/404.html
galat/405.html galat/503.html galat/frame.html galat/../galat/503.html %67alat/503.html
galat%2f503.html backup backup.zip backup.sql backup.tar.gz tolok.zip tolok.sql tolok.tar.gz
tolok-kota.zip dump.sql db.sql database.sql site.zip www.zip core core.1234 nohup.out debug.log
error.log access.log server-status server-info status nginx_status nginx stub_status basic_status
health healthz readyz livez metrics prometheus debug debug/vars debug/pprof console actuator
actuator/env actuator/health trace env info phpinfo.php info.php test.php wp-login.php wp-admin/
xmlrpc.php administrator admin admin/ login phpmyadmin/ pma/ solr/ jmx-console/ manager/html
cgi-bin/test.cgi cgi-bin/printenv crossdomain.xml clientaccesspolicy.xml web.config WEB-INF/web.xml
META-INF/MANIFEST.MF swagger.json openapi.json api api/v1 graphql v1 rest proc/self/environ
proc/self/cmdline etc/passwd etc/shadow dev/stdin dev/zero tmp sys %2e%2e%2fetc%2fpasswd
..%5c..%5cwindows%5cwin.ini %c0%ae%c0%ae/etc/passwd ..;/etc/passwd .%2e/.%2e/etc/passwd
tolok.css/..%2f..%2fetc/control tolok.css/%2e%2e/%2e%2e/Makefile'''.split()
HERE = {'/tolok.css', '/robots.txt', '/logo.svg', '/indonesia.svg'}

access_log, web_log, error_log = audit.Log('access'), audit.Log('web'), audit.Log('nginx')
audit.form(wire.get(b'/'))
found = []
for path in HIDDEN:
    target = '/' + path.strip('"').replace('#', '%23')
    for suffix in ('', '?', '?x=1'):
        answer = wire.get((target + suffix).encode())
        found += [
            f'{target}{suffix}: {fault}' for fault in audit.form(answer) + audit.leaked(answer)
        ]
        if answer.status not in (400, 404):
            found.append(f'{target}{suffix}: status {answer.status} {answer.get("location")}')
none(found, f'{len(HIDDEN)} places that are none')
none(
    [
        f'{path}: {answer.status}'
        for path in HERE
        if (answer := wire.get(path.encode())).status != 200
    ],
    'what is public is there',
)

# The watch pages are for the operator: no header opens them.
KEYS = [
    (b'X-Forwarded-For', b'127.0.0.1'),
    (b'X-Real-IP', b'127.0.0.1'),
    (b'Host', b'localhost'),
    (b'X-Original-URL', b'/metrics'),
    (b'Tolok-Watch', b'1'),
    (b'TOLOK_WATCH', b'1'),
    (b'X-Rewrite-URL', b'/healthz'),
    (b'Authorization', b'Basic YWRtaW46YWRtaW4='),
    (b'X-Custom-IP-Authorization', b'127.0.0.1'),
]
found = []
for path in (
    b'/metrics',
    b'/healthz',
    b'/readyz',
    b'/nginx',
    b'//metrics',
    b'/metrics/',
    b'/%6detrics',
):
    for name, value in KEYS:
        answer = (
            wire.get(path, host_name=value) if name == b'Host' else wire.get(path, [(name, value)])
        )
        if answer.status != 404:
            found.append(f'{path} with {name}: {answer.status}')
none(found, 'the operator\'s pages are not public, whatever a visitor says they are')

# Other sites.
ORIGINS = [
    b'https://evil.example',
    b'null',
    b'http://tolok.test',
    b'https://tolok.test.evil.example',
    b'*',
    b'file://',
    b'http://localhost',
]
ASKING = [
    (b'Access-Control-Request-Method', b'DELETE'),
    (b'Access-Control-Request-Headers', b'x-secret'),
    (b'Access-Control-Request-Private-Network', b'true'),
]
found = []
for origin in ORIGINS:
    for method in (b'GET', b'HEAD', b'POST', b'OPTIONS'):
        for path in (b'/', b'/kota/kota-kediri', b'/tolok.css', b'/tidak-ada'):
            headers = [
                (b'Origin', origin),
                (b'Cookie', b'a=b'),
                *(ASKING if method == b'OPTIONS' else []),
            ]
            answer = wire.get(path, headers, method)
            found += [
                f'{method} {path} from {origin}: {name}: {value}'
                for name, value in answer.headers
                if name.startswith(('access-control', 'timing-allow', 'set-cookie'))
            ]
            if method == b'OPTIONS' and answer.status != 405:
                found.append(f'OPTIONS {path}: {answer.status}')
none(found, 'no other site is let in, and none is told so')

secret = f'secret{os.getpid()}qz'
for method in (b'TRACE', b'TRACK', b'DEBUG'):
    answer = wire.get(b'/', [(b'Cookie', secret.encode()), (b'X-Secret', secret.encode())], method)
    is_(
        (answer.status, secret in answer.text, audit.form(answer)),
        (405, False, []),
        f'{method.decode()} repeats nothing',
    )

# Versions and names of what runs here.
KINDS = {
    'page': b'/',
    'file': b'/tolok.css',
    'redirect': b'/peringkat',
    'no page': b'/tidak-ada',
    'bad value': b'/quickwin?halaman=x',
    'no file': b'/x.css',
    'long address': b'/' + b'a' * 9000,
    'bad address': b'/%zz',
}
PROGRAMS = ('nginx', 'PostgreSQL', 'ctemplate', 'FastCGI', 'libfcgi', 'Debian', 'PHP', 'Apache')
found = []
for label, path in KINDS.items():
    answer = wire.get(path)
    if answer.get('server') != 'nginx':
        found.append(f'{label}: Server: {answer.get("server")}')
    found += [f'{label}: says {word}' for word in PROGRAMS if word in answer.text]
none(found, 'no version, and on pages no name of a program')

# What visitors keep secret.
CARRIERS = [
    b'Cookie',
    b'Authorization',
    b'Proxy-Authorization',
    b'X-Api-Key',
    b'X-Auth-Token',
    b'X-Csrf-Token',
    b'Set-Cookie',
]
for path in (b'/kota/kota-kediri', b'/tidak-ada', b'/quickwin?halaman=x', b'/tolok.css', b'/%zz'):
    for name in CARRIERS:
        wire.get(path, [(name, secret.encode())])
    wire.get(path, method=b'POST', body=b'password=' + secret.encode())
    wire.get(path, body=b'token=' + secret.encode())
forged = wire.get(
    b'/tentang?remote',
    [
        (b'X-Forwarded-For', b'6.6.6.6'),
        (b'X-Real-IP', b'6.6.6.6'),
        (b'Forwarded', b'for=6.6.6.6'),
        (b'True-Client-IP', b'6.6.6.6'),
        (b'X-Request-Id', b'0' * 32),
        (b'Via', b'6.6.6.6'),
    ],
)
ok(forged.id != '0' * 32, 'a visitor does not choose the id of a request')
lines = access_log.until({forged.id.encode(), *audit.last_marks()})
own = [audit.json_line(line) for line in lines if forged.id.encode() in line]
is_(
    [(entry['remote'], entry['uri']) for entry in own],
    [(wire.host, '/tentang?remote')],
    'nor the address that is logged',
)
lines += web_log.lines() + error_log.lines()
none(
    [line[:300] for line in lines if secret.encode() in line],
    'no cookie, password or token is in a log',
)
done()
