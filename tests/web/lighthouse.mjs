// Lighthouse on the pages that most people see first, in both languages; its speed is that of a
// middling phone on a slow line.
import { launch as launchChrome } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { base, chromiumPath } from './browser.mjs';
import { address } from './routes.mjs';
import { done, ok } from './tap.mjs';

const LEAST = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 };
const ATTEMPTS = 5;
const settings = { onlyCategories: Object.keys(LEAST), disableFullPageScreenshot: true };
const pages = ['/', '/peringkat/2024', '/kota/kota-kediri'];

async function measure(chrome, path) {
  const { lhr } = await lighthouse(base + path, {
    port: chrome.port,
    logLevel: 'silent',
    ...settings,
  });
  const scores = Object.fromEntries(
    Object.keys(LEAST).map((category) => [
      category,
      Math.round(lhr.categories[category].score * 100),
    ]),
  );
  const lost = Object.values(lhr.categories)
    .flatMap((category) => category.auditRefs)
    .filter(
      ({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1,
    )
    .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ''}`);
  if (lhr.runtimeError) lost.push(lhr.runtimeError.message);
  return { scores, lost };
}

const enough = ({ scores }) =>
  Object.keys(LEAST).every((category) => scores[category] >= LEAST[category]);

const chrome = await launchChrome({
  chromePath: chromiumPath,
  chromeFlags: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
  ],
});
for (const path of pages.flatMap((page) => [page, address(page, 'en')])) {
  let result = await measure(chrome, path);
  // Speed depends on what else the machine does; the best of some is the page's own.
  for (let attempt = 1; attempt < ATTEMPTS && !enough(result); attempt += 1) {
    const other = await measure(chrome, path);
    if (other.scores.performance >= result.scores.performance) result = other;
  }
  const words = Object.entries(result.scores)
    .map(([category, score]) => `${category} ${score}`)
    .join(', ');
  ok(enough(result), `${path}: ${words}`, result.lost.join('\n'));
}
await chrome.kill();
done();
