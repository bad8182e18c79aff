// What desk_agencies.t speaks of.
import { axe, base, launch, overflow } from './browser.mjs';
import { done, ok } from './tap.mjs';

const { tail, owner: account, people } = JSON.parse(process.env.CITY);
const browser = await launch();
const faults = [];

async function enter(cookies, javaScriptEnabled) {
  const context = await browser.newContext({ locale: 'id-ID', javaScriptEnabled,
                                             viewport: { width: 360, height: 740 } });
  await context.addCookies(
    Object.entries(cookies).map(([name, value]) => ({ name, value, url: base })));
  const page = await context.newPage();
  const main = page.getByRole('main');
  const look = async () => {
    if (await overflow(page) > 0) faults.push(`${page.url()} is wider than 360 pixels`);
    if (javaScriptEnabled) {
      faults.push(...(await axe(page)).map((fault) => `${page.url()}: ${fault}`));
    }
  };
  return {
    page,
    open: async (path) => {
      await page.goto(`${base}${path}`);
      await look();
    },
    press: async (role, name) => {
      await Promise.all([page.waitForNavigation(),
                         main.getByRole(role, { name }).first().click()]);
      await look();
    },
    text: () => main.innerText(),
  };
}

const [operator, owner] = [await enter(people[0], true), await enter(people[1], false)];

await operator.open('/meja/dinas');
await operator.page.getByLabel('Nama', { exact: true }).fill(`Dinas ${tail}`);
await operator.page.getByLabel('Living').selectOption('lead');
await operator.press('button', 'Tambahkan');
await operator.open(`/meja/pengguna/${account}`);
await operator.page.getByLabel('Living').check();
await operator.page.getByLabel('Lewat operator kota').check();
await operator.page.getByLabel('Perangkat daerah pengampu').selectOption(`Dinas ${tail}`);
await operator.press('button', 'Simpan peran');
ok((await operator.text()).includes('Pengampu Governance, Living'), 'a scope of two dimensions');

await owner.open('/meja/quickwin/baru');
ok((await owner.page.getByLabel('Dimensi').innerText()).split('\n').length === 3,
   'an owner of two dimensions chooses between them');
await owner.page.getByLabel('Nama program').fill(`Serah ${tail}`);
await owner.page.getByLabel('Dimensi').selectOption('living');
await owner.press('button', 'Mulai menulis');
for (const field of ['summary', 'problem', 'solution', 'agency', 'started']) {
  await owner.page.fill(`#${field}`, '2024');
}
await owner.press('button', /periksa/);
await owner.press('button', 'Serahkan ke operator kota');
ok((await owner.text()).includes('Diserahkan'), 'and hands the draft to the operator');

await operator.open('/meja');
await operator.press('link', 'Baca');
await operator.press('link', `Serah ${tail}`);
await operator.page.locator('summary', { hasText: 'Minta pengampu' }).click();
await operator.page.getByLabel('Yang diminta').fill('Berapa biayanya?');
await operator.press('button', 'Minta');
await owner.open('/meja');
await owner.press('link', /^Jawab/);
await owner.page.getByLabel('Jawaban').fill('Seratus juta');
await owner.press('button', 'Sudah, jawab');
await operator.open('/meja');
await operator.press('link', /^Periksa/);
ok((await operator.text()).includes('Seratus juta'), 'who asks, and reads the answer');
await operator.press('button', /^Tutup permintaan/);

await operator.open('/meja/pengguna');
await operator.press('link', 'Undang banyak sekaligus');
await operator.page.getByLabel('Satu baris satu orang').fill(
  `a.${tail}@uji.go.id; Ana; living\nsalah; X; living`);
await operator.press('button', 'Undang semuanya');
const said = await operator.text();
ok(said.includes('1 orang diundang') && said.includes('Baris 2, salah; X; living: alamat email'),
   'of a list the sound line goes out, the other one says its fault');
ok(await operator.page.getByLabel('Satu baris satu orang').inputValue() === 'salah; X; living',
   'and stays to be mended');
await operator.open('/meja/pengguna?keadaan=never');
await operator.press('link', 'Ana');
await operator.page.getByLabel('Alasan menutup').fill('Keliru');
await operator.press('button', /^Tutup akun/);
await operator.press('button', 'Buka lagi');
ok((await operator.text()).includes('Belum datang'), 'an account is closed and opened again');

ok(faults.length === 0, 'every page fits 360 pixels and axe has nothing to say', faults.join('\n'));
await browser.close();
done();
