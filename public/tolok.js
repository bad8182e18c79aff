// Tolok Kota: three small helps. Each page is whole without them; every word that they show stands
// in the page.
'use strict';

/* 1. A table with data-sort is sorted by a click on a head: inside each of its groups, which stay
   where they are. A figure is compared by its machine value, anything else as the page's language
   does it; what has no value comes last both ways. */
const collator = new Intl.Collator(document.documentElement.lang, {
  numeric: true,
  ignorePunctuation: true,
});

const figure = (cell) => cell.querySelector('data');

function worth(cell) {
  const data = figure(cell);
  if (data) return data.value === '' ? null : Number(data.value);
  return cell.querySelector('.none') ? null : (cell.querySelector('a') ?? cell).textContent.trim();
}

function compare(a, b) {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(a, b);
}

const cells = (table, column) =>
  [...table.tBodies].flatMap((body) => [...body.rows].map((row) => row.cells[column]));

function sort(table, head) {
  const column = head.cellIndex;
  const figures = cells(table, column).some(figure);
  const [first, other] = figures ? ['descending', 'ascending'] : ['ascending', 'descending'];
  const order = head.ariaSort === first ? other : first;
  for (const th of head.parentNode.cells) th.removeAttribute('aria-sort');
  head.ariaSort = order;
  for (const body of table.tBodies) {
    const rows = [...body.rows].map((row) => [worth(row.cells[column]), row]);
    rows.sort(
      ([a], [b]) =>
        (a === null) - (b === null) ||
        (a === null ? 0 : compare(a, b) * (order === 'ascending' ? 1 : -1)),
    );
    body.append(...rows.map(([, row]) => row));
  }
}

for (const table of document.querySelectorAll('table[data-sort]')) {
  for (const head of table.tHead.rows[0].cells) {
    const words = [...head.childNodes].filter(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim(),
    );
    // pictures only
    if (!words.length || !cells(table, head.cellIndex).some((cell) => cell.textContent.trim()))
      continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...words);
    button.addEventListener('click', () => sort(table, head));
    head.prepend(button);
  }
}

/* 2. Regions that are ticked in a list are kept in the address, behind #pilih=, and every link of
   the site takes them along. The form #pilih says what its button would do with so many of them. */
const key = '#pilih=';
const chosen = new Set(
  location.hash.startsWith(key)
    ? location.hash
        .slice(key.length)
        .split(',')
        .filter((s) => /^[a-z0-9-]+$/.test(s))
    : [],
);
const basket = () => (chosen.size ? key + [...chosen].join(',') : '');
const pick = document.querySelector('form.pick');

/** The name of a region, by its box where it has one on this page. */
function named(slug) {
  const box = document.querySelector(`.choose[value="${slug}"]`);
  return box?.ariaLabel.replace(/^\S+ /, '') ??
    slug.split('-').map((word) => word[0].toUpperCase() + word.slice(1)).join(' ');
}

function show(form) {
  const most = Number(form.dataset.most), size = chosen.size;
  for (const box of [...form.elements].filter((field) => field.type === 'checkbox')) {
    box.checked = chosen.has(box.value);
    box.disabled = size >= most && !box.checked;
  }
  const kind = size >= most ? 'full' : size > 1 ? 'many' : size ? 'one' : 'none';
  form.querySelector('button').textContent = form
    .querySelector(`[data-say=${kind}]`)
    .textContent.replace('{n}', size);
  form.classList.toggle('on', size > 0);
  const names = form.querySelector('[data-names]');
  names.textContent = [...chosen].map(named).join(', ');
  names.hidden = size === 0;
}

function keep() {
  history.replaceState(null, '', basket() || location.pathname + location.search);
  show(pick);
}

if (pick) {
  for (const slug of [...chosen].slice(Number(pick.dataset.most))) chosen.delete(slug);
  show(pick);
  document.addEventListener('change', ({ target }) => {
    if (target.form !== pick || target.type !== 'checkbox') return;
    chosen[target.checked ? 'add' : 'delete'](target.value);
    keep();
  });
  pick.addEventListener('reset', (event) => {
    event.preventDefault();
    chosen.clear();
    keep();
  });
  pick.addEventListener('submit', (event) => {
    event.preventDefault();
    const rest = new URLSearchParams(new FormData(pick));
    rest.delete('kota');
    const query = [chosen.size ? `kota=${[...chosen].join(',')}` : '', rest.toString()]
      .filter(Boolean)
      .join('&');
    location.assign(pick.action + (query && `?${query}`));
  });
}

function carry({ target }) {
  const link = target.closest?.('a[href]');
  if (link && chosen.size && link.origin === location.origin && !link.hash) link.hash = basket();
}
document.addEventListener('click', carry, true);
document.addEventListener('auxclick', carry, true);
document.addEventListener('submit', ({ target }) => {
  if (target !== pick && chosen.size) target.action = target.action.split('#')[0] + basket();
}, true);

/* 3. A button that prints. */
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
