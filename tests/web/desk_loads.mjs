// How many pages lie between signing in and a quick win that was sent with three pictures. Nothing
// that was typed may be missing in what was sent.
import { axe, base, every, launch, overflow } from './browser.mjs';
import { done, ok } from './tap.mjs';

const MOST = 8;
const { email, password, codes } = JSON.parse(process.env.CITY);
const pictures = ['good.jpg', 'good.png', 'good.webp'].map(
  (name) => `tests/fuzz/seeds/media/${name}`);
const told = { summary: 'Warga menukar sampah.', problem: 'Sampah menumpuk di gang.',
               solution: 'Mobil keliling tiap pekan.', agency: 'Dinas Lingkungan Hidup' };
const browser = await launch();

async function send(how, javaScriptEnabled) {
  const context = await browser.newContext({ locale: 'id-ID', javaScriptEnabled,
                                             viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  let loads = 0;
  const faults = [];
  page.on('load', () => { loads += 1; });
  const press = (role, name) => Promise.all([
    page.waitForNavigation(),
    page.getByRole('main').getByRole(role, { name, exact: true }).first().click()]);
  // Pages with files are what desk_files.mjs looks at.
  const look = async ({ long = false } = {}) => {
    const { pathname } = new URL(page.url());
    if (await overflow(page) > 0) faults.push(`${pathname} is wider than 360 pixels`);
    if (javaScriptEnabled && (every || !long)) {
      faults.push(...(await axe(page)).map((fault) => `${pathname}: ${fault}`));
    }
  };

  await page.goto(`${base}/masuk`);
  await page.fill('#email', email);
  await page.fill('#password', password);
  await press('button', 'Lanjut');
  await page.fill('#code', codes.pop());
  await press('button', 'Masuk');
  await press('link', 'Tulis quick win baru');
  const title = `Bank sampah keliling, ${how}`;
  await page.fill('#title', title);
  await page.selectOption('#dimension', 'environment');
  await press('button', 'Mulai menulis');
  for (const [name, text] of Object.entries(told)) await page.fill(`#${name}`, text);
  await press('button', 'Simpan lalu ke berkas');
  await page.setInputFiles('#file', pictures);
  await page.fill('#caption', 'Mobil di lapangan');
  await press('button', 'Unggah lalu periksa');
  const check = await page.getByRole('main').innerText();
  ok(Object.values(told).every((text) => check.includes(text)),
    `${how}: all that was typed is there`, check);
  await press('button', 'Kirim ke kantor program');
  const receipt = await page.getByRole('main').innerText();
  ok(receipt.includes('Tanda terima') && receipt.includes(title), `${how}: it is sent`, receipt);
  ok(loads <= MOST, `${how}: after ${loads} pages`);
  await look();
  const win = page.url().match(/quickwin\/(\d+)/)[1];
  await page.goto(`${base}/meja/quickwin/${win}/berkas`);
  ok(await page.locator('main img').count() === pictures.length, `${how}: with three pictures`);
  await look({ long: true });
  ok(faults.length === 0, `${how}: axe finds nothing, and the pages fit`, faults.join('\n'));
  await context.close();
}

await send('with script', true);
await send('without script', false);
await browser.close();
done();
