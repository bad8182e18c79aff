// The desk: saves a draft as one goes. The form works without; every word that is shown stands in the page.
'use strict';

const form = document.querySelector('form[data-save]');
const errors = document.querySelector('.errors[role=alert]');
const WAIT = 3000, AGAIN = 15000;    // milliseconds after the last change, and after it could not be saved

if (errors) errors.focus();

// What is shown once, into the clipboard where the browser lets us.
for (const copy of navigator.clipboard ? document.querySelectorAll('[data-copy]') : []) {
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.querySelector(copy.dataset.copy).innerText.trim());
    copy.nextElementSibling.hidden = false;
  });
}
for (const print of document.querySelectorAll('[data-print]')) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}

// Passwords are shown while their box is ticked, and sent hidden: the browser keeps what is a
// password's field, and only that, as a password.
for (const show of document.querySelectorAll('[data-show]')) {
  const box = show.querySelector('input'), { form: owner } = box;
  const fields = owner.querySelectorAll('input[type=password]');
  const turn = (type) => fields.forEach((field) => field.setAttribute('type', type));
  show.hidden = false;
  box.addEventListener('change', () => turn(box.checked ? 'text' : 'password'));
  owner.addEventListener('submit', () => turn('password'));
}

if (form) {
  const notes = Object.fromEntries(['saved', 'changed', 'conflict', 'refused', 'ended', 'offline'].map((name) => [name, form.querySelector(`[data-${name}]`)]));
  let timer = 0, busy = null, stopped = false, changed = false;    // busy: the save that is on its way

  const tell = (name) => {
    for (const [other, note] of Object.entries(notes)) note.hidden = other !== name;
  };
  const later = (wait) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(begin, wait);
  };

  // What the page says after it was saved: the state that was seen, a new key, when that was, and how much is filled in.
  const take = (page) => {
    const fresh = page.querySelector('form[data-save]');
    for (const name of ['form', 'key', 'seen']) form.elements[name].value = fresh.elements[name].value;
    form.querySelector('.meter').replaceChildren(...fresh.querySelector('.meter').childNodes);
    const counts = fresh.querySelectorAll('.facets small');
    form.querySelectorAll('.facets small').forEach((count, n) => count.replaceChildren(...counts[n].childNodes));
    notes.saved.replaceChildren(...fresh.querySelector('[data-saved]').childNodes);
    tell('saved');
  };

  const read = async (answer) => new DOMParser().parseFromString(await answer.text(), 'text/html');

  // The session is over. Who signs in again, in another tab, goes on here: the form gets a new CSRF token.
  const renew = async () => {
    tell('ended');
    const fresh = (await read(await fetch(new URL('ubah', form.action)))).querySelector('form[data-save]');
    if (fresh) form.elements.form.value = fresh.elements.form.value;
  };

  const begin = () => {
    if (!busy && !stopped && changed) busy = save();
  };

  // An answer that does not come is none.
  async function save() {
    let wait = WAIT;
    changed = false;
    try {
      const answer = await fetch(form.dataset.save,
        { method: 'POST', body: new URLSearchParams(new FormData(form)), signal: AbortSignal.timeout(AGAIN) });
      const page = await read(answer);
      if (answer.ok && page.querySelector('form[data-save]')) {
        take(page);
      } else if (answer.status === 422) {
        tell('refused');
      } else if (answer.status === 409) {
        stopped = true;
        tell('conflict');
      } else if (answer.status === 403 || answer.ok) {
        changed = true;
        wait = AGAIN;
        await renew();
      } else {
        throw new Error(String(answer.status));
      }
    } catch {
      changed = true;
      wait = AGAIN;
      tell('offline');
    }
    busy = null;
    if (changed) later(wait);
  }

  form.addEventListener('input', () => {
    changed = true;
    if (!notes.saved.hidden) tell('changed');
    later(WAIT);
  });
  // Whoever sends the form by hand needs no other save. One that is on its way changes what the form
  // has to say it has seen: the form follows it, or it would be in conflict with itself.
  form.addEventListener('submit', (event) => {
    stopped = true;
    clearTimeout(timer);
    if (!busy) return;
    event.preventDefault();
    busy.then(() => form.requestSubmit(event.submitter));
  });
}
