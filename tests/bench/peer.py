"""The peer of `make bench PEERS=1`: one of our pages made by PHP-FPM, from the same document and
with the same markup.

The page's template is translated to PHP once, as lean as a careful hand would write it: every name
is resolved to its element or to the page beforehand, from what the document holds. The query is
prepared once per connection, which is persistent. The charts are placed by charts.php.
"""
import json
import re
import subprocess
from pathlib import Path

# What a page says once and its head repeats, as part.c finds it.
OWN = {
    "title": r"<title>(.*) – Tolok Kota</title>",
    "description": r'<meta name="description" content="(.*)">',
}
TOKEN = re.compile(r"\{\{(.*?)\}\}", re.S)


# What charts.php adds to the document.
FILLED = {
    "strip": {
        **dict.fromkeys(("box_x", "box_width", "median_at", "axis_low", "axis_high"), "text"),
        **dict.fromkeys(("some_hidden", "label_left", "label_middle"), "flag"),
        "marks": [{"mark_x": "text", "mark": "text", "inner_mark": "flag", "last_mark": "flag"}],
    },
    "slope": {
        **dict.fromkeys(("slope_low", "slope_high", "slope_bottom", "slope_height"), "text"),
        "some_strong": "flag",
    },
    "dots": [
        {
            "spot": {"x": "text", "y": "text"},
            "line": {
                "from_y": "text",
                "to_y": "text",
                "strong": "flag",
                "labelled": {"from_text_y": "text", "to_text_y": "text"},
            },
        }
    ],
    "tables": [
        {
            "median_x": "text",
            "rows": [
                {
                    "bar": "text",
                    "range": dict.fromkeys(("span_from", "span_to", "rank_x"), "text"),
                    "six": dict.fromkeys(
                        ("governance", "branding", "economy", "living", "society", "environment"),
                        "text",
                    ),
                }
            ],
        }
    ],
}

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
    static $months = ['', 'Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus',
        'September', 'Oktober',
                      'November', 'Desember'];
    [$year, $month, $date] = explode('-', substr($text, 0, 10));
    return (int)$date . ' ' . $months[(int)$month] . ' ' . $year;
}
// Numbers stay the text that they are: PHP's own would lose the zero of 3.80.
function document(string $json): array {
    $json = preg_replace('/"(?:[^"\\\\]|\\\\.)*+"(*SKIP)(*FAIL)|-?\d[\d.eE+-]*/', '"$0"', $json);
    return json_decode($json, true, 512, JSON_THROW_ON_ERROR);
}
function h(string $text): string { return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE); }
"""


def shape_of(values):
    """What values of one key, or elements of one list, are: an object of shapes, a list of one, a
    "flag", a "text", or None when all are null."""
    values = [value for value in values if value is not None]
    if not values:
        return None
    if isinstance(values[0], list):
        return [shape_of([element for value in values for element in value]) or {}]
    if isinstance(values[0], dict):
        keys = dict.fromkeys(key for value in values for key in value)
        return {key: shape_of([value.get(key) for value in values]) for key in keys}
    return "flag" if isinstance(values[0], bool) else "text"


def joined(shape, added):
    """A shape with another one's keys."""
    if isinstance(shape, list) and isinstance(added, list):
        return [joined(shape[0], added[0])]
    if not (isinstance(shape, dict) and isinstance(added, dict)):
        return added
    return shape | {key: joined(shape.get(key), value) for key, value in added.items()}


class Translator:
    """Turns a template into PHP that prints from $r0 (the document) and $r1, $r2, .. (objects that
    it is in, innermost last)."""

    def __init__(self, templates, shape):
        self.templates = templates
        self.scopes = [(None, shape)]  # sections that we are in, and what they are

    def text_of(self, name, own=None):
        """A template with its parts in place; `own` are those that the page itself holds."""
        text = (self.templates / f"{name}.html").read_text(encoding="utf-8").split("\n", 1)[1]
        text = re.sub(r"\{\{!.*?\}\}\n?", "", text, flags=re.S)
        lines = [line.lstrip() for line in text.split("\n")]
        text = "\n".join(line for line in lines if line)
        own = own or {
            f"_{part}": found[1]
            for part, found in ((part, re.search(said, text)) for part, said in OWN.items())
            if found
        }
        return re.sub(
            r"\{\{>(_[a-z_]+)\}\}",
            lambda part: own.get(part[1]) or self.text_of(part[1], own),
            text,
        )

    def find(self, name):
        """Where a name's value stands, and its shape; (None, None) when nobody has it."""
        for depth in range(len(self.scopes) - 1, -1, -1):
            shape = self.scopes[depth][1]
            if name in shape:
                return f"$r{depth}['{name}']", shape[name]
        return None, None

    def value(self, body):
        name, *modifiers = body.split(":")
        place, _ = self.find(name)
        if place is None:
            return ""
        for modifier in modifiers:
            spec = re.fullmatch(r"x-num(?:=(\+?)(\d*))?", modifier)
            if spec:
                sign = "true" if spec[1] else "false"
                return f"<?=num({place} ?? '', {spec[2] or -1}, {sign})?>"
            if modifier == "x-date":
                return f"<?=day({place} ?? '')?>"
            if modifier == "u":
                return f"<?=urlencode({place} ?? '')?>"
        return f"<?=h({place} ?? '')?>"

    def something(self, name):
        """A PHP condition: whether the name's value is something (tpl.h)."""
        place, shape = self.find(name)
        if place is None:
            return "false"
        if shape == "text":
            return f"({place} ?? '') !== ''"
        return f"!empty({place})"

    def condition(self, name):
        """The PHP condition of a section that is shown once, without being entered."""
        if self.find(name)[0] is not None:
            return self.something(name)
        if name.startswith("has_"):
            return self.something(name[4:])
        if name.startswith("no_") and self.find(name[3:])[0] is not None:
            return f"!({self.something(name[3:])})"
        for at in re.finditer("_", name):
            place, _ = self.find(name[: at.start()] + "_word")
            if place is not None:
                return f"{place} === '{name[at.end():]}'"
        return "false"

    def open(self, name):
        place, shape = self.find(name)
        inner = f"$r{len(self.scopes)}"
        if isinstance(shape, list):
            self.scopes.append((name, shape[0]))
            return f"<?php foreach ({place} ?? [] as {inner}): ?>"
        if isinstance(shape, dict):
            self.scopes.append((name, shape))
            return f"<?php if ({inner} = {place} ?? null): ?>"
        return f"<?php if ({self.condition(name)}): ?>"

    def close(self, name):
        if self.scopes[-1][0] != name:
            return "<?php endif ?>"
        self.scopes.pop()
        return "<?php endforeach ?>" if isinstance(self.find(name)[1], list) else "<?php endif ?>"

    def translate(self, name):
        def token(match):
            body = match[1].strip()
            if body[0] in "%!":
                return ""
            return {"#": self.open, "/": self.close}.get(body[0], lambda _: self.value(body))(
                body[1:]
            )

        # PHP swallows a line end after "?>", which ctemplate keeps.
        return re.sub(r"\?>\n", "?>\n\n", TOKEN.sub(token, self.text_of(name)))


def write_page(folder, templates, ask, conninfo, page, arguments, site, path):
    """Writes index.php, which answers with page `page` for the arguments (texts, or None), as at
    that path of the site."""
    own, english = site + path, f"{site}/en{path}"
    layout = {
        "lang": "id",
        "in_id": True,
        "path": path,
        "en_path": f"/en{path}",
        "nav_ranking": True,
        "sited": True,
        "site_url": site,
        "own_url": own,
        "id_url": own,
        "en_url": english,
    }
    literal = ["null" if value is None else f"'{value}'" for value in arguments]
    document = json.loads("\n".join(ask(f"select * from page.{page}({', '.join(literal)})")))
    shape = joined(shape_of([document]), FILLED) | shape_of([layout]) | {"made": "text"}
    markup = Translator(templates, shape).translate(page)
    markers = ", ".join(f"\\${n + 1}" for n in range(len(arguments)))
    added = ", ".join(
        f"'{name}' => " + ("true" if value is True else f"'{value}'")
        for name, value in layout.items()
    )
    charts = (Path(__file__).parent / "charts.php").read_text(encoding="utf-8")
    (folder / "index.php").write_text(
        f"""<?php
declare(strict_types=1);
{HELPERS}{charts.removeprefix("<?php")}
$db = pg_pconnect("{conninfo}");
$values = [{", ".join(literal)}];
$result = @pg_execute($db, 'page', $values);
if ($result === false) {{
    pg_prepare($db, 'page', "select * from page.{page}({markers})");
    $result = pg_execute($db, 'page', $values);
}}
$r0 = document(pg_fetch_result($result, 0, 0));
$r0 += [{added}, 'made' => gmdate('Y-m-d', time() + 7 * 3600)];
strip($r0);
slopes($r0);
tables($r0);
ob_start();
?>{markup}<?php
$body = ob_get_clean();
header('Content-Type: text/html; charset=utf-8');
header('ETag: "' . substr(hash('sha256', $body), 0, 32) . '"');
header('Cache-Control: public, max-age=60');
header('Content-Length: ' . strlen($body));
echo $body;
""",
        encoding="utf-8",
    )


def configure(folder, port, workers, user):
    """Files of a PHP-FPM with a fixed number of workers and of an nginx before it."""
    owner = f"user = {user}\ngroup = {user}\nlisten.owner = {user}\n" if user else ""
    (folder / "fpm.conf").write_text(
        f"""[global]
error_log = {folder}/fpm.log
daemonize = no
[peer]
{owner}listen = {folder}/fpm.sock
pm = static
pm.max_children = {workers}
php_admin_value[opcache.validate_timestamps] = 0
"""
    )
    (folder / "nginx.conf").write_text(
        f"""
{f"user {user};" if user else ""}
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; fastcgi_temp_path {folder}/fastcgi;
    proxy_temp_path {folder}/proxy;
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
"""
    )


def installed():
    """The newest PHP-FPM of this machine that speaks with PostgreSQL."""
    found = [
        (tuple(map(int, name[1].split("."))), path)
        for path in Path("/usr/sbin").glob("php-fpm*")
        if (name := re.fullmatch(r"php-fpm(\d+(?:\.\d+)*)", path.name))
    ]
    for _, path in sorted(found, reverse=True):
        modules = subprocess.run([path, "-m"], capture_output=True, text=True, check=True).stdout
        if "pgsql" in modules.split():
            return path
    raise SystemExit("bench: no PHP-FPM with its module for PostgreSQL is installed")


def start(folder):
    """Starts both; returns their processes."""
    fpm = installed()
    return [
        subprocess.Popen(
            [fpm, "-F", "-y", folder / "fpm.conf", "-R"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ),
        subprocess.Popen(
            [
                "nginx",
                "-p",
                folder,
                "-c",
                folder / "nginx.conf",
                "-e",
                folder / "nginx.log",
                "-g",
                "daemon off;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ),
    ]
