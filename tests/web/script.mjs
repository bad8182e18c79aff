// What public/tolok.js adds, in the browser; and that the same can be had without it.
import { base, every, launch, leave, open } from './browser.mjs';
import { done, ok } from './tap.mjs';

const browser = await launch();
const is = (got, expected, name) =>
  ok(
    JSON.stringify(got) === JSON.stringify(expected),
    name,
    `got ${JSON.stringify(got)}\nexpected ${JSON.stringify(expected)}`,
  );

// Texts of a column of each table, and the values that its figures have.
const column = (page, n) =>
  page.$$eval(
    'table.ranking',
    (tables, at) =>
      tables.map((table) =>
        [...table.tBodies[0].rows].map(
          (row) =>
            row.cells[at].querySelector('data')?.value ??
            (row.cells[at].querySelector('a') ?? row.cells[at]).textContent.trim(),
        ),
      ),
    n,
  );
const head = (page, n) => page.locator('table.ranking').first().locator('thead th').nth(n);

async function sorting() {
  const { page, said } = await open(browser, '/peringkat/2024');
  const before = await column(page, 1), others = before.slice(1);
  await head(page, 1).locator('button').click();
  const names = (await column(page, 1))[0];
  is(
    names,
    [...before[0]].sort(new Intl.Collator('id').compare),
    'names are sorted as Indonesian does',
  );
  is(await head(page, 1).getAttribute('aria-sort'), 'ascending', 'and the head says so');
  is((await column(page, 1)).slice(1), others, 'another group stays as it was');
  await head(page, 1).locator('button').click();
  is((await column(page, 1))[0], [...names].reverse(), 'a second click turns them round');
  await head(page, 2).locator('button').click();
  const values = (await column(page, 2))[0].map(Number);
  is(
    values,
    [...values].sort((a, b) => b - a),
    'figures begin with the largest, by their machine values',
  );
  is(await head(page, 1).getAttribute('aria-sort'), null, 'only one head says that it sorts');
  await page.keyboard.press('Enter');
  is(
    (await column(page, 2))[0].map(Number),
    [...values].reverse(),
    'the keyboard does the same, and keeps its place',
  );
  await head(page, 3).locator('button').click();
  const changes = (await column(page, 3))[0];
  const known = changes.filter((change) => !Number.isNaN(Number(change)));
  is(changes.slice(0, known.length), known, 'what has no value comes last');
  await head(page, 3).locator('button').click();
  is((await column(page, 3))[0].slice(0, known.length), [...known].reverse(), 'both ways');
  await head(page, 0).locator('button').click();
  is((await column(page, 1))[0], before[0], 'the order that it had can be had again');
  is(said, [], 'and the console stays empty');
  await leave(browser, page);
}

const label = (page) => page.locator('form.pick button').first().textContent();
const stuck = (page) =>
  page.locator('form.pick').evaluate((form) => getComputedStyle(form).position);

async function basket() {
  const { page, said } = await open(browser, '/kota');
  is(await stuck(page), 'static', 'nothing stands in the way before somebody ticks a box');
  await page.getByLabel('Pilih Kota Madiun', { exact: true }).check();
  is(await label(page), 'Pilih sedikitnya satu lagi', 'one region is not enough to compare');
  await page.getByLabel('Pilih Kota Kediri', { exact: true }).check();
  is(await label(page), 'Bandingkan 2 daerah', 'the button counts');
  const names = page.locator('form.pick [data-names]');
  is(await names.textContent(), 'Kota Madiun, Kota Kediri', 'and they are named beside it');
  is(new URL(page.url()).hash, '#pilih=kota-madiun,kota-kediri', 'the address keeps them');
  is(await stuck(page), 'sticky', 'and the button is in view');
  await page.getByRole('link', { name: 'Peringkat', exact: true }).click();
  await page.waitForURL('**/peringkat/2024#*');
  is(
    await page.getByLabel('Pilih Kota Madiun', { exact: true }).isChecked(),
    true,
    'they come along to another list',
  );
  await page.getByLabel('Pilih Kota Jambi', { exact: true }).check();
  await page.getByRole('button', { name: 'Terapkan' }).click();
  await page.waitForURL('**/peringkat/2024?*#*');
  is(await label(page), 'Bandingkan 3 daerah', 'also through a filter');
  await page.reload();
  is(await label(page), 'Bandingkan 3 daerah', 'and stay when the page is loaded again');
  await page.locator('form.pick button').first().click();
  await page.waitForURL('**/banding?*');
  is(
    page.url(),
    `${base}/banding?kota=kota-madiun,kota-kediri,kota-jambi&putaran=2024`,
    'the button leads to the comparison in that round',
  );
  await page.goto(
    `${base}/kota#pilih=kota-madiun,kota-kediri,kota-jambi,kota-batu,kota-bogor,kota-depok,<b>`,
  );
  await page.reload();
  is(await label(page), 'Bandingkan 6 daerah, paling banyak', 'six are the most');
  is(
    await page.getByLabel('Pilih Kota Bandung', { exact: true }).isDisabled(),
    true,
    'and no seventh can be ticked',
  );
  await page.getByRole('button', { name: 'Kosongkan' }).click();
  is(
    [await page.locator('.choose:checked').count(), new URL(page.url()).hash],
    [0, ''],
    'all can be dropped at once',
  );
  is(
    await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]),
    [0, 0, ''],
    'nothing is stored',
  );
  is(said, [], 'and the console stays empty');
  await leave(browser, page);
}

async function without() {
  const { page } = await open(browser, '/kota', { javaScriptEnabled: false });
  await page.getByLabel('Pilih Kota Madiun', { exact: true }).check();
  await page.getByLabel('Pilih Kota Kediri', { exact: true }).check();
  is(await stuck(page), 'sticky', 'without script the button comes into view too');
  await page.getByRole('button', { name: 'Bandingkan yang dicentang' }).click();
  await page.waitForURL('**/banding?*');
  ok((await page.textContent('h1')).includes('Kota Kediri'), 'and compares', page.url());
  is(
    await page.locator('[data-print]:visible').count(),
    0,
    'a button that could do nothing is not there',
  );
  await leave(browser, page);
}

async function printing() {
  const { page } = await open(browser, '/kota/kota-kediri/2022');
  await page.evaluate(() => { window.print = () => { document.title = 'printed'; }; });
  await page.getByRole('button', { name: 'Cetak satu lembar A4' }).click();
  is(await page.title(), 'printed', 'a button prints');
  await leave(browser, page);
}

// Layout shifts as the browser counts them, while the script does its part.
async function still() {
  const longest = [['/peringkat/simulasi', 1280], ['/kota', 360]];
  for (const [path, width] of [['/peringkat/2024', 360], ...(every ? longest : []), ['/', 1280]]) {
    const { page } = await open(browser, path, { width });
    const shift = await page.evaluate(() => new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
    }));
    ok(shift < 0.01, `${path} at ${width} px: nothing jumps`, shift);
    await leave(browser, page);
  }
}

// Not of the script, but seen best beside it: the head of a long table does not scroll away.
async function heads() {
  const { page } = await open(browser, '/peringkat/simulasi', { reducedMotion: 'reduce' });
  await page.evaluate(() =>
    scrollTo(0, document.querySelector('table.ranking tbody').getBoundingClientRect().top + 500),
  );
  is(
    await page.$$eval('table.ranking thead th', (all) => [
      ...new Set(
        all.map(
          (th) =>
            Math.round(th.getBoundingClientRect().bottom) > 20 &&
            Math.round(th.getBoundingClientRect().top),
        ),
      ),
    ]),
    [0],
    'the head of a long table stays in view',
  );
  await leave(browser, page);
}

await sorting();
await heads();
await basket();
await without();
await printing();
await still();
await browser.close();
done();
