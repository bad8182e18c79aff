// What desk_editions.t speaks of.
import { axe, base, launch, overflow } from './browser.mjs';
import { done, ok } from './tap.mjs';

const { code, password, packages, people } = JSON.parse(process.env.OFFICE);
const MOST = 60;    // looks at a job, each a page of its own where there is no script
const browser = await launch();
const faults = [];

async function enter(cookies, javaScriptEnabled) {
  const context = await browser.newContext({ locale: 'id-ID', javaScriptEnabled,
                                             viewport: { width: 360, height: 740 } });
  await context.addCookies(
    Object.entries(cookies).map(([name, value]) => ({ name, value, url: base })));
  const page = await context.newPage();
  page.on('dialog', (dialog) => dialog.accept());
  const main = page.getByRole('main');
  const press = async (role, name) => {
    await Promise.all([page.waitForNavigation(),
                       main.getByRole(role, { name, exact: true }).first().click()]);
    if (await overflow(page) > 0) faults.push(`${page.url()} is wider than 360 pixels`);
  };
  return {
    open: (path) => page.goto(`${base}${path}`),
    bring: async (file) => {
      await page.goto(`${base}/meja/terbitan`);
      await page.setInputFiles('#package', file);
      await press('button', 'Kirim dan periksa');
    },
    press: (name) => press('button', name),
    follow: (name) => press('link', name),
    write: (field, text) => page.fill(field, text),
    offers: async (name) => await main.getByRole('button', { name, exact: true }).count() > 0,
    heading: () => page.locator('h1').innerText(),
    text: () => main.innerText(),
    look: async () => {
      if (javaScriptEnabled) {
        faults.push(...(await axe(page)).map((fault) => `${page.url()}: ${fault}`));
      }
    },
    // Who is asked for a proof gives the password, once.
    prove: async () => {
      if (await page.locator('#proof').count() === 0) return;
      await page.fill('#proof', password);
      await press('button', 'Lanjutkan');
    },
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

const [first, second] = [await enter(people[0], true), await enter(people[1], false)];

// From a package to a preview that both have opened; the first asks for its publication.
async function ask(file, reason) {
  await first.bring(file);
  await first.ended();
  await first.look();
  await first.press('Hitung pratinjau');
  await first.ended();
  await first.follow('Baca pratinjau');
  ok(!await first.offers('Minta terbit'), 'who has not opened a preview does not ask');
  await first.press('Buka pratinjau');
  await first.look();
  if (reason) {
    await first.press('Minta terbit');
    await first.prove();
    ok((await first.text()).includes('koreksi selalu beralasan'), 'a correction has a reason');
    await first.write('#reason', reason);
  }
  await first.press('Minta terbit');
  await first.prove();
  ok(!await first.offers('Setujui dan terbitkan'), 'the same person does not confirm');
  await second.open('/meja/terbitan');
  await second.follow(new RegExp(`^Baca lalu setujui.*${code}`));
  ok(!await second.offers('Setujui dan terbitkan'), 'nor does who has not opened it');
  await second.press('Buka pratinjau');
}

async function confirm() {
  await second.press('Setujui dan terbitkan');
  await second.prove();
  await second.ended();
}

await ask(packages.first);
await confirm();
await second.open(`/meja/terbitan/${code}`);
ok((await second.text()).includes('terbitan ke-1'), 'it is published, without script',
  await second.text());

await ask(packages.corrected, 'Nilai tersalin keliru.');
await first.look();
await confirm();
await first.open(`/meja/terbitan/${code}`);
const history = await first.text();
ok(history.includes('terbitan ke-2') && history.includes('Nilai tersalin keliru.'),
  'so is its correction, with the reason', history);
await first.look();

await first.bring(packages.corrected);
await first.ended();
await first.press('Hitung pratinjau');
await first.ended();
await first.follow('Baca pratinjau');
await first.press('Buka pratinjau');
ok(await first.heading() === 'Tidak ada yang berubah', 'what changes nothing is said to');
ok(!await first.offers('Minta terbit'), 'and can not be asked for');
ok(faults.length === 0, 'axe finds nothing, and the pages fit', faults.join('\n'));
await browser.close();
done();
