// Every page in a real browser: accessible, quiet, inside its window, valid, and with no broken link.
// By default each page is seen once narrow and dark and once wide and light, in one language and the other, which is which
// alternates; TOLOK_ALL=1 takes every combination.
import { HtmlValidate } from 'html-validate';
import { axe, base, launch, open, overflow } from './browser.mjs';
import { absent, routes } from './routes.mjs';
import { done, ok } from './tap.mjs';

const views = process.env.TOLOK_ALL
  ? [320, 360, 1280, 1600].flatMap((width) => ['light', 'dark'].map((scheme) => ({ width, scheme })))
  : [{ width: 320, scheme: 'dark' }, { width: 1280, scheme: 'light' }];

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off', 'void-style': 'off', 'doctype-style': 'off',
    'form-dup-name': 'off' },   // a list is a repeated name: /banding?kota=a&kota=b
});

async function look(browser, path, view, expected) {
  const { page, response, said } = await open(browser, path, view);
  const name = `${path} at ${view.width} px, ${view.scheme}`;
  ok(response.status() === expected, `${name}: status ${expected}`, response.status());
  const found = await axe(page);
  ok(found.length === 0, `${name}: axe finds nothing`, found.join('\n'));
  const loud = said.filter((line) => expected === 200 || !line.includes(String(expected)));
  ok(loud.length === 0, `${name}: the console stays empty`, loud.join('\n'));
  const wide = await overflow(page);
  ok(wide <= 0, `${name}: nothing sticks out of the window`, `${wide} px`);
  await page.context().close();
}

async function validate(path) {
  const html = await (await fetch(base + path)).text();
  const report = await validator.validateString(html);
  const faults = report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
  ok(report.valid, `${path}: valid HTML`, faults.join('\n'));
}

// Follows links breadth first. Addresses that differ in their query only are sampled: three of each page.
async function crawl() {
  const seen = new Map([['/', 0]]), sampled = new Map(), broken = [];
  let deepest = 0;
  for (const [path, depth] of seen) {
    const response = await fetch(base + path, { redirect: 'follow' });
    if (response.status !== 200) broken.push(`${response.status} ${path}`);
    deepest = Math.max(deepest, depth);
    if (!response.headers.get('content-type')?.startsWith('text/html')) continue;
    for (const [, href] of (await response.text()).matchAll(/(?:href|src)="([^"]*)"/g)) {
      const url = new URL(href.replaceAll('&amp;', '&'), base + path);
      if (url.origin !== base) continue;
      const next = url.pathname + url.search;
      const parts = url.pathname.split('/');
      const kind = parts.slice(0, parts[1] === 'en' ? 3 : 2).join('/') + (url.search ? '?' : `/${parts.length}`);
      const taken = sampled.get(kind) ?? 0;
      if (seen.has(next) || taken >= (process.env.TOLOK_ALL ? 1000 : 25)) continue;
      sampled.set(kind, taken + 1);
      seen.set(next, depth + 1);
    }
  }
  ok(broken.length === 0, `no broken link among ${seen.size} addresses`, broken.join('\n'));
  ok(deepest <= 4, 'every page within 4 clicks', `deepest ${deepest}`);
}

const english = (path) => '/en' + path.replace(/^\/$/, '');
const browser = await launch();
for (const [v, view] of views.entries()) {
  for (const [p, path] of [...routes, ...absent].entries()) {
    const expected = p < routes.length ? 200 : 404;
    if (process.env.TOLOK_ALL || (p + v) % 2 === 0) await look(browser, path, view, expected);
    if (process.env.TOLOK_ALL || (p + v) % 2 === 1) await look(browser, english(path), view, expected);
  }
}
await browser.close();
for (const path of [...routes, ...absent].flatMap((path) => [path, english(path)])) await validate(path);
await crawl();
done();
