"""The peer of `make bench PEERS=1`: one of our pages made by PHP-FPM, with the same queries and the same markup.

The page's template is translated to PHP once, as lean as a careful hand would write it: every name is resolved to its row or
to the page beforehand, from the columns that the SQL functions have. Queries are prepared once per connection, which is
persistent, and run in one REPEATABLE READ transaction like ours. Its charts are placed by charts.php.
"""
import re
import subprocess
from pathlib import Path

# What a page says once and its head repeats, as part.c finds it.
OWN = {"title": r"<title>(.*) – Tolok Kota</title>", "description": r'<meta name="description" content="(.*)">'}
TOKEN = re.compile(r"\{\{(.*?)\}\}", re.S)


def columns_of(texts, booleans):
    return dict.fromkeys(texts.split(), "text") | dict.fromkeys(booleans.split(), "boolean")


# What charts.php adds.
FILLED = {
    "page": columns_of("box_x box_width median_at axis_low axis_high slope_low slope_high slope_bottom slope_height",
                       "has_strip some_hidden label_left label_middle label_right has_slope some_strong"),
    "dots": columns_of("x y from_y to_y from_text_y to_text_y", "strong calm labelled"),
    "marks": columns_of("mark_x mark", "inner_mark last_mark")}

# Numbers and dates as fmt.h has them, for Indonesian.
HELPERS = r"""
function num(string $text, int $decimals = -1, bool $sign = false): string {
    if (!preg_match('/^-?\d+(\.\d+)?$/', $text)) return $text;
    if ($decimals >= 0) $text = number_format((float)$text, $decimals, '.', '');
    [$whole, $part] = explode('.', ltrim($text, '-') . '.');
    $plain = strrev(implode('.', str_split(strrev($whole), 3))) . ($part === '' ? '' : ",$part");
    if ((float)$text == 0) return $plain;
    return ($text[0] === '-' ? "\u{2212}" : ($sign ? '+' : '')) . $plain;
}
function day(string $text): string {
    static $months = ['', 'Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober',
                      'November', 'Desember'];
    [$year, $month, $date] = explode('-', substr($text, 0, 10));
    return (int)$date . ' ' . $months[(int)$month] . ' ' . $year;
}
function h(string $text): string { return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE); }
"""


def columns(ask, function, arguments):
    """The names of a function's columns, and which of them are boolean."""
    rows = ask(f"""select a.name, a.type from pg_proc p, lateral (
        select unnest(p.proargnames[{arguments + 1}:]) as name,
               unnest(p.proallargtypes[{arguments + 1}:])::regtype::text as type) a
        where p.oid = 'page.{function}'::regproc""")
    return dict(row.split("|") for row in rows)


class Translator:
    """Turns a template into PHP that prints from $p (the page) and $r0, $r1, .. (rows, innermost last)."""

    def __init__(self, templates, page, sections):
        self.templates = templates
        self.page = page            # name -> type of the head row's columns
        self.sections = sections    # section -> its columns
        self.scopes = []            # sections whose rows we are in

    def text_of(self, name, own=None):
        """A template with its parts in place; `own` are those that the page itself holds."""
        text = (self.templates / f"{name}.html").read_text(encoding="utf-8").split("\n", 1)[1]
        text = re.sub(r"\{\{!.*?\}\}\n?", "", text, flags=re.S)
        lines = [line.lstrip() for line in text.split("\n")]
        text = "\n".join(line for line in lines if line)
        own = own or {f"_{part}": found[1] for part, found in ((part, re.search(said, text)) for part, said in OWN.items()) if found}
        return re.sub(r"\{\{>(_[a-z_]+)\}\}", lambda part: own.get(part[1]) or self.text_of(part[1], own), text)

    def place(self, name):
        for depth in range(len(self.scopes) - 1, -1, -1):
            if name in self.sections[self.scopes[depth]]:
                return f"$r{depth}['{name}']"
        return f"$p['{name}']" if name in self.page else None

    def value(self, body):
        name, *modifiers = body.split(":")
        place = self.place(name)
        if place is None:
            return ""
        for modifier in modifiers:
            spec = re.fullmatch(r"x-num(?:=(\+?)(\d*))?", modifier)
            if spec:
                return f"<?=num({place} ?? '', {spec[2] or -1}, {'true' if spec[1] else 'false'})?>"
            if modifier == "x-date":
                return f"<?=day({place} ?? '')?>"
            if modifier == "u":
                return f"<?=urlencode({place} ?? '')?>"
        return f"<?=h({place} ?? '')?>"

    def open(self, name):
        if name in self.sections and name not in self.scopes:
            self.scopes.append(name)
            return f"<?php foreach ($s['{name}'] as $r{len(self.scopes) - 1}): ?>"
        place = self.place(name)
        boolean = place is not None and "boolean" in (self.page.get(name), *(self.sections[s].get(name) for s in self.scopes))
        condition = "false" if place is None else f"{place} === 't'" if boolean else f"isset({place})"
        return f"<?php if ({condition}): ?>"

    def close(self, name):
        if self.scopes and self.scopes[-1] == name:
            self.scopes.pop()
            return "<?php endforeach ?>"
        return "<?php endif ?>"

    def translate(self, name):
        def token(match):
            body = match[1].strip()
            if body[0] in "%!":
                return ""
            return {"#": self.open, "/": self.close}.get(body[0], lambda _: self.value(body))(body[1:])

        # PHP swallows a line end after "?>", which ctemplate keeps.
        return re.sub(r"\?>\n", "?>\n\n", TOKEN.sub(token, self.text_of(name)))


def write_page(folder, templates, ask, conninfo, page, sections, arguments, site, path):
    """Writes index.php, which answers with page `page` for the arguments (texts, or None), as at that path of the site."""
    own, english = site + path, f"{site}/en{path}"
    layout = {"lang": "id", "in_id": "t", "path": path, "en_path": f"/en{path}", "nav_ranking": "t", "sited": "t", "site_url": site,
              "own_url": own, "id_url": own, "en_url": english}
    count = len(arguments)
    head = columns(ask, page, count)
    head |= {name: "boolean" if value == "t" else "text" for name, value in layout.items()} | {"made": "text"}
    known = {section: columns(ask, f"{page}_{section}", count) for section in sections}
    head |= FILLED["page"]
    known["dots"] |= FILLED["dots"]
    known["marks"] = FILLED["marks"]
    markup = Translator(templates, head, known).translate(page)
    call = "(" + ", ".join(f"${n + 1}" for n in range(count)) + ")"
    values = "[" + ", ".join("null" if value is None else f"'{value}'" for value in arguments) + "]"
    charts = (Path(__file__).parent / "charts.php").read_text(encoding="utf-8").removeprefix("<?php")
    queries = ", ".join(f"'{name}'" for name in [page, *(f"{page}_{section}" for section in sections)])
    (folder / "index.php").write_text(f"""<?php
declare(strict_types=1);
{HELPERS}{charts}
$db = pg_pconnect("{conninfo}");
$values = {values};
$rows = [];
pg_query($db, 'begin isolation level repeatable read read only');
foreach ([{queries}] as $name) {{
    $result = @pg_execute($db, $name, $values);
    if ($result === false) {{
        pg_query($db, 'rollback');
        pg_prepare($db, $name, "select * from page.$name{call.replace('$', chr(92) + '$')}");
        pg_query($db, 'begin isolation level repeatable read read only');
        $result = pg_execute($db, $name, $values);
    }}
    $rows[$name] = pg_fetch_all($result);
}}
pg_query($db, 'commit');
$p = $rows['{page}'][0];
$p += [{", ".join(f"'{name}' => '{value}'" for name, value in layout.items())}, 'made' => gmdate('Y-m-d', time() + 7 * 3600)];
$s = [];
foreach ({[*sections]!r} as $section) $s[$section] = $rows["{page}_$section"];
strip($p, $s);
slopes($p, $s);
ob_start();
?>{markup}<?php
$body = ob_get_clean();
header('Content-Type: text/html; charset=utf-8');
header('ETag: "' . substr(hash('sha256', $body), 0, 32) . '"');
header('Cache-Control: public, max-age=60');
header('Content-Length: ' . strlen($body));
echo $body;
""", encoding="utf-8")


def configure(folder, port, workers, user):
    """Files of a PHP-FPM with a fixed number of workers and of an nginx before it."""
    owner = f"user = {user}\ngroup = {user}\nlisten.owner = {user}\n" if user else ""
    (folder / "fpm.conf").write_text(f"""[global]
error_log = {folder}/fpm.log
daemonize = no
[peer]
{owner}listen = {folder}/fpm.sock
pm = static
pm.max_children = {workers}
php_admin_value[opcache.validate_timestamps] = 0
""")
    (folder / "nginx.conf").write_text(f"""
{f"user {user};" if user else ""}
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; fastcgi_temp_path {folder}/fastcgi; proxy_temp_path {folder}/proxy;
    scgi_temp_path {folder}/scgi; uwsgi_temp_path {folder}/uwsgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            fastcgi_pass unix:{folder}/fpm.sock;
            fastcgi_buffers 32 8k;
            fastcgi_param SCRIPT_FILENAME {folder}/index.php;
            fastcgi_param REQUEST_METHOD $request_method;
            fastcgi_param QUERY_STRING $query_string;
        }}
    }}
}}
""")


def installed():
    """The newest PHP-FPM of this machine that speaks with PostgreSQL."""
    found = [(tuple(map(int, name[1].split("."))), path)
             for path in Path("/usr/sbin").glob("php-fpm*")
             if (name := re.fullmatch(r"php-fpm(\d+(?:\.\d+)*)", path.name))]
    for _, path in sorted(found, reverse=True):
        modules = subprocess.run([path, "-m"], capture_output=True, text=True, check=True).stdout
        if "pgsql" in modules.split():
            return path
    raise SystemExit("bench: no PHP-FPM with its module for PostgreSQL is installed")


def start(folder):
    """Starts both; returns their processes."""
    fpm = installed()
    return [subprocess.Popen([fpm, "-F", "-y", folder / "fpm.conf", "-R"], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL),
            subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "nginx.log",
                              "-g", "daemon off;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)]
