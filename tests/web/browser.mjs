// A real Chromium against the running test instance, whose address is in BASE.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const base = process.env.BASE ?? 'http://127.0.0.1:8080';
export const every = Boolean(process.env.TOLOK_ALL);   // `make test-all`: every combination
export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Starts the browser. Without the background-networking switches it looks for its maker's hosts at every start. */
export function launch() {
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking',
           '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
}

/**
 * Opens `path` in a page of its own. Returns the page, the response and a list that collects whatever
 * the console says (a CSP violation is said there too). `scripts: false` leaves out the site's script, so that axe, which
 * is one, can look at the page as it is then; `javaScriptEnabled: false` is a browser without any. Close page.context() afterwards.
 */
export async function open(browser, path, { width = 1280, height = 900, scheme = 'light', scripts = true, lang = 'id', ...more } = {}) {
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: scheme, locale: lang, ...more,
  });
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  if (!scripts) await page.route('**/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  const response = await page.goto(base + path);
  return { page, response, said };
}

/** What axe finds on the page, one line per rule. It is evaluated through the debugger, so the CSP stays strict. */
export async function axe(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false }), axeTags);
  return result.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')})`);
}

/** How many pixels the page is wider than its window. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
