// Writes into forms of quick wins as two people do, in tabs that know nothing of each other.
import { axe, base, launch, overflow } from './browser.mjs';
import { net } from './net.mjs';
import { done, ok } from './tap.mjs';

const MOST = 20000;    // milliseconds, of which a quiet machine takes few
const wins = JSON.parse(process.env.WINS), people = JSON.parse(process.env.COOKIES);
const browser = await launch();

async function person(cookies, more = {}) {
  const context = await browser.newContext({ locale: 'id-ID', ...more });
  await context.addCookies(
    Object.entries(cookies).map(([name, value]) => ({ name, value, url: base })),
  );
  return context;
}
const [city, owner] = await Promise.all(people.map((cookies) => person(cookies)));

const address = (win) => `${base}/meja/quickwin/${win}/ubah`;
const told = (page, name) => page.locator(`[data-note=${name}]:not([hidden])`)
  .waitFor({ timeout: MOST }).then(() => true, () => false);
const until = async (what) => {
  for (const began = Date.now(); Date.now() - began < MOST;) {
    if (await what()) return true;
    await new Promise((go) => { setTimeout(go, 100); });
  }
  return false;
};
async function open(context, win) {
  const page = await context.newPage();
  page.asked = 0;
  page.on('dialog', (dialog) => { page.asked += 1; dialog.accept(); });
  await page.goto(address(win));
  return page;
}
const said = (page, name) => page.locator(`#${name}`).inputValue();
/** What is stored, as a form that is opened now has it. */
async function stored(win, name) {
  const body = await (await city.request.get(address(win))).text();
  const found = body.match(
    new RegExp(`<textarea id="${name}"[^>]*>([^<]*)|<input id="${name}"[^>]*value="([^"]*)"`),
  );
  return found ? (found[1] ?? found[2]).replaceAll('&quot;', '"').replaceAll('&amp;', '&') : null;
}
const clean = async (page, name) => {
  const faults = await axe(page);
  ok(faults.length === 0, `axe finds nothing ${name}`, faults.join('\n'));
};
const save = (page) => page.getByRole('button', { name: 'Simpan draf' }).click();

// Every state that may be edited.
for (const [state, then] of [['returned', 'dikembalikan, sedang diperbaiki'],
                             ['published', 'draf']]) {
  const page = await open(city, wins[state]);
  await page.fill('#lesson', `Ditulis pada yang ${state}.`);
  ok(
    !(await page.locator('[data-note=saved]').isVisible()),
    `${state}: nothing is called saved while it is not`,
  );
  ok(await told(page, 'saved'), `${state}: saved by itself`);
  const shown = await page.locator('.keeping .state').innerText();
  ok(shown === then, 'into a draft', shown);
  ok(await stored(wins[state], 'lesson') === `Ditulis pada yang ${state}.`, 'and is there');
  await page.close();
}

// A field is wrong.
const page = await open(city, wins.draft);
await page.fill('#cost', 'banyak sekali');
await page.fill('#problem', 'Masalah yang tetap tersimpan.');
ok(await told(page, 'invalid'), 'a wrong field is told');
ok(
  await page
    .locator('#cost-e')
    .innerText()
    .then((text) => text.includes('jumlah rupiah')),
  'where it is',
);
ok(await page.title().then((title) => title.startsWith('Galat:')), 'and in the title');
ok(await stored(wins.draft, 'problem') === 'Masalah yang tetap tersimpan.', 'all else is saved');
await page.fill('#cost', 'Rp1.250.000,-');
await page.fill('#title', 'Draf dengan nama baru');
await page.fill('#lesson', 'Dibetulkan.');
ok(await told(page, 'saved'), 'put right, it is saved: nobody else was there');
ok(await stored(wins.draft, 'cost') === '1.250.000', 'as it is meant');
ok(
  (await page.locator('h1').innerText()) === 'Draf dengan nama baru',
  'the heading follows the name',
);
await page.fill('#cost', '3,5 juta');
await page.locator('#title').focus();
ok(
  await until(async () =>
    (await page.locator('[data-means]:visible').allInnerTexts()).some((text) =>
      text.includes('3.500.000'),
    ),
  ),
  'how a number was read is said',
);

// Enter stays, a line with more than one is one, and few letters left are counted.
await page.locator('#figure').fill('antrean');
await page.locator('#figure').press('Enter');
ok(await told(page, 'saved') && page.url() === address(wins.draft), 'Enter saves, and stays');
await page.fill('#lesson', 'x'.repeat(8003));
ok(
  (await page.locator('.entry:has(#lesson) [data-over]').innerText()).includes('3 huruf'),
  'letters too many are counted',
);
ok(
  (await told(page, 'invalid')) && (await said(page, 'lesson')).length === 8003,
  'and none is cut off',
);
await page.close({ runBeforeUnload: true });
ok(await until(() => page.asked > 0), 'who leaves with something unsaved is asked');

// The way out.
const out = await open(city, wins.draft);
await out.fill('#lesson', 'Ditulis sesaat sebelum pergi.');
await out.getByRole('link', { name: 'Meja kerja' }).first().click();
await out.waitForURL('**/meja');
ok(
  out.asked === 0 && (await stored(wins.draft, 'lesson')) === 'Ditulis sesaat sebelum pergi.',
  'a link takes what was written along',
);
await out.goto(address(wins.draft));
await out.fill('#lesson', 'Ditulis sesaat sebelum menutup.');
await out.close({ runBeforeUnload: true });
ok(
  await until(
    async () => (await stored(wins.draft, 'lesson')) === 'Ditulis sesaat sebelum menutup.',
  ),
  'and so does closing',
);

// Two people.
const [mine, theirs] = [await open(city, wins.draft), await open(owner, wins.draft)];
await theirs.fill('#contact', 'Dinas, Jalan Contoh 1');
await save(theirs);
ok(
  (await told(theirs, 'saved')) && theirs.url() === address(wins.draft),
  'the button saves, and stays',
);
await mine.fill('#lesson', 'Hanya dari kota.');
await save(mine);
ok(
  await until(async () => (await said(mine, 'contact')) === 'Dinas, Jalan Contoh 1'),
  'what only somebody else changed comes in by itself',
);
ok(await stored(wins.draft, 'lesson') === 'Hanya dari kota.', 'what only I changed is saved');
await theirs.fill('#lesson', 'Dari dinas.');
ok(await told(theirs, 'conflict'), 'who changes the same field second is told');
await theirs.fill('#partners', 'Kabupaten lain.');
ok(
  await until(async () => (await stored(wins.draft, 'partners')) === 'Kabupaten lain.'),
  'and goes on with all others',
);
await save(theirs);
await theirs.waitForURL('**/simpan');
ok(
  (await theirs.locator('.other-saved').count()) === 1 &&
    (await theirs.locator('.other-saved').innerText()).includes('Hanya dari kota.'),
  'both versions of the one field',
);
await clean(theirs, 'where one chooses between two versions');
await theirs.getByText('Pakai yang tersimpan').click();
ok(
  (await told(theirs, 'saved')) && (await said(theirs, 'lesson')) === 'Hanya dari kota.',
  'choosing is saved by itself',
);
await theirs.fill('#lesson', '');
await save(theirs);
ok(await told(theirs, 'saved'), 'emptied');
await mine.route('**/ubah', (route) => route.abort());    // this tab does not look by itself
await mine.fill('#lesson', 'Dari kota lagi.');
ok(await told(mine, 'conflict') || await told(mine, 'offline'), 'by the other again');
await mine.unroute('**/ubah');
await save(mine);
await mine.waitForURL('**/simpan');
ok(
  (await mine.locator('.other-saved').innerText()).includes('(kosong)'),
  'nothing is called empty',
);
await mine.goto(address(wins.draft));

// A slow net, and one that loses answers.
const slow = await net();
await mine.goto(address(wins.draft).replace(base, slow.address));
slow.delay = 2500;
await mine.fill('#lesson', 'Lambat.');
await until(() => slow.sent === 1);
await mine.fill('#lesson', 'Lambat, lalu ditulis terus.');
await save(mine);
ok(
  (await told(mine, 'saved')) &&
    (await stored(wins.draft, 'lesson')) === 'Lambat, lalu ditulis terus.',
  'the button waits for what is on its way',
);
slow.delay = 0;
slow.hold = 1;
await mine.fill('#lesson', 'Jawabannya hilang.');
ok(await told(mine, 'offline'), 'a lost answer is told');
await mine.fill('#lesson', 'Jawabannya hilang, lalu ditulis terus.');
ok(
  (await told(mine, 'saved')) &&
    (await stored(wins.draft, 'lesson')) === 'Jawabannya hilang, lalu ditulis terus.',
  'and all is saved when one comes',
);
await mine.goto(address(wins.draft));

// Sent in another tab.
const other = await open(city, wins.draft);
await other.goto(`${base}/meja/quickwin/${wins.draft}/periksa`);
await other.getByRole('button', { name: 'Kirim ke kantor program' }).click();
await other.waitForURL('**/terkirim');
ok(await told(mine, 'state'), 'what was sent in another tab is told at once');
ok(
  (await mine.getByRole('button', { name: 'Simpan draf' }).count()) === 0 ||
    !(await mine.getByRole('button', { name: 'Simpan draf' }).isVisible()),
  'and can not be saved any more',
);

// The session ends: the page that keeps the form is not left without a question.
const ended = await person(people[0]), last = await open(ended, wins.returned);
await ended.clearCookies();
await last.fill('#lesson', 'Ditulis sesudah sesi berakhir.');
ok(await told(last, 'ended'), 'that the session has ended is told');
await save(last);
await last.locator('form[data-kept] #email').waitFor();
await clean(last, 'where a form is kept');
await last.locator('form[data-kept] #email').click();
await last.close({ runBeforeUnload: true });
ok(await until(() => last.asked > 0), 'who leaves what is kept is asked');

// A phone.
const phone = await person(people[0], { viewport: { width: 360, height: 740 } });
const small = await open(phone, wins.returned);
ok(
  (await small.getByRole('button', { name: 'Simpan draf' }).isVisible()) &&
    (await small.locator('.keeping').boundingBox()).y < 740,
  'on a phone the buttons are in view',
);
await small.evaluate(() => window.scrollTo(0, 1500));
ok(
  (await small.locator('.keeping').boundingBox()).y < 740 &&
    (await small.locator('[data-note=saved]').boundingBox()).y < 740,
  'wherever one is',
);
ok(await overflow(small) <= 0, 'and nothing sticks out');
await browser.close();
slow.close();
done();
