// Every page in a real browser: accessible, quiet, inside its window, and with pictures that say
// what its tables say. By default one of each kind is seen, in one way, in turn (views.mjs), every
// second one by axe, and its colours of every fourth. TOLOK_ALL=1 takes all in every combination;
// axe sees those of the usual widths.
import { axe, every, launch, leave, open, overflow } from './browser.mjs';
import { numbers } from './numbers.mjs';
import { absent, address, refused, routes } from './routes.mjs';
import { done, ok } from './tap.mjs';
import { usual, views, words } from './views.mjs';

const NARROWEST = 320, SMALLEST_TARGET = 24;

// What is no link inside a text must be large enough to hit, and all of it: WCAG 2.5.8.
const small = (least) =>
  [
    ...document.querySelectorAll(
      'button, input:not([type=hidden]), select, summary, nav a, .button, .chips a, .rounds a',
    ),
  ]
    .map((target) => [target, target.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.height < least - 0.5 || box.width < least - 0.5))
    .map(
      ([target, box]) =>
        `${target.outerHTML.slice(0, 80)} ${Math.round(box.width)} x ${Math.round(box.height)}`,
    );

// Pages of a kind are made by the same template, with or without a query: all but the first part of
// the path may be anything.
const kind = (path) => path.replace(/[?].*/, '?').replaceAll(/(?<=.)[/][^/?]+/g, '/*');
// Of a kind the last is the fullest: that of a simulated round, where there is one.
const fullest = (paths) => new Set(new Map(paths.map((path) => [kind(path), path])).values());

let compared = 0;
async function look(browser, path, view, expected, { thorough, colours }) {
  const { lang, ...settings } = view;
  const { page, response, said } = await open(browser, address(path, lang), settings);
  const name = `${path.slice(0, 100)} at ${words(view)}`;
  ok(response.status() === expected, `${name}: status ${expected}`, response.status());
  const loud = said.filter((line) => expected === 200 || !line.includes(String(expected)));
  ok(loud.length === 0, `${name}: the console stays empty`, loud.join('\n'));
  const figures = await numbers(page);
  compared += figures.compared;
  ok(
    figures.faults.length === 0,
    `${name}: pictures and tables have the same numbers`,
    figures.faults.join('\n'),
  );
  const tiny = await page.evaluate(small, SMALLEST_TARGET);
  ok(tiny.length === 0, `${name}: nothing is too small to hit`, tiny.join('\n'));
  if (view.width < 1000) await page.setViewportSize({ width: NARROWEST, height: 900 });
  const wide = await overflow(page);
  ok(wide <= 0, `${name}: nothing sticks out of the window, nor at ${NARROWEST} px`, `${wide} px`);
  if (view.width < 1000) await page.setViewportSize({ width: view.width, height: 900 });
  if (thorough) {
    const found = await axe(page, { colours });
    ok(found.length === 0, `${name}: axe finds nothing`, found.join('\n'));
  }
  await leave(browser, page);
}

const browser = await launch();
const all = [
  ...routes.map((path) => [path, 200]),
  ...absent.map((path) => [path, 404]),
  ...Object.entries(refused),
];
const full = fullest(all.map(([path]) => path));
const seen = every ? all : all.filter(([path]) => full.has(path));
// What is not there, or is refused, is one page with other words, but for that of comparisons: axe
// sees it once for each status.
const same = ([path, status]) => status === 200 || path.startsWith('/banding') ? path : status;
const alone = new Set(new Map(seen.toReversed().map((each) => [same(each), each[0]])).values());
for (const [number, [path, status]] of seen.entries()) {
  const turn = Math.floor(number / 4) % 2;
  const ways = views(number);
  for (const view of every ? ways : [ways[turn]]) {
    await look(browser, path, view, status, {
      thorough: every ? usual.includes(view.width) : alone.has(path) && number % 2 === 0,
      colours: every || number % 4 === 0,
    });
  }
}
await browser.close();
ok(compared > (every ? 500 : 250), `${compared} numbers of pictures were compared`);
done();
