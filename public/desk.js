// The desk: saves a draft as one goes. The form works without; every word that is shown stands in the page.
'use strict';

const form = document.querySelector('form[data-save]');
const errors = document.querySelector('.errors[role=alert]');
const WAIT = 3000, AGAIN = 15000;    // milliseconds after the last change, and after a lost connection

if (errors) errors.focus();

if (form) {
  const notes = Object.fromEntries(['saved', 'conflict', 'refused', 'offline'].map((name) => [name, form.querySelector(`[data-${name}]`)]));
  let timer = 0, busy = false, stopped = false, changed = false;

  const tell = (name) => {
    for (const [other, note] of Object.entries(notes)) note.hidden = other !== name;
  };
  const later = (wait) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, wait);
  };

  // What the page says after it was saved: the state that was seen, a new key, and when that was.
  const take = (page) => {
    const fresh = page.querySelector('form[data-save]');
    for (const name of ['form', 'key', 'seen']) form.elements[name].value = fresh.elements[name].value;
    notes.saved.replaceChildren(...fresh.querySelector('[data-saved]').childNodes);
    tell('saved');
  };

  async function save() {
    if (busy || stopped || !changed) return;
    busy = true;
    changed = false;
    try {
      const answer = await fetch(form.dataset.save, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (answer.ok && page.querySelector('form[data-save]')) {
        take(page);
      } else if (answer.status === 422) {
        tell('refused');
      } else if (answer.status === 409) {
        stopped = true;
        tell('conflict');
      } else {
        throw new Error(String(answer.status));
      }
    } catch {
      changed = true;
      tell('offline');
      later(AGAIN);
    }
    busy = false;
    if (changed) later(WAIT);
  }

  form.addEventListener('input', () => {
    changed = true;
    later(WAIT);
  });
  // Whoever sends the form by hand needs no other save on its way.
  form.addEventListener('submit', () => {
    stopped = true;
    clearTimeout(timer);
  });
}
