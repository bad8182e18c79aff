// Opens the pages that desk_scripts.t has filled with texts that would like to run, and listens to
// all that the browser says.
import { base, launch } from './browser.mjs';
import { done, ok } from './tap.mjs';

const pages = JSON.parse(process.env.PAGES), cookies = JSON.parse(process.env.COOKIES);
const browser = await launch();
for (const [who, paths] of Object.entries(pages)) {
  const context = await browser.newContext({ locale: 'id-ID' });
  await context.addCookies(
    Object.entries(cookies[who]).map(([name, value]) => ({ name, value, url: base })),
  );
  const said = [];
  await context.exposeFunction('kanari', () => said.push('a script has run'));
  await context.exposeFunction('report', (text) => said.push(text));
  await context.addInitScript(() =>
    addEventListener('securitypolicyviolation', (event) =>
      window.report(`CSP: ${event.violatedDirective} ${event.blockedURI}`),
    ),
  );
  const page = await context.newPage();
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('dialog', (dialog) => { said.push(dialog.message()); dialog.dismiss(); });
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) said.push(`asks ${request.url()}`);
  });
  for (const path of paths) {
    said.length = 0;
    const response = await page.goto(base + path);
    const shown = (await page.content()).includes('kanari');
    // What would run when somebody touches it.
    await page.evaluate(() => document.querySelectorAll('main *').forEach((element) => {
      element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
      if (element.matches('input, textarea')) element.focus();
    }));
    ok(
      response.status() === 200 && shown && said.length === 0 && page.url() === base + path,
      `${who} at ${path.replace(/\d+/g, 'N')}: nothing runs, nothing is reported`,
      [response.status(), shown, ...said].join('\n'),
    );
  }
  await context.close();
}
await browser.close();
done();
