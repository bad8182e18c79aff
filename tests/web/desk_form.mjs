// Writes into a form whose session ends meanwhile, signs in again in another tab, and goes on.
import { base, launch, overflow } from './browser.mjs';
import { done, ok } from './tap.mjs';

const browser = await launch();
const context = await browser.newContext({ locale: 'id-ID', viewport: { width: 1280, height: 900 } });
const cookies = Object.entries(JSON.parse(process.env.COOKIES)).map(([name, value]) => ({ name, value, url: base }));
await context.addCookies(cookies);
const page = await context.newPage();
const path = `${base}/meja/quickwin/${process.env.WIN}/ubah`;
await page.goto(path);
const told = (name) => page.locator(`[data-${name}]:not([hidden])`).waitFor({ timeout: 15000 }).then(() => true, () => false);

const [fields, aside] = await Promise.all(['.c8', '.beside'].map((part) => page.locator(part).boundingBox()));
ok(aside.x > fields.x + fields.width - 1 && aside.y < fields.y + 40, 'what was saved stands beside the fields');
await page.evaluate(() => window.scrollTo(0, 1500));
ok(await page.getByRole('button', { name: 'Simpan draf' }).isVisible() && (await page.locator('.beside').boundingBox()).y >= 0, 'and stays in sight');

await context.clearCookies();
await page.fill('#summary', 'Ditulis sesudah sesi berakhir.');
ok(await told('changed'), 'that something is not saved yet is told at once');
ok(await told('ended'), 'so is that the session has ended');
ok(await page.locator('#summary').inputValue() === 'Ditulis sesudah sesi berakhir.' && page.url() === path, 'and nothing is lost');
await context.addCookies(cookies);
await page.fill('#agency', 'Dinas Kesehatan');
ok(await told('saved'), 'after signing in again it goes on by itself');
await page.reload();
ok(await page.locator('#summary').inputValue() === 'Ditulis sesudah sesi berakhir.', 'and is saved');

await page.setViewportSize({ width: 640, height: 450 });
await page.locator('#summary').focus();
ok(await overflow(page) <= 0, 'at 200 % nothing sticks out');
await browser.close();
done();
