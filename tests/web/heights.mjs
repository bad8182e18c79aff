// How far down things stand: the ranking begins on the first screen, the first page shows what it
// has found, the search and a picture there, and long pages end in time on a phone.
import { launch, leave, open } from './browser.mjs';
import { done, ok } from './tap.mjs';

const phone = { width: 360, height: 640 }, screen = { width: 1280, height: 720 };
const browser = await launch();

/** Measures something on a page, and holds it to a ceiling. */
async function hold(path, size, measure, most, name) {
  const { page } = await open(browser, path, size);
  const pixels = await page.evaluate(measure);
  ok(pixels !== null && pixels <= most,
     `${path} at ${size.width} px: ${name} at ${most} px or above`, pixels);
  await leave(browser, page);
}

const row = () => document.querySelector('table.ranking tbody tr')?.getBoundingClientRect().top;
const whole = () => document.documentElement.scrollHeight;
const first = () => {
  const parts = ['.hero h1', '.hero form.search', '.hero figure svg'];
  const ends = parts.map((part) => document.querySelector(part)?.getBoundingClientRect().bottom);
  return Math.max(...ends.map((end) => end ?? Infinity));
};

await hold('/peringkat/2024', screen, row, 560, 'the first city');
await hold('/peringkat/2024', phone, row, 640, 'the first city');
await hold('/peringkat/2024?daerah=kota-makassar', phone, row, 640, 'the first city');
await hold('/', screen, first, 720, 'the finding, the search and the picture');
await hold('/', phone, first, 640, 'the finding, the search and the picture');
await hold('/kota/kota-kediri?putaran=2022', phone, whole, 6000, 'the end');
await hold('/banding?kota=kota-madiun,kota-serang,kota-kediri', phone, whole, 4500, 'the end');
// A bar begins where its axis does, and stands beside its number.
const askew = () => [...document.querySelectorAll('table:has(.gauge .scale)')].flatMap((table) => {
  const zero = table.querySelector('.gauge .scale').getBoundingClientRect().left;
  return [...table.querySelectorAll('td.gauge .bar')].map((bar) => {
    const at = bar.getBoundingClientRect();
    return at.width === 0 ? 0 : Math.abs(at.left - zero);
  });
}).reduce((most, one) => Math.max(most, one), -1);
for (const path of ['/kota/kota-kediri?putaran=2022', '/peringkat/2024', '/dimensi/governance/2022',
                    '/kota/kota-kediri?daerah=kota-makassar'])
  await hold(path, screen, askew, 1, 'bars of another place than their axis');
await browser.close();
done();
