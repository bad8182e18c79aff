// What desk_files.t speaks of.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { axe, base, every, launch, overflow } from './browser.mjs';
import { net } from './net.mjs';
import { done, ok } from './tap.mjs';

const { cookies, fresh, wins } = JSON.parse(process.env.CITY);
const seed = (name) => readFileSync(`tests/fuzz/seeds/media/${name}`);
const picture = { name: 'rak.png', mimeType: 'image/png', buffer: seed('good.png') };
const photo = { name: 'pasar.jpg', mimeType: 'image/jpeg', buffer: seed('good.jpg') };
const slow = await net();
const browser = await launch();
const enter = (context, whose) => context.addCookies(
  Object.entries(whose).map(([name, value]) => ({ name, value, url: base })));
const context = await browser.newContext({ locale: 'id-ID',
                                           viewport: { width: 360, height: 740 } });
await enter(context, cookies);
const page = await context.newPage();
const asked = [], faults = [];
page.on('dialog', (dialog) => { asked.push(dialog.type()); dialog.accept(); });
const open = (win) => page.goto(`${slow.address}/meja/quickwin/${win}/berkas`);
const button = (name) => page.getByRole('main').getByRole('button', { name, exact: true });
const follow = (what) => Promise.all([page.waitForNavigation(), what.click()]);
const note = (name) => page.locator(`[data-${name}]`);
const look = async ({ long = false } = {}) => {
  if (await overflow(page) > 0) faults.push(`${page.url()} is wider than 360 pixels`);
  if (every || !long) faults.push(...await axe(page));
};
const captions = () => page.locator('.files input[type=text]').evaluateAll(
  (all) => all.map(({ value }) => value));
const chosen = () => page.locator('#file').evaluate(
  ({ files }) => [...files].map(({ name }) => name));

// Before anything is sent.
await open(wins[0]);
const large = `${mkdtempSync(join(tmpdir(), 'berkas-'))}/besar.pdf`;
writeFileSync(large, Buffer.alloc(12.3 * 1048576));
await page.setInputFiles('#file', large);
rmSync(dirname(large), { recursive: true });
ok((await note('large').innerText()).includes('besar.pdf (12,3 MB)'), 'what is too large is named');
await page.fill('#caption', 'Rak sayur');
await button('Unggah').click();
ok(slow.sent === 0 && await note('large').isVisible(), 'and not sent');
await look({ long: true });

// While it is sent, and when that fails.
await open(wins[0]);
ok(asked.splice(0).join() === 'beforeunload', 'what was chosen is not left without a question');
await page.setInputFiles('#file', [picture, photo]);
await page.fill('#caption', 'Rak sayur');
Object.assign(slow, { hold: 1 });
await button('Unggah').click();
await note('checking').waitFor();
ok(await note('sending').isHidden(), 'what has arrived is being looked at');
slow.off = true;
await page.evaluate(() => document.querySelector('[data-stop]').click());
await note('stopped').waitFor();
ok((await chosen()).length === 2 && await page.inputValue('#caption') === 'Rak sayur',
   'what did not arrive is still chosen');
slow.off = false;
await follow(button('Unggah'));
ok(page.url().endsWith('?tambah=2') && await page.locator('.files > li').count() === 2,
   'and is there once when it is sent again', page.url());
ok(asked.length === 0, 'nobody is asked about what was sent');
await page.setInputFiles('#file', { name: 'catatan.txt', mimeType: 'text/plain',
                                    buffer: Buffer.from('halo') });
await page.fill('#caption', 'Catatan');
await button('Unggah').click();
await page.locator('.errors', { hasText: 'catatan.txt' }).waitFor();
ok(await page.inputValue('#caption') === 'Catatan' &&
   await page.locator('.errors').evaluate((box) => box === document.activeElement),
   'what is refused is told where it was, and what was typed stays');
await look();

// A session that ends.
await open(wins[0]);
asked.length = 0;
await page.setInputFiles('#file', { name: 'lain.jpg', mimeType: 'image/jpeg',
                                    buffer: seed('place.jpg') });
await page.fill('#caption', 'Pasar pagi');
await context.clearCookies();
await button('Unggah').click();
await note('ended').waitFor();
ok((await chosen()).length === 1, 'whose session is over has lost nothing');
await enter(context, fresh);
await follow(button('Unggah'));
ok(await page.locator('.files > li').count() === 3, 'and goes on after signing in elsewhere');

// Captions and order.
await page.locator('.files input[type=text]').nth(1).fill('Pasar sayur');
await page.goto(`${slow.address}/meja`);
ok(asked.join() === 'beforeunload', 'a caption that was typed is not left without a question',
   asked.join());
await open(wins[0]);
await page.locator('.files input[type=text]').nth(1).fill('Pasar sayur');
await page.getByRole('button', { name: 'Naikkan lain.jpg' }).press('Enter');
await page.waitForURL(/pindah#berkas-/);
ok((await captions()).join() === 'Rak sayur,Pasar pagi,Pasar sayur',
   'a file goes up, what was typed is saved', (await captions()).join());
await page.locator('.files input[type=text]').first().fill('Rak');
await page.locator('.files input[type=text]').first().press('Enter');
await page.waitForURL(/simpan$/);
ok((await captions())[0] === 'Rak', 'Enter in a caption saves it');
await follow(page.getByRole('button', { name: 'Hapus rak.png' }));
await look();
await follow(page.getByRole('button', { name: 'Kembalikan rak.png' }));
ok((await captions()).join() === 'Rak,Pasar pagi,Pasar sayur', 'what was deleted comes back',
   (await captions()).join());
ok(asked.length === 1, 'and buttons ask nothing', asked.join());
await look({ long: true });
ok(faults.length === 0, 'axe finds nothing, and each fits a phone', faults.join('\n'));
await context.close();
slow.close();
await browser.close();
done();
