// Pages on paper, and with colours of the reader's own: the report is one sheet of A4, no page
// prints its navigation, heads of tables come again on each sheet, and addresses of sources can be
// read. The short form puts nothing on paper but the reports.
import { every, launch, leave, open, overflow } from './browser.mjs';
import { routes } from './routes.mjs';
import { done, ok } from './tap.mjs';

const A4 = { width: 718, height: 1047 };    // pixels inside the margins of 13 mm

const sheets = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

// The sheet is made for the paper: what it says must be there, and nothing of the frame of the
// site.
async function paper(browser, path, colours) {
  const { page } = await open(browser, path, { ...A4 });
  await page.emulateMedia({ media: 'print' });
  const seen = await page.evaluate(() =>
    [...document.querySelectorAll('nav, .masthead, .foot, form, button, input')]
      .filter((e) => e.checkVisibility() && !e.closest('th'))
      .map((e) => e.outerHTML.slice(0, 70)),
  );
  ok(
    seen.length === 0,
    `${path}: nothing is printed that cannot be used on paper`,
    seen.join('\n'),
  );
  const wide = await overflow(page);
  ok(wide <= 0, `${path}: nothing sticks out of the paper`, `${wide} px`);
  const heads = await page.$$eval(
    'table.data > thead:not(.hide)',
    (all) => all.filter((head) => getComputedStyle(head).display !== 'table-header-group').length,
  );
  ok(heads === 0, `${path}: heads of tables come again on each sheet`, heads);
  const mute = await page.evaluate(() =>
    [...document.querySelectorAll('main a[href^=http]')]
      .filter((link) => link.checkVisibility() && !link.closest('.sheet'))
      .filter(
        (link) =>
          !link.textContent.includes(link.getAttribute('href')) &&
          getComputedStyle(link, '::after').content === 'none',
      )
      .map((link) => link.outerHTML),
  );
  ok(mute.length === 0, `${path}: addresses of sources are printed`, mute.slice(0, 5).join('\n'));
  const report = /^\/kota\/[^/?]+\/[^/?]+$/.test(path);
  if (every || report) {
    const count = sheets(await page.pdf({ preferCSSPageSize: true, tagged: every }));
    ok(
      report ? count === 1 : count > 0 && count < 12,
      `${path}: ${report ? 'one sheet of A4' : `${count} sheets`}`,
      count,
    );
  }
  if (colours) await forced(page, path);
  await leave(browser, page);
}

// In forced colours what is drawn must keep its line, and what is chosen its mark.
async function forced(page, path) {
  await page.emulateMedia({ media: null, forcedColors: 'active' });
  const lost = await page.evaluate(() =>
    [...document.querySelectorAll('svg .v, svg .dot, svg .axis, svg .rise')]
      .filter((mark) => {
        const { stroke, fill } = getComputedStyle(mark),
          ground = getComputedStyle(document.body).backgroundColor;
        return (
          mark.checkVisibility() &&
          (stroke === 'none' || stroke === ground) &&
          (fill === 'none' || fill === ground)
        );
      })
      .map((mark) => mark.outerHTML.slice(0, 90)),
  );
  ok(
    lost.length === 0,
    `${path}: pictures can be seen in forced colours`,
    lost.slice(0, 5).join('\n'),
  );
}

const browser = await launch();
const few = [
  '/peringkat/2024',
  '/peringkat/simulasi',
  '/kota/kota-kediri?putaran=simulasi',
  '/tentang',
];
const reports = routes.filter((path) => /^\/kota\/[^/?]+\/[^/?]+$/.test(path));
for (const path of every ? routes : [...few, ...reports])
  await paper(browser, path, every || few.includes(path));
await browser.close();
done();
