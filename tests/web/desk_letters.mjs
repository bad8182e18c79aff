// What desk_letters.t speaks of.
import { axe, base, launch, overflow } from './browser.mjs';
import { done, ok } from './tap.mjs';

const { password, city, year, letter, people } = JSON.parse(process.env.LETTER);
const MOST = 60;    // looks at a job, each a page of its own where there is no script
const browser = await launch();
const faults = [];
const shots = process.env.SHOTS;
let clicks = 0, shot = 0;

async function enter(cookies, width, javaScriptEnabled = true) {
  const context = await browser.newContext({ locale: 'id-ID', javaScriptEnabled,
                                             viewport: { width, height: 740 } });
  await context.addCookies(
    Object.entries(cookies).map(([name, value]) => ({ name, value, url: base })));
  const page = await context.newPage();
  page.on('dialog', (dialog) => dialog.accept());
  const main = page.getByRole('main');
  const look = async () => {
    if (await overflow(page) > 0) faults.push(`${page.url()} is wider than ${width} pixels`);
    if (javaScriptEnabled && /surat|koreksi/.test(page.url())) {
      faults.push(...(await axe(page)).map((fault) => `${page.url()}: ${fault}`));
    }
    if (shots) await page.screenshot({ path: `${shots}/${++shot}-${width}.png`, fullPage: true });
  };
  const press = async (role, name, place = main) => {
    clicks += 1;
    await Promise.all([page.waitForNavigation(),
                       place.getByRole(role, { name }).first().click()]);
    // The page of a job renews itself.
    if (await page.locator('[data-live]').count() === 0) await look();
  };
  return {
    page,
    open: async (path) => { await page.goto(`${base}${path}`); await look(); },
    press: (name) => press('button', name),
    follow: (name) => press('link', name),
    turn: (name) => press('link', name, page.getByRole('navigation')),
    text: async () => (await main.innerText()).replace(/\s+/g, ' '),
    // Until the job of this page has ended; a page with script renews itself.
    ended: async () => {
      const live = page.locator('[data-live]');
      if (javaScriptEnabled) await live.waitFor({ state: 'detached', timeout: 60000 });
      for (let n = 0; n < MOST && await live.count() > 0; n += 1) {
        await page.waitForNavigation({ timeout: 10000 });
      }
    },
  };
}

const operator = await enter(people[0], 360);
await operator.open(`/kota/${city}?putaran=${year}`);
await operator.follow('masuk lalu menyerahkannya');
ok(await operator.page.locator('#year').inputValue() === year, 'the year is chosen already');
clicks += 1;
await operator.page.setInputFiles('#file', letter);
await operator.press('Lanjut ke angkanya');
const words = {
  number: 'B-78/UJI/2024', issued: '25 November 2024', publisher: 'Ditjen Uji',
  overall: '3,31', baseline: '3,60', national_rank: '13', national_rank_of: '191',
};
for (const [field, text] of Object.entries(words)) await operator.page.fill(`#${field}`, text);
await operator.press('Simpan lalu periksa');
ok((await operator.text()).includes('Surat B-78/UJI/2024, 25 November 2024, Ditjen Uji'),
  'the check says how the source will be named', await operator.text());
await operator.press('Kirim ke kantor program');
ok((await operator.text()).includes('Orang kedua di kantor program'), 'the receipt, what follows');

const first = await enter(people[1], 1280);
await first.open('/meja');
await first.turn('Surat');
await first.follow(`Cocokkan ${words.number}`);
ok((await first.text()).includes('13 dari 191'), 'the letter stands beside its figures',
  await first.text());
await first.press('Cocok, benarkan');
await operator.open(`/kota/${city}?putaran=${year}`);
ok((await operator.text()).includes('Surat B-78/UJI/2024'), 'the page of the city has the figures');
await first.press('Kumpulkan dan hitung');
await first.ended();
await first.follow('Baca pratinjau');
await first.press('Buka pratinjau');
await first.page.fill('#reason', 'Surat hasil dari daerah.');
await first.press('Minta terbit');
ok(await first.page.locator('#proof').count() === 0, 'who has just proved it is not asked again');

// The first one sends the address of the preview.
const second = await enter(people[2], 360, false);
await second.open(new URL(first.page.url()).pathname);
await second.press('Buka pratinjau');
await second.press('Setujui dan terbitkan');
await second.ended();
ok(clicks < 15, `${clicks} clicks of three people`);
await second.follow('Lihat halaman umumnya');
ok((await second.text()).includes('Kota Magelang'), 'the ranking has the city',
  await second.text());
await operator.open('/koreksi');
const told = await operator.text();
ok(told.includes('B-78/UJI/2024') && told.includes('Surat hasil dari daerah.'),
  'corrections have the figures and the edition', told);
ok(faults.length === 0, 'axe finds nothing, and the pages fit', faults.join('\n'));
await browser.close();
done();
