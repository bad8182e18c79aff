// Writes into a form whose session ends meanwhile, signs in again in another tab, and goes on.
import { base, launch, overflow } from './browser.mjs';
import { done, ok } from './tap.mjs';

const browser = await launch();
const context = await browser.newContext({
  locale: 'id-ID',
  viewport: { width: 1280, height: 900 },
});
const cookies = Object.entries(JSON.parse(process.env.COOKIES)).map(([name, value]) => ({
  name,
  value,
  url: base,
}));
await context.addCookies(cookies);
const page = await context.newPage();
const path = `${base}/meja/quickwin/${process.env.WIN}/ubah`;
await page.clock.install();
await page.goto(path);
// The page's clock stands still, so that nothing is saved by itself before the test says so.
await page.clock.pauseAt(Date.now() + 60000);

const MOST = 20000;    // milliseconds of ours, however many pass for the page
const isTold = (name) => page.locator(`[data-note=${name}]`).isVisible();

/** Lets seconds pass for the page until it tells this. */
async function told(name) {
  for (const began = Date.now(); Date.now() - began < MOST;) {
    if (await isTold(name)) return true;
    await page.clock.runFor(1000);
  }
  return false;
}

const [fields, aside] = await Promise.all(
  ['.c8', '.beside'].map((part) => page.locator(part).boundingBox()),
);
ok(
  aside.x > fields.x + fields.width - 1 && aside.y < fields.y + 40,
  'what was saved stands beside the fields',
);
await page.evaluate(() => window.scrollTo(0, 1500));
ok(
  (await page.getByRole('button', { name: 'Simpan draf' }).isVisible()) &&
    (await page.locator('.beside').boundingBox()).y >= 0,
  'and stays in sight',
);

await context.clearCookies();
await page.fill('#summary', 'Ditulis sesudah sesi berakhir.');
ok(await isTold('changed'), 'that something is not saved yet is told at once');
ok(await told('ended'), 'so is that the session has ended');
ok(
  (await page.locator('#summary').inputValue()) === 'Ditulis sesudah sesi berakhir.' &&
    page.url() === path,
  'and nothing is lost',
);
await context.addCookies(cookies);
await page.fill('#agency', 'Dinas Kesehatan');
ok(await told('saved'), 'after signing in again it goes on by itself');
await page.reload();
ok(
  (await page.locator('#summary').inputValue()) === 'Ditulis sesudah sesi berakhir.',
  'and is saved',
);

const warning = page.locator('.ending');
ok(await warning.isHidden(), 'nothing is said of an end that is far off');
await page.clock.runFor(25 * 60000);
ok(await warning.isVisible(), 'five minutes before the session ends that is told');
await warning.getByRole('button').click();
for (const began = Date.now(); Date.now() - began < MOST && (await warning.isVisible());)
  await page.clock.runFor(1000);
ok(await warning.isHidden(), 'and one goes on by a button');

await page.setViewportSize({ width: 640, height: 450 });
await page.locator('#summary').focus();
ok(await overflow(page) <= 0, 'at 200 % nothing sticks out');

// Nothing is cut in silence.
for (const [path, field, most] of [['baru', '#title', 500], [process.env.SENT, '#why', 8000]]) {
  await page.goto(`${base}/meja/quickwin/${path}`);
  await page.locator('details').evaluateAll((all) => all.forEach((each) => { each.open = true; }));
  await page.fill(field, 'é'.repeat(most + 3));
  const note = page.locator(`.entry:has(${field}) [data-over]`);
  ok((await page.inputValue(field)).length === most + 3 &&
     (await note.innerText()).includes('3 huruf'), `${field}: letters too many are counted`);
  await page.fill(field, 'é'.repeat(most - 3));
  ok(await note.isHidden() &&
     (await page.locator(`.entry:has(${field}) [data-under]`).innerText()).startsWith('3 huruf'),
     'and those that are left');
}
await browser.close();
done();
