// The storm that desk_storm.t speaks of. All that is typed is a word of its own behind what stands
// in a field already. So a word that was called saved has to be there in the end, unless somebody
// chose the other version of its field; and one that was not, unless its writer was asked.
import { base, launch } from './browser.mjs';
import { net } from './net.mjs';
import { done, ok } from './tap.mjs';

const STEPS = 30, MOST = 60000;    // of a seed; milliseconds until all is calm
const FIELDS = ['problem', 'lesson', 'partners'];
const seeds = JSON.parse(process.env.SEEDS);
const browser = await launch();
const pause = (time) => new Promise((go) => { setTimeout(go, time); });
/** What comes of it, or that when it fails or takes long: a page without an answer is silent. */
const soon = (act, otherwise = null, most = 8000) => {
  let clock;
  const late = new Promise((go) => { clock = setTimeout(() => go(otherwise), most); });
  return Promise.race([act.catch(() => otherwise), late]).finally(() => clearTimeout(clock));
};
const words = (text) => text.match(/\bt\d+\b/g) ?? [];

/** Numbers from 0 up to 1, always the same ones for a seed (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

async function storm(seed, { win, password, people }) {
  const random = numbers(seed), pick = (list) => list[Math.floor(random() * list.length)];
  const typed = new Set(), saved = new Set(), chosen = new Set(), asked = new Set(), events = [];
  const places = await Promise.all(people.map(async ({ sessions, email, codes }) => {
    const context = await browser.newContext({ locale: 'id-ID' });
    const place = { net: await net(), context, sessions, email, codes, turn: 0 };
    place.enter = async () => {
      const cookies = Object.entries(sessions[place.turn % 2]);
      await place.context.addCookies(cookies.map(([name, value]) => ({ name, value, url: base })));
    };
    await place.enter();
    return place;
  }));

  /** What a tab shows and says, in one moment; also what it keeps while somebody signs in. */
  const look = (tab) => soon(tab.page.evaluate((names) => {
    const note = document.querySelector('[data-note]:not([hidden])')?.dataset.note ?? null;
    const said = (name) => document.querySelector(`[name=${name}], [name=k_${name}]`)?.value ?? '';
    return { note, values: names.map(said), keeps: Boolean(document.querySelector('[data-kept]')) };
  }, FIELDS), { note: null, values: [], keeps: false });
  async function watch(tab) {
    const { note, values, keeps } = await look(tab);
    if (note === 'saved') values.flatMap(words).forEach((word) => saved.add(word));
    if (keeps) await touch(tab, '[data-kept] input:not([type=hidden])');
    return note;
  }
  const isCut = (tab) => tab.page.url().startsWith('chrome-error:');
  // Who has touched nothing is asked nothing.
  const touch = (tab, what) => tab.page.locator(what).first()
    .click({ timeout: 1000 }).catch(() => {});
  /** A step of signing in where the form is kept; a lost one is taken again by the next call. */
  async function signIn(tab) {
    const { place: { email, codes }, page } = tab, quick = { timeout: 1000 };
    await soon((async () => {
      if (await page.locator('#email').count()) {
        await page.locator('#email').fill(email, quick);
        await page.locator('#password').fill(password, quick);
      } else {
        await page.locator('#code').fill(codes.shift() ?? '', quick);
      }
      const old = await page.locator('[data-kept]').elementHandle(quick);
      await page.locator('[data-kept] button[type=submit]').click({ ...quick, noWaitAfter: true });
      await old.waitForElementState('hidden', { timeout: 8000 });
    })(), null, 15000);
  }
  /**
   * Opens the form, from wherever one is; what was there and is not saved may go when one is asked.
   */
  async function open(tab) {
    const { values } = await look(tab);
    tab.unsaved = values.flatMap(words).filter((word) => !saved.has(word));
    for (let again = 0; again < 3; again += 1) {
      try {
        await tab.page.goto(`${tab.place.net.address}/meja/quickwin/${win}/ubah`, {
          timeout: 8000,
        });
        break;
      } catch { await pause(300); }
    }
    tab.unsaved = [];
    await touch(tab, '#summary');
  }
  /** Where no form is: it is kept, or its way was cut off and is gone once more, or none was. */
  async function find(tab) {
    // Nobody judges a page before it is there, or while it goes on by itself.
    await soon(tab.page.waitForLoadState('domcontentloaded', { timeout: 5000 }));
    if (await soon(tab.page.locator('form[data-go]').count(), 0)) await pause(500);
    else if ((await look(tab)).keeps) await signIn(tab);
    else if (isCut(tab)) await tab.page.reload({ timeout: 8000 }).catch(() => {});
    else await open(tab);
  }
  const tabs = await Promise.all([0, 0, 1].map(async (who) => {
    const tab = { place: places[who], page: await places[who].context.newPage(), unsaved: [] };
    tab.page.on('dialog', (dialog) => {
      tab.unsaved.filter((word) => !saved.has(word)).forEach((word) => asked.add(word));
      dialog.accept().catch(() => {});
    });
    await open(tab);
    return tab;
  }));

  const acts = {
    async type(tab) {
      const word = `t${typed.size}`;
      const there = await soon(
        tab.page.evaluate(
          ([name, text]) => {
            const field = document.getElementById(name);
            if (!field) return false;
            field.value = `${field.value} ${text}`.trim();
            field.dispatchEvent(new Event('input', { bubbles: true }));
            return true;
          },
          [pick(FIELDS), word],
        ),
        false,
      );
      if (there) typed.add(word);
      else await find(tab);
    },
    save: (tab) =>
      tab.page
        .getByRole('button', { name: 'Simpan draf' })
        .click({ timeout: 500, noWaitAfter: true })
        .catch(() => {}),
    slow({ place }) {
      place.net.delay = Math.floor(random() * 5000);
    },
    quick({ place }) {
      place.net.delay = 0;
    },
    lose({ place }) {
      place.net.lose = 1;
    },
    off({ place }) {
      place.net.off = true;
    },
    on({ place }) {
      place.net.off = false;
    },
    async leave({ place }) {
      await place.context.clearCookies();
      place.turn += 1;
    },
    enter: ({ place }) => place.enter(),
    open,
    back: (tab) => tab.page.goBack({ timeout: 3000 }).catch(() => {}),
  };
  const often = [
    'type',
    'type',
    'type',
    'type',
    'type',
    'type',
    'save',
    'on',
    'enter',
    'quick',
    ...Object.keys(acts),
  ];
  for (let step = 0; step < STEPS; step += 1) {
    const tab = pick(tabs), act = isCut(tab) ? 'type' : pick(often);
    events.push(`${tabs.indexOf(tab)} ${act}`);
    if (act === 'back')
      tab.unsaved = (await look(tab)).values.flatMap(words).filter((word) => !saved.has(word));
    await soon(Promise.resolve(acts[act](tab)), null, 30000);
    for (const each of tabs) await watch(each);
    await pause(random() * 700);
  }

  // The weather clears: everybody saves, and chooses where both have written.
  for (const place of places) {
    Object.assign(place.net, { off: false, delay: 0, lose: 0 });
    await place.enter();
  }
  for (const tab of tabs) {
    for (const began = Date.now(); Date.now() - began < MOST;) {
      const note = await watch(tab);
      if (note === 'saved') break;
      if (note === null) {
        await find(tab);
      } else if (await soon(tab.page.locator('.other-saved').count(), 0)) {
        const mine = random() < 0.5;
        const [own, other] = await soon(tab.page.evaluate((choose) => {
          const choice = [...document.querySelectorAll('.other-saved')].find(
            (each) => !each.querySelector(':checked'),
          );
          if (!choice) return ['', ''];
          choice.querySelector(`[value=${choose}]`).click();
          return [
            choice.closest('.entry').querySelector('textarea').value,
            choice.querySelector('.said')?.textContent ?? '',
          ];
        }, mine ? 'mine' : 'theirs'), ['', '']);
        const kept = words(mine ? own : other);
        words(mine ? other : own)
          .filter((word) => !kept.includes(word))
          .forEach((word) => chosen.add(word));
        await pause(1000);
      } else {
        await acts.save(tab);
        await pause(1000);
      }
    }
  }
  const page = await places[0].context.newPage();
  await page.goto(`${base}/meja/quickwin/${win}/ubah`);
  const stored = new Set((await look({ page })).values.flatMap(words));
  const missing = (all) => [...all].filter((word) => !stored.has(word) && !chosen.has(word));
  const story = events.join(', ');
  ok(
    missing(saved).length === 0,
    `seed ${seed}: of ${saved.size} words that a page called saved none is missing`,
    `${missing(saved)}\n${story}`,
  );
  ok(
    missing(typed).every((word) => asked.has(word)),
    `seed ${seed}: of ${typed.size} words none is lost without a question`,
    `${missing(typed).filter((word) => !asked.has(word))}\n${story}`,
  );
  for (const place of places) {
    await place.context.close();
    place.net.close();
  }
}

for (const [seed, more] of Object.entries(seeds)) await storm(Number(seed), more);
await browser.close();
done();
