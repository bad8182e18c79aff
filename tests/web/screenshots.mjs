// Writes every page in both languages, narrow and wide, light and dark, as a PNG into the folder
// that is named; called by `make screenshots`. Further words take those addresses only that begin
// with one of them.
import { mkdirSync } from 'node:fs';
import { launch, leave, open } from './browser.mjs';
import { absent, address, refused, routes } from './routes.mjs';

const [folder, ...wanted] = process.argv.slice(2);
const asked = (path) =>
  wanted.length === 0 ||
  wanted.some((start) => (start === '/' ? path === start : path.startsWith(start)));
const name = (path) => (path === '/' ? 'home' : path.slice(1, 60).replaceAll(/[^a-z0-9]+/gi, '-'));

async function take(browser, path, lang) {
  const { page } = await open(browser, address(path, lang));
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.screenshot({
        path: `${folder}/${name(path)}-${lang}-${width}-${scheme}.png`,
        fullPage: true,
      });
    }
  }
  await leave(browser, page);
}

mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const path of [...routes, ...absent, ...Object.keys(refused)].filter(asked)) {
  for (const lang of ['id', 'en']) await take(browser, path, lang);
}
await browser.close();
