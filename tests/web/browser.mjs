// A real Chromium against the running test instance, whose address is in BASE.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const base = process.env.BASE ?? 'http://127.0.0.1:8080';
export const every = Boolean(process.env.TOLOK_ALL);   // `make test-all`: every combination
export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';

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

// Pages that need no settings of a context of their own share one: it takes long to make.
const contexts = new WeakMap();
function shared(browser) {
  if (!contexts.has(browser)) contexts.set(browser, browser.newContext({ locale: 'id-ID' }));
  return contexts.get(browser);
}

/**
 * Opens `path` in a page of its own. Returns the page, the response and a list that collects whatever
 * the console says (a CSP violation is said there too). `scripts: false` leaves out the site's script, so that axe, which
 * is one, can look at the page as it is then; `javaScriptEnabled: false` is a browser without any. Close the page afterwards.
 */
export async function open(browser, path, { width = 1280, height = 900, scheme = 'light', scripts = true, ...settings } = {}) {
  const own = Object.keys(settings).length > 0;
  const context = await (own ? browser.newContext({ locale: 'id-ID', ...settings }) : shared(browser));
  const page = await context.newPage();
  // Nobody waits for it: a browser that is closed meanwhile has taken it along.
  if (own) page.on('close', () => context.close().catch(() => {}));
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: scheme });
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  if (!scripts) await page.route('**/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  const response = await page.goto(base + path);
  return { page, response, said };
}

// What repeats is made by the same lines of a template: a dozen of each stand for all, except in `make test-all`.
const repeated = ['tbody tr:nth-child(n+13)', '.multiples > :nth-child(n+10)', '.directory > :nth-child(n+7)'].join();

/**
 * What axe finds on the page, one line per rule. It is evaluated through the debugger, so the CSP stays strict. The last to
 * look at a page, as it takes repetitions out.
 */
export async function axe(page) {
  if (!every) await page.$$eval(repeated, (all) => all.forEach((element) => element.remove()));
  await page.evaluate(axeSource);
  const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false }), axeTags);
  return result.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')})`);
}

/** How many pixels the page is wider than its window. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
