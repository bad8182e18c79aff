// The site without a browser: valid HTML, weight, and links that lead somewhere, in few steps.
import { gzipSync } from 'node:zlib';
import { HtmlValidate } from 'html-validate';
import { base, every } from './browser.mjs';
import { absent, address, refused, routes } from './routes.mjs';
import { done, ok } from './tap.mjs';

const MOST_HTML = 40 * 1024, MOST_PAGE = 130 * 1024, MOST_REQUESTS = 10;    // bytes as they travel
const MOST_CLICKS = 4, SAMPLE = every ? 1000 : 12;

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'long-title': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'doctype-style': 'off',
    'form-dup-name': 'off',
  }, // a list is a repeated name: /banding?kota=a&kota=b
});

async function validate(path, html) {
  const report = await validator.validateString(html);
  const faults = report.results.flatMap((r) =>
    r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`),
  );
  ok(report.valid, `${path}: valid HTML`, faults.join('\n'));
}

// Weight of a file as nginx sends it; every page asks for the same few.
const files = new Map();
async function fileWeight(path) {
  if (!files.has(path)) {
    const body = Buffer.from(await (await fetch(base + path)).arrayBuffer());
    files.set(
      path,
      /\.(?:png|ico)$/.test(path) ? body.length : gzipSync(body, { level: 6 }).length,
    );
  }
  return files.get(path);
}

// What a browser asks for: not the icon of a home screen, and one icon of two.
function parts(html) {
  const asking = 'link rel="(?:stylesheet|icon|preload)"|script|img|image';
  const links = html.matchAll(new RegExp(`<(?:${asking})[^>]*? (?:href|src)="(/[^"]*)"`, 'g'));
  return new Set([...links].map((m) => m[1]));
}

async function weigh(path, html) {
  const own = gzipSync(html, { level: 6 }).length;
  const asked = [...parts(html)];
  const weights = await Promise.all(asked.map(fileWeight));
  const whole = weights.reduce((sum, weight) => sum + weight, own);
  const [page, all] = [own, whole].map((bytes) => `${(bytes / 1024).toFixed(1)} KB`);
  ok(
    own <= MOST_HTML && whole <= MOST_PAGE && asked.length < MOST_REQUESTS,
    `${path}: ${page} of HTML, ${all} and ${asked.length + 1} requests in all`,
    asked.join(' '),
  );
}

// What messages and search engines are told.
function head(path, html) {
  const missing = [
    '<html lang="',
    '<title>',
    'name="description"',
    'property="og:title"',
    'property="og:description"',
    'property="og:type"',
    'property="og:site_name"',
    'property="og:url"',
    'rel="canonical"',
    'hreflang="x-default"',
    'name="theme-color"',
    'rel="icon"',
  ].filter((word) => !html.includes(word));
  ok(missing.length === 0, `${path}: says what it is`, missing.join(' '));
  const simulated = html.includes('<body class="sim">');
  ok(
    !simulated || html.includes('name="robots" content="noindex"'),
    `${path}: no search engine takes simulated figures`,
  );
}

// Follows links breadth first. Addresses that differ in their query only are sampled.
async function crawl() {
  const seen = new Map([['/', 0]]), sampled = new Map(), broken = [], titles = new Map();
  const far = [];
  for (const [path, depth] of seen) {
    const response = await fetch(base + path, { redirect: 'follow' });
    if (response.status !== 200) broken.push(`${response.status} ${path}`);
    // a filter or a leaf of a list is no page of its own
    if (depth > MOST_CLICKS && !path.includes('?')) far.push(`${depth} ${path}`);
    if (!response.headers.get('content-type')?.startsWith('text/html')) continue;
    const html = await response.text();
    const final = new URL(response.url),
      title = html
        .match(/<html lang="(\w+)">[^]*?<title>([^<]*)/)
        ?.slice(1)
        .join(': ');
    if (!final.search) titles.set(title, (titles.get(title) ?? new Set()).add(final.pathname));
    for (const [, href] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
      const url = new URL(href.replaceAll('&amp;', '&'), base + path);
      if (url.origin !== base) continue;
      const next = url.pathname + url.search;
      const words = url.pathname.split('/');
      const kind =
        words.slice(0, words[1] === 'en' ? 3 : 2).join('/') +
        (url.search ? '?' : `/${words.length}`);
      const taken = sampled.get(kind) ?? 0;
      if (seen.has(next) || taken >= SAMPLE) continue;
      sampled.set(kind, taken + 1);
      seen.set(next, depth + 1);
    }
  }
  ok(broken.length === 0, `no broken link among ${seen.size} addresses`, broken.join('\n'));
  ok(far.length === 0, `every page within ${MOST_CLICKS} clicks`, far.join('\n'));
  const twice = [...titles]
    .filter(([, paths]) => paths.size > 1)
    .map(([title, paths]) => `${title}: ${[...paths].join(' ')}`);
  ok(twice.length === 0, 'no two pages of a language have the same title', twice.join('\n'));
}

// The short form sees every other one in the other language.
const both = (path, number) =>
  every ? [path, address(path, 'en')] : [address(path, number % 2 ? 'en' : 'id')];
for (const path of [...routes, ...absent, ...Object.keys(refused)].flatMap(both)) {
  const response = await fetch(base + path);
  const html = await response.text();
  await validate(path, html);
  await weigh(path, html);
  if (response.status === 200) head(path, html);
}
await crawl();
done();
