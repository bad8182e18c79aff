// The desk in a browser: with script, without, and by keyboard alone (in the short form with script
// and by keyboard at once, the city's only; tests/http/desk_wins.t sends the same forms without
// script). An invitation, the first sign-in with a one-time code, a quick win with a picture and
// figures, sent, returned, corrected, published, found by search, withdrawn; all of it in the audit
// trail.
import { execFileSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { axe, base, every, launch, overflow } from './browser.mjs';
import { done, ok } from './tap.mjs';

const PASSWORD = 'empat kuda makan jerami basah';
const SOON = 5000;    // milliseconds in which what is published can be found
const MOST_TABS = 200;
// A picture of one dot.
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk' +
    '+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const browser = await launch();

/** The code that an authenticator shows for a secret in base32 (RFC 6238). */
function code(secret) {
  const bits = [...secret]
    .map((letter) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
    )
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const mac = createHmac('sha1', key).update(step).digest();
  return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

/**
 * Somebody at a browser of their own; `keyboard`: without a mouse; `looks`: pages are looked at
 * closely, which needs to be done once.
 */
class Person {
  constructor({ keyboard = false, looks = false, ...settings }) {
    Object.assign(this, { keyboard, looks, settings, said: [], faults: [] });
  }

  async open(path) {
    if (!this.page) {
      this.context = await browser.newContext({ locale: 'id-ID', ...this.settings });
      this.page = await this.context.newPage();
      this.page.on('console', (message) => this.said.push(`${this.page.url()}: ${message.text()}`));
      this.page.on('pageerror', (error) => this.said.push(String(error)));
      this.page.on('dialog', (dialog) => this.said.push(dialog.message()));
    }
    return this.page.goto(base + path);
  }

  // By Tab, from where one is, until it has the focus.
  async reach(what) {
    // found once: to find it by its role takes as long as ten steps
    const wanted = await what.elementHandle();
    // How many steps it should be; whether it was that many is seen where they end.
    const steps = await wanted.evaluate(
      (element) =>
        [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
          .filter(
            (stop) =>
              !stop.disabled &&
              stop.type !== 'hidden' &&
              stop.tabIndex >= 0 &&
              stop.checkVisibility({ visibilityProperty: true }) &&
              document.activeElement.compareDocumentPosition(stop) &
                Node.DOCUMENT_POSITION_FOLLOWING,
          )
          .indexOf(element) + 1,
    );
    for (let i = 0; i < steps; i += 1) await this.page.keyboard.press('Tab');
    for (let i = 0; i < MOST_TABS; i += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`no Tab leads to ${what}`);
  }

  /**
   * Follows a link or sends a form: the next page is there when it returns. `stays`: it opens
   * something on this page.
   */
  async press(what, { stays = false } = {}) {
    if (this.keyboard) await this.reach(what);
    await Promise.all([
      stays ? null : this.page.waitForNavigation(),
      this.keyboard ? this.page.keyboard.press('Enter') : what.click(),
    ]);
  }

  link(name) {
    return this.press(this.page.getByRole('main').getByRole('link', { name }).first());
  }

  button(name) {
    return this.press(this.page.getByRole('main').getByRole('button', { name }).first());
  }

  async fill(id, text) {
    const field = this.page.locator(`#${id}`);
    if (!this.keyboard) {
      await field.fill(text);
    } else {
      await this.reach(field);
      await this.page.keyboard.press('Control+A');
      // The short form types the beginning, and has the rest typed by another means, as for
      // instance a voice.
      const typed = every ? text.length : 3;
      await this.page.keyboard.type(text.slice(0, typed));
      if (text.length > typed) await this.page.keyboard.insertText(text.slice(typed));
    }
  }

  // By arrows: what is typed ahead is forgotten after a second, which a busy machine takes for a
  // letter.
  async choose(id, label) {
    const field = this.page.locator(`#${id}`);
    if (!this.keyboard) {
      await field.selectOption({ label });
      return;
    }
    await this.reach(field);
    await this.page.keyboard.press('Home');
    const chosen = () => field.evaluate((list) => list.selectedOptions[0].label);
    for (
      let i = await field.locator('option').count();
      i > 0 && (await chosen()) !== label;
      i -= 1
    ) {
      await this.page.keyboard.press('ArrowDown');
    }
  }

  async attach(id, file) {
    const field = this.page.locator(`#${id}`);
    if (!this.keyboard) {
      await field.setInputFiles(file);
    } else {
      await this.reach(field);
      // A browser with many pages open now and then lets a key go unheard.
      let chooser = null;
      for (let i = 0; i < 5 && !chooser; i += 1) {
        const chosen = this.page.waitForEvent('filechooser', { timeout: 5000 }).catch(() => null);
        await this.page.keyboard.press('Space');
        chooser = await chosen;
      }
      await chooser.setFiles(file);
    }
  }

  /** Whether the page says so. */
  async reads(text) {
    return (await this.page.locator('main').innerText()).includes(text);
  }

  /**
   * Looks at the page as axe does, and at its width on a phone; `elsewhere`: axe of the short form
   * sees it in another test.
   */
  async look({ elsewhere = false } = {}) {
    if (!this.looks) return;
    const path = new URL(this.page.url()).pathname;
    const size = this.page.viewportSize();
    await this.page.setViewportSize({ width: 320, height: 800 });
    if ((await overflow(this.page)) > 0) this.faults.push(`${path} is wider than 320 pixels`);
    await this.page.setViewportSize(size);
    if (elsewhere && !every) return;
    this.faults.push(
      ...(await axe(this.page, { colours: every })).map((fault) => `${path}: ${fault}`),
    );
  }

  /** Passwords are shown while the box below them is ticked, where there is a script for that. */
  async peek() {
    if (this.settings.javaScriptEnabled === false) return;
    const types = () =>
      this.page
        .locator('#new, #repeat')
        .evaluateAll((fields) => fields.map((field) => field.type).join(' '));
    const box = this.page.getByLabel('Tampilkan kata sandi');
    await box.press('Space');
    if ((await types()) !== 'text text') this.faults.push('passwords are not shown');
    await box.press('Space');
    if ((await types()) !== 'password password') this.faults.push('passwords stay shown');
  }

  /** The first sign-in: a password, and an authenticator. */
  async arrive(link) {
    await this.open(link);
    await this.fill('new', PASSWORD);
    await this.fill('repeat', PASSWORD);
    await this.peek();
    await this.button('Simpan kata sandi');
    const secret = (await this.page.locator('main code').first().innerText()).replaceAll(
      /[^A-Z2-7]/g,
      '',
    );
    const app = await this.page
      .getByRole('main')
      .locator('a[href^="otpauth://totp/"]')
      .getAttribute('href');
    if (!app?.includes(`secret=${secret}&`)) this.faults.push(`the link to the app is ${app}`);
    await this.fill('code', code(secret).replace(/^.../, '$&\u00a0-'));
    await this.button('Pasang dan masuk');
    return this.page.locator('.codes li').count();
  }

  close() {
    return this.context.close();
  }
}

async function journey(how, settings) {
  const tail = randomBytes(4).toString('hex');
  // With a word that is longer than a phone is wide.
  const word = '#GerakanWargaMenanamSayurDiLorongKampungYangBersihDanSehat2026';
  const title = `Lorong sayur ${tail} ${word}`;
  const others = every ? settings : { ...settings, keyboard: false };
  const office = new Person(others), city = new Person(settings), anybody = new Person(others);
  const check = (passed, name, detail) => ok(passed, `${how}: ${name}`, detail);

  const said = execFileSync(
    process.env.TOLOK,
    ['account', 'create', `kantor.${tail}@uji.go.id`, 'office'],
    { encoding: 'utf8' },
  );
  check(
    (await office.arrive(said.match(/\/undangan\/\S+/)[0])) === 10,
    'the office signs in for the first time and gets recovery codes',
  );

  await office.open('/meja/pengguna');
  await office.fill('email', `kota.${tail}@uji.go.id`);
  await office.fill('name', 'Sri dari Kediri');
  await office.choose('role', 'Operator kota');
  await office.choose('region', 'Kota Kediri');
  await office.button('Buat tautan undangan');
  const link = (await office.page.locator('main').innerText()).match(/\/undangan\/\S+/)?.[0];
  check(link, 'it invites a city');
  check(await city.arrive(link) === 10, 'which signs in for the first time');

  await city.open('/meja');
  await city.look({ elsewhere: true });
  await city.link('Tulis quick win baru');
  await city.fill('title', title);
  await city.choose('dimension', 'Environment');
  await city.look({ elsewhere: true });
  await city.button('Mulai menulis');
  const win = city.page.url().match(/quickwin\/(\d+)/)[1];
  await city.fill('summary', 'Warga menanam sayur di lorong kampung.');
  await city.fill('problem', 'Harga sayur naik.');
  await city.fill('solution', 'Bibit dan rak dibagikan, hasilnya dijual bersama.');
  await city.fill('agency', 'Dinas Ketahanan Pangan dan Pertanian');
  await city.fill('cost', 'seratus juta');
  await city.fill('figure', 'lorong yang ditanami');
  await city.fill('figure_before', '4');
  await city.fill('figure_after', '31,5');
  await city.fill('links', 'https://kediri.example/lorong');
  await city.button('Simpan lalu periksa');
  check(
    (await city.reads('Tersimpan, kecuali')) &&
      (await city.page.locator('#summary').inputValue()) ===
        'Warga menanam sayur di lorong kampung.',
    'what is wrong is told, what was typed stays',
  );
  if (settings.javaScriptEnabled !== false)
    check(
      await city.page.locator('.errors').evaluate((box) => box === document.activeElement),
      'the list of faults has the focus',
    );
  await city.look();
  await city.fill('cost', '100.000.000');
  await city.button('Simpan lalu periksa');
  check(await city.reads('100.000.000') && await city.reads('31,5'), 'all answers once more');
  await city.look({ elsewhere: true });

  await city.open(`/meja/quickwin/${win}/berkas`);
  await city.attach('file', { name: 'lorong.png', mimeType: 'image/png', buffer: picture });
  await city.fill('caption', 'Rak sayur di lorong');
  await city.button('Unggah');
  check(
    (await city.page.locator('.files input[type=text]').inputValue()) === 'Rak sayur di lorong',
    'a picture',
  );
  await city.look({ elsewhere: true });
  await city.open(`/meja/quickwin/${win}/periksa`);
  await city.button('Kirim ke kantor program');
  check(await city.reads('Tanda terima'), 'sent, with a receipt');
  await city.look({ elsewhere: true });

  await office.open('/meja');
  await office.link(title);
  await office.look();
  await office.fill('reason', 'Sebutkan sumber angkanya.');
  await office.button('Kembalikan ke kota');
  check(await office.reads('Dikembalikan kantor program'), 'returned with a reason');

  await city.open(`/meja/quickwin/${win}`);
  check(await city.reads('Sebutkan sumber angkanya.'), 'which the city reads');
  await city.link('Ubah menjadi versi baru');
  await city.fill('figure_source', 'Laporan dinas 2025');
  await city.button('Simpan lalu periksa');
  await city.button('Kirim ke kantor program');
  await city.open(`/meja/quickwin/${win}/versi/2`);
  check(
    (await city.page.locator('ins').first().innerText()) === 'Laporan dinas 2025',
    'corrected; what changed is marked',
  );
  await city.look();

  await office.open(`/meja/quickwin/${win}`);
  await office.button('Terbitkan');
  check(await office.reads('Terbit sejak'), 'published');
  const began = Date.now();
  let found = false;
  while (!found && Date.now() - began < SOON) {
    await anybody.open('/quickwin');
    await anybody.fill('q', `lorong sayur ${tail}`);
    await anybody.press(anybody.page.locator('form.search button').first());
    found = await anybody.reads(tail) && await anybody.page.locator('ul.wins a').count() > 0;
  }
  check(found, `found by search after ${Date.now() - began} ms`);
  await anybody.look({ elsewhere: true });
  await anybody.press(anybody.page.locator('ul.wins h3 a').first());
  check(
    (await anybody.reads('Harga sayur naik.')) && (await anybody.reads('Laporan dinas 2025')),
    'with its story',
  );
  const named = anybody.page.locator('main a:has(img)', { hasText: 'Rak sayur di lorong' });
  const shown = named.locator('img');
  check(await shown.count() === 1, 'and its picture');
  await anybody.look({ elsewhere: true });

  await city.open(`/meja/quickwin/${win}`);
  await city.press(city.page.locator('summary', { hasText: 'Tarik quick win ini' }), {
    stays: true,
  });
  await city.fill('why', 'Digabung dengan program lain.');
  await city.press(city.page.getByRole('button', { name: 'Tarik', exact: true }));
  check(await city.reads('Alasan ditarik'), 'withdrawn');
  await office.open(`/meja/jejak?quickwin=${win}`);
  const trail = await office.page.locator('.trail > li > p:first-child b').allInnerTexts();
  const wanted = [
    'Ditarik',
    'Diterbitkan',
    'Dikirim ke kantor',
    'Dikembalikan',
    'Dikirim ke kantor',
    'Quick win dimulai',
  ];
  check(
    wanted.every((act) => trail.includes(act)) && (await office.reads('Sebutkan sumber angkanya.')),
    'all of it stands in the trail',
    trail.join(', '),
  );
  await office.look();

  const people = [office, city, anybody];
  const messages = people
    .flatMap((person) => person.said)
    .filter((text) => !/status of (?:422|404)/.test(text));
  check(messages.length === 0, 'no message of the browser', messages.join('\n'));
  const faults = people.flatMap((person) => person.faults);
  check(faults.length === 0, 'axe finds nothing, and every page fits a phone', faults.join('\n'));
  return people;
}

// Side by side: each waits most of the time.
const looks = true, keyboard = true, javaScriptEnabled = false;
const ways = every
  ? {
      'with script': { looks },
      'without script': { javaScriptEnabled },
      'by keyboard': { keyboard },
    }
  : { 'with script, by keyboard': { looks, keyboard } };
const people = await Promise.all(
  Object.entries(ways).map(([how, settings]) => journey(how, settings)),
);
await Promise.all(people.flat().map((person) => person.close()));
await browser.close();
done();
