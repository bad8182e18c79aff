// A real Chromium against the running test instance, whose address is in BASE.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { anew } from './tap.mjs';

export let base = process.env.BASE ?? 'http://127.0.0.1:8080';
export const every = Boolean(process.env.TOLOK_ALL);   // `make test-all`: every combination
export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';

const require = createRequire(import.meta.url);
let axeSource = '';
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Starts the browser. Without the background-networking switches it looks for its maker's hosts at
 * every start; the last ones save processes, and code that is compiled twice for pages that are
 * seen for a moment.
 */
async function start() {
  const { chromium } = require('playwright-core');
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--renderer-process-limit=1',
      '--disable-site-isolation-trials',
      '--in-process-gpu',
      '--js-flags=--no-opt',
    ],
  });
}

// The browser that serve.mjs has for all of its scripts: closed by one of them it has no page left.
let common = null, served = false;

/** The next script of serve.mjs begins. */
export function begin() {
  served = true;
  base = process.env.BASE;
  anew();
}

/** It ends, whatever it has left. */
export const end = async () =>
  Promise.all((await common)?.contexts().map((context) => context.close()) ?? []);

/** So does serve.mjs. */
export const quit = async () => (await common)?.close();

/** A browser for a script. */
export async function launch() {
  if (!served) return start();
  common ??= start();
  const browser = await common;
  return { newContext: (settings) => browser.newContext(settings), close: end };
}

// A page takes longer to make than to load: each that `leave` brings back is opened again, in the
// context that all share.
const shared = new WeakMap();
function kept(browser) {
  if (!shared.has(browser))
    shared.set(browser, { context: browser.newContext({ locale: 'id-ID' }), pages: [] });
  return shared.get(browser);
}

async function pageFor(browser, javaScriptEnabled) {
  // Whether there are scripts at all is a setting of a context.
  if (!javaScriptEnabled)
    return (await browser.newContext({ locale: 'id-ID', javaScriptEnabled })).newPage();
  const { context, pages } = kept(browser);
  return pages.pop() ?? (await context).newPage();
}

/**
 * Opens `path` in a page that nobody else uses. Returns the page, the response and a list that
 * collects whatever the console says (a CSP violation is said there too). `scripts: false` leaves
 * out the site's script, so that axe, which is one, can look at the page as it is then;
 * `javaScriptEnabled: false` is a browser without any. Leave the page afterwards.
 */
export async function open(
  browser,
  path,
  {
    width = 1280,
    height = 900,
    scheme = 'light',
    scripts = true,
    javaScriptEnabled = true,
    reducedMotion = null,
    forcedColors = null,
  } = {},
) {
  const page = await pageFor(browser, javaScriptEnabled);
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ media: null, colorScheme: scheme, reducedMotion, forcedColors });
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  if (!scripts)
    await page.route('**/*.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: '' }),
    );
  const response = await page.goto(base + path);
  return { page, response, said };
}

/** Gives a page back. Whatever it held of its last address goes with the next. */
export async function leave(browser, page) {
  const { context, pages } = kept(browser);
  if (page.context() !== await context) return page.context().close();
  page.removeAllListeners();
  await page.unrouteAll();
  return pages.push(page);
}

// What repeats is made by the same lines of a template: a few of each stand for all, except in
// `make test-all`. So do shapes of a picture, which have no words.
const repeated = [
  'tbody tr:nth-child(n+5)',
  '.multiples > :nth-child(n+3)',
  '.directory > :nth-child(n+3)',
  '.wins > :nth-child(n+3)',
  ...['path', 'line', 'rect', 'circle', 'polyline'].map((shape) => `svg ${shape}:not([id], a *)`),
].join();

// What axe computes of the place and the colours of each element takes as long as all of its other
// rules.
const drawn = ['color-contrast', 'target-size', 'link-in-text-block'];

/**
 * What axe finds on the page, one line per rule; `colours: false` leaves out the rules on what is
 * drawn. It is evaluated through the debugger, so the CSP stays strict. The last to look at a page,
 * as it takes repetitions out.
 */
export async function axe(page, { colours = true } = {}) {
  if (!every) await page.$$eval(repeated, (all) => all.forEach((element) => element.remove()));
  axeSource ||= readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axeSource);
  const rules = colours ? {} : Object.fromEntries(drawn.map((rule) => [rule, { enabled: false }]));
  const options = {
    runOnly: { type: 'tag', values: axeTags },
    rules,
    resultTypes: ['violations'],
    preload: false,
  };
  const result = await page.evaluate((options) => window.axe.run(document, options), options);
  return result.violations.map(
    (v) =>
      `${v.id}: ${v.help} (${v.nodes
        .map((n) => n.target.join(' '))
        .slice(0, 3)
        .join(', ')})`,
  );
}

/** How many pixels the page is wider than its window. */
export function overflow(page) {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}
