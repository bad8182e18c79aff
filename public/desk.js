// The desk. Its pages work without; every word that is shown stands in the page.
'use strict';

const errors =
  document.querySelector('.errors[role=alert]') ?? document.querySelector('.made:target');
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

// How many letters are left, when they become few.
const count = ({ target }) => {
  const note = target.closest('.entry')?.querySelector('[data-most]');
  if (!note) return;
  const most = Number(note.dataset.most), left = most - [...target.value].length;
  note.hidden = left > most / 5;
  for (const [part, shown] of [['under', left >= 0], ['over', left < 0]]) {
    const words = note.querySelector(`[data-${part}]`);
    words.hidden = !shown;
    words.querySelector('b').textContent = Math.abs(left).toLocaleString(
      document.documentElement.lang,
    );
  }
};
document
  .querySelectorAll('.entry :is(input:not([type=hidden]), textarea)')
  .forEach((target) => count({ target }));
for (const kind of ['input', 'shown']) document.addEventListener(kind, count);

// Forms in other tabs learn that a record was sent.
if (location.pathname.endsWith('/terkirim') && 'BroadcastChannel' in window) {
  new BroadcastChannel('desk').postMessage(location.href.replace(/terkirim.*/, ''));
}

// A form that is kept while its sender signs in is not left without a question; then it goes on
// by itself.
const waiting = document.querySelector('form:is([data-kept], [data-go])');
if (waiting) {
  const ask = (event) => event.preventDefault();
  window.addEventListener('beforeunload', ask);
  waiting.addEventListener('submit', () => window.removeEventListener('beforeunload', ask));
  if (waiting.matches('[data-go]')) waiting.requestSubmit();
}

// What is typed in a form that is not saved as one goes is not left without a question.
const differs = ({ type, value, defaultValue, dataset }) => (type === 'file' ? value
  : value !== defaultValue || 'unsaved' in dataset);
let sent = null;
window.addEventListener('submit', (event) => {
  sent = event.defaultPrevented ? null : event.target;
});
window.addEventListener('pageshow', () => { sent = null; });
window.addEventListener('beforeunload', (event) => {
  const fields = document.querySelectorAll(
    'form[data-ask] :is(input:not([type=hidden]), textarea)');
  if ([...fields].some((field) => field.form !== sent && differs(field))) event.preventDefault();
});

// Five minutes before the session ends that is told, with a way to go on. What is asked for in any
// tab makes it last.
const ending = document.querySelector('[data-left]');
if (ending) {
  // seconds
  const TOLD = 300,
    tabs = 'BroadcastChannel' in window ? new BroadcastChannel('desk-session') : null;
  let end = 0;
  const last = (left) => { end = Date.now() + left * 1000; };
  const begin = (left) => {
    last(left);
    tabs?.postMessage(left);
  };
  tabs?.addEventListener('message', ({ data }) => last(data));
  document.addEventListener('asked', ({ detail }) => begin(detail));
  ending.querySelector('button').addEventListener('click', async () => {
    const page = new DOMParser().parseFromString(
      await (await fetch('/meja/akun')).text(),
      'text/html',
    );
    const left = page.querySelector('[data-left]')?.dataset.left;
    if (left) begin(Number(left));
  });
  begin(Number(ending.dataset.left));
  setInterval(() => {
    const left = (end - Date.now()) / 1000;
    ending.hidden = left > TOLD || left < 0;
    ending.querySelector('span b').textContent = Math.max(1, Math.round(left / 60));
  }, 1000);
}
