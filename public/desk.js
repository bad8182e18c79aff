// The desk. Its pages work without; every word that is shown stands in the page.
'use strict';

const errors = document.querySelector('.errors[role=alert]') ?? document.querySelector('.made:target');
if (errors) errors.focus();

// The link that is shown once, into the clipboard where the browser lets us.
const copy = document.querySelector('[data-copy]');
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener('click', () => navigator.clipboard.writeText(document.querySelector('.link').textContent).then(() => {
    document.querySelector('[data-copied]').hidden = false;
  }));
}

// How many letters are left, when they become few.
const count = ({ target }) => {
  const note = target.closest('.entry')?.querySelector('[data-most]');
  if (!note) return;
  const most = Number(note.dataset.most), left = most - [...target.value].length;
  note.hidden = left > most / 5;
  for (const [part, shown] of [['left', left >= 0], ['over', left < 0]]) {
    const words = note.querySelector(`[data-${part}]`);
    words.hidden = !shown;
    words.querySelector('b').textContent = Math.abs(left).toLocaleString(document.documentElement.lang);
  }
};
document.querySelectorAll('.entry :is(input:not([type=hidden]), textarea)').forEach((target) => count({ target }));
for (const kind of ['input', 'shown']) document.addEventListener(kind, count);

// Forms in other tabs learn that a record was sent.
if (location.pathname.endsWith('/terkirim') && 'BroadcastChannel' in window) {
  new BroadcastChannel('desk').postMessage(location.href.replace(/terkirim.*/, ''));
}
