// A form of the desk that is saved as one goes. It works without; every word that is shown stands in the page.
//
// What is stored of a field is its default value, for which the hidden field was_NAME stands: so the server knows what both
// sides changed, and merges. What was not answered is sent again as it was, with its key, so that it is done once.
const form = document.querySelector('form[data-save]');
// Milliseconds: after the last change, at most after the first, until an answer is given up, until it is tried again.
const WAIT = 3000, LONGEST = 10000, GIVE_UP = 15000, AGAIN = 5000;
const ALIVE = 60000;    // bytes that are sent on although the page is left

const on = (target, kind, act) => target.addEventListener(kind, act);
const was = (field) => form.elements[`was_${field.name}`];
const fields = [...form.elements].filter(was);
const refused = new Map();     // fields with the text that could not be saved
const differing = new Set();   // those that somebody else changed too
let timer = 0, since = 0;      // when the first change was made that is not saved
let busy = null, unsent = null, trouble = '', leaving = false;

const entry = (field) => field.closest('.entry');
const choice = (field) => entry(field).querySelector('.other-saved');
const chosen = (field) => Boolean(choice(field)?.querySelector(':checked'));
const unchosen = (field) => choice(field) && !chosen(field);
const stored = (field) => (field.options ? field.querySelector('[selected]')?.value ?? '' : field.defaultValue);
const keep = (field, text) => {
  if (field.options) [...field.options].forEach((option) => { option.defaultSelected = option.value === text; });
  else field.defaultValue = text;
};
const isWrong = (field) => field.getAttribute('aria-invalid') === 'true';
const changed = (field) => field.value !== stored(field) || chosen(field);
// Whether a save could still do something, and whether anything here is not stored.
const waits = () => fields.some((field) => changed(field) && refused.get(field) !== field.value && !differing.has(field) && !unchosen(field));
const isOpen = () => busy || unsent || waits();
const unsaved = () => isOpen() || fields.some((field) => changed(field) || isWrong(field) || unchosen(field));
const bare = (text) => text.normalize('NFC').replace(/[\s\p{C}]/gu, '');

const tell = () => {
  const told = trouble || (busy ? 'saving' : isOpen() ? 'changed'
    : differing.size || fields.some(unchosen) ? 'conflict' : fields.some(isWrong) ? 'invalid' : 'saved');
  form.querySelectorAll('[data-note]').forEach((note) => { note.hidden = note.dataset.note !== told; });
  form.querySelector('.keeping .actions')?.toggleAttribute('hidden', told === 'state');
};

const later = (wait) => {
  clearTimeout(timer);
  timer = setTimeout(begin, wait);
};

// Shows what is stored now. Whoever is in the field is not disturbed, and it counts as it was.
const show = (field, text, mark) => {
  if (field === document.activeElement && field.value !== text) return;
  field.value = text;
  keep(field, text);
  was(field).value = mark;
  field.dispatchEvent(new Event('shown', { bubbles: true }));
};

// A field after a save: what it `sent`, what was stored `before`, its `twin` on the page that came.
const settle = (field, twin, mark, sent, before) => {
  const mine = sent !== before, typed = field.value !== sent, reads = field.dataset.read !== undefined;
  if (isWrong(twin)) {
    refused.set(field, sent);
  } else if (mine && (typed || field === document.activeElement)) {
    was(field).value = reads || bare(twin.value) === bare(sent) ? mark : '-';
    keep(field, sent);
  } else if (mine || !typed) {
    show(field, twin.value, mark);
  }
  if (!mine || !reads || isWrong(twin) || twin.value === sent) return;
  const means = entry(field).querySelector('[data-means]');
  means.querySelector('b').textContent = twin.value;
  means.hidden = false;
};

const take = (page, { values, before, kept }) => {
  const fresh = page.querySelector('form[data-save]');
  for (const name of ['form', 'key', 'seen']) form.elements[name].value = fresh.elements[name].value;
  refused.clear();
  differing.clear();
  for (const field of fields) {
    const twin = fresh.elements[field.name], mark = fresh.elements[was(field).name].value, fault = document.getElementById(`${field.name}-e`);
    if (choice(twin)) {
      if (choice(field)) choice(field).replaceWith(choice(twin));
      else differing.add(field);
    } else if (!unchosen(field)) {
      choice(field)?.remove();
      settle(field, twin, mark, values.get(field), kept.has(field) ? null : before.get(field));
    }
    fault.replaceChildren(...page.getElementById(fault.id).childNodes);
    entry(field).classList.toggle('wrong', isWrong(twin));
    field.setAttribute('aria-invalid', isWrong(twin));
  }
  for (const part of document.querySelectorAll('[data-fresh]')) {
    part.replaceChildren(...page.querySelector(`[data-fresh=${part.dataset.fresh}]`).childNodes);
  }
  document.title = page.title;
};

const read = async (answer) => {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html'), left = page.querySelector('[data-left]');
  if (left) document.dispatchEvent(new CustomEvent('asked', { detail: Number(left.dataset.left) }));
  return page;
};

const collect = () => {
  const body = new URLSearchParams(new FormData(form));
  fields.filter(unchosen).forEach((field) => body.delete(field.name));
  const of = (get) => new Map(fields.map((field) => [field, get(field)]));
  return { body, values: of((field) => field.value), before: of(stored), kept: new Set(fields.filter(chosen)) };
};

// A page that is no form: it was sent meanwhile, or one has to sign in.
const without = (answer) => (/\/meja\/[a-z]+\/\d+$/.test(new URL(answer.url).pathname) ? 'state' : 'ended');

// Fields in which nothing was written follow what is stored now. Whether there is a form.
async function look() {
  const answer = await fetch(new URL('ubah', form.action), { signal: AbortSignal.timeout(GIVE_UP) });
  const page = await read(answer), fresh = page.querySelector('form[data-save]');
  if (fresh) {
    trouble = '';
    form.elements.form.value = fresh.elements.form.value;
    fields.filter((field) => !isOpen() && !changed(field) && !isWrong(field) && !unchosen(field))
      .forEach((field) => show(field, fresh.elements[field.name].value, fresh.elements[was(field).name].value));
  } else if (answer.ok) {
    trouble = without(answer);
  }
  return Boolean(fresh);
}

async function save() {
  try {
    if (trouble === 'ended' && !await look()) return false;
    unsent ??= collect();
    unsent.body.set('form', form.elements.form.value);
    const keepalive = String(unsent.body).length < ALIVE;
    const answer = await fetch(form.action, { method: 'POST', body: unsent.body, keepalive, signal: AbortSignal.timeout(GIVE_UP) });
    const page = await read(answer), fresh = page.querySelector('form[data-save]');
    if (answer.status === 429 || (!fresh && answer.status >= 404)) throw new Error(answer.status);
    if (fresh && fresh.dataset.outcome !== 'state') {
      const sent = unsent;
      [unsent, trouble, since] = [null, '', 0];
      take(page, sent);
      channel?.postMessage(form.action);
      return true;
    }
    trouble = fresh ? 'state' : without(answer);
  } catch {
    trouble = 'offline';
  }
  return false;
}

function begin() {
  clearTimeout(timer);
  if (busy || trouble === 'state' || !isOpen()) return busy ?? false;
  busy = save().then((answered) => {
    busy = null;
    if (!answered || waits()) later(answered ? WAIT : AGAIN);
    tell();
    return answered;
  });
  tell();
  return busy;
}

// Saves all there is, also what was written meanwhile.
async function finish() {
  for (let more = true; more && isOpen();) more = await begin();
}

// Other tabs of the same form look again when this one has saved, and when it was sent.
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('desk') : null;
const again = () => {
  if (!busy) look().then(tell, () => {});
  if (waits()) later(0);
};
if (channel) on(channel, 'message', ({ data }) => { if (form.action.startsWith(data)) again(); });

on(form, 'input', ({ target }) => {
  if (fields.includes(target)) entry(target).querySelector('[data-means]').hidden = true;
  differing.delete(target);
  since ||= Date.now();
  later(trouble ? AGAIN : Math.max(0, Math.min(WAIT, since + LONGEST - Date.now())));
  tell();
});
// Enter in a line saves, and stays.
on(form, 'keydown', (event) => {
  if (event.key !== 'Enter' || event.isComposing || !event.target.matches('input:not([type=radio])')) return;
  event.preventDefault();
  begin();
});
on(form, 'submit', async (event) => {
  if (leaving) return;
  event.preventDefault();
  const { submitter } = event;
  await finish();
  if (leaving || trouble === 'offline' || trouble === 'state' || !(submitter.hasAttribute('formaction') || unsaved())) return;
  // What is left has to be seen.
  leaving = true;
  setTimeout(() => form.requestSubmit(submitter));    // not while this event is under way
});
// Links and other forms wait until all is saved.
const away = async (event, go) => {
  if (leaving || !isOpen()) return;
  event.preventDefault();
  await finish();
  leaving = !unsaved();
  go();
};
on(document, 'click', (event) => {
  const link = event.target.closest('a[href]:not([target], [href^="#"])');
  if (link && !(event.button || event.ctrlKey || event.metaKey || event.shiftKey)) away(event, () => { location = link.href; });
});
on(document, 'submit', (event) => {
  const { target } = event;
  if (target !== form) away(event, () => target.submit());
});
on(window, 'beforeunload', (event) => {
  if (leaving || !unsaved()) return;
  begin();
  event.preventDefault();
});
on(window, 'pagehide', begin);
on(document, 'visibilitychange', () => (document.hidden ? begin() : again()));
on(window, 'pageshow', (event) => {
  leaving = false;
  if (event.persisted) again();
});
on(window, 'online', () => later(0));

// A browser would put back what is older.
form.autocomplete = 'off';
fields.filter(isWrong).forEach((field) => refused.set(field, field.value));
if (form.dataset.outcome === 'state') trouble = 'state';
tell();
