// The keyboard alone: Tab reaches everything that can be used, in the order of the page, always in
// view and always marked.
import { every, launch, leave, open } from './browser.mjs';
import { absent, routes } from './routes.mjs';
import { done, ok } from './tap.mjs';

const few = ['/', '/peringkat/2022?provinsi=papua', '/quickwin?q=sampah'];

// Everything that can be used and is seen. Dots of a map are doubled by a list (tabindex -1); boxes
// of a group of radio buttons are one.
const usable = () =>
  [
    ...document.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]',
    ),
  ]
    .filter(
      (e) => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true }),
    )
    .map((e, i) => {
      e.dataset.seat = i;
      return e.outerHTML.slice(0, 90);
    });

// Where the focus is: its seat, whether it is marked, and whether another thing lies over it.
const seat = () => {
  const e = document.activeElement;
  if (e === document.body || e === null) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(e);
  const line = e.getClientRects()[0], box = e.getBoundingClientRect();
  const over =
    line &&
    document.elementFromPoint(line.x + Math.min(line.width, 8) / 2, line.y + line.height / 2);
  return {
    seat: Number(e.dataset.seat),
    text: e.outerHTML.slice(0, 90),
    marked: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    hidden:
      !(over && (e === over || e.contains(over) || over.contains(e))) ||
      box.bottom <= 0 ||
      box.top >= innerHeight,
  };
};

async function walk(browser, path, width) {
  const { page } = await open(browser, path, { width, reducedMotion: 'reduce' });
  const all = await page.evaluate(usable), met = new Set(), faults = [];
  let last = -1;
  for (let step = 0; step < all.length + 5; step += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(seat);
    if (at === null || met.has(at.seat)) break;
    met.add(at.seat);
    if (!at.marked) faults.push(`not marked: ${at.text}`);
    if (at.hidden) faults.push(`covered: ${at.text}`);
    if (at.seat < last) faults.push(`out of order: ${at.text}`);
    last = at.seat;
  }
  faults.push(...all.filter((_, i) => !met.has(i)).map((text) => `not reached: ${text}`));
  ok(
    faults.length === 0 && all.length > 10,
    `${path} at ${width} px: Tab meets all of ${all.length}, marked and in view`,
    faults.join('\n'),
  );
  await leave(browser, page);
}

async function skip(browser) {
  const { page } = await open(browser, '/');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  ok(
    await page.evaluate(() => document.querySelector('main').contains(document.activeElement)),
    'the first link skips to the content',
  );
  await leave(browser, page);
}

const browser = await launch();
await skip(browser);
for (const path of every ? [...routes, ...absent] : few) {
  for (const width of every ? [360, 1280] : [path === '/' ? 360 : 1280])
    await walk(browser, path, width);
}
await browser.close();
done();
