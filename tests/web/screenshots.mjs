// Writes every page, narrow and wide, light and dark, as a PNG into the folder that is named; called by `make screenshots`.
// Further words take those addresses only that begin with one of them.
import { mkdirSync } from 'node:fs';
import { launch, open } from './browser.mjs';
import { absent, routes } from './routes.mjs';

const [folder, ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const path of [...routes, ...absent]) {
  if (wanted.length && !wanted.some((start) => (start === '/' ? path === start : path.startsWith(start)))) continue;
  const name = path === '/' ? 'home' : path.slice(1).replaceAll(/[^a-z0-9]+/gi, '-');
  const { page } = await open(browser, path);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.screenshot({ path: `${folder}/${name}-${width}-${scheme}.png`, fullPage: true });
    }
  }
  await page.context().close();
}
await browser.close();
