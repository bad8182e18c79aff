// The page of files. It works without; every word that is shown stands in the page. Files are sent
// one after the other while the page stays: how far it is can be seen, and what was chosen and
// typed is still there when it does not arrive.
const MEGABYTE = 1024 * 1024, AGAIN = 3000;    // bytes; milliseconds until it is tried again

const form = () => document.querySelector('form[data-upload]');
const part = (name) => form().querySelector(`[data-${name}]`);
const megabytes = (bytes) =>
  (Math.ceil(bytes / MEGABYTE * 10) / 10).toLocaleString(document.documentElement.lang) + ' MB';
const parse = (text) => new DOMParser().parseFromString(text, 'text/html');
let request = null, busy = false, ended = false, stopped = false;

/** Shows one of the notes below the form, or none. */
const tell = (name) => ['large', 'sending', 'checking', 'stopped', 'ended'].forEach((each) => {
  part(each).hidden = each !== name;
});

/** Whether one that was chosen is larger than is taken; if so that is told. */
function isLarge() {
  const field = form().elements.file;
  const large = [...field.files].filter(({ size }) => size > Number(form().dataset.upload));
  field.setAttribute('aria-invalid', large.length > 0);
  tell(large.length > 0 ? 'large' : null);
  part('large').querySelector('b').textContent =
    large.map(({ name, size }) => `${name} (${megabytes(size)})`).join(', ');
  return large.length > 0;
}

/** Chooses these files, as if one had done so by hand. */
function choose(files) {
  const chosen = new DataTransfer();
  files.forEach((file) => chosen.items.add(file));
  form().elements.file.files = chosen.files;
}

/** The next form goes on from what this page says. Whether it says so. */
function renew(page) {
  const fresh = page.querySelector('form[data-upload]');
  for (const name of ['form', 'key', 'seen']) {
    if (fresh) form().elements[name].value = fresh.elements[name].value;
  }
  return Boolean(fresh);
}

/** Sends it; { status, page }, without status when no answer came. */
const post = (body) => new Promise((answer) => {
  request = new XMLHttpRequest();
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    part('sending').querySelector('progress').value = loaded / total;
    if (loaded === total) tell('checking');
  });
  request.addEventListener('loadend', ({ target: { status, responseText } }) => {
    request = null;
    answer({ status, page: parse(responseText) });
  });
  request.open('POST', form().action);
  request.send(body);
});

/** Sends one file; what is wrong with it as lines of a list, or null when it did not arrive. */
async function add(file, tries = 3) {
  const body = new FormData(form());
  body.set('file', file);
  tell('sending');
  const { status, page } = await post(body), goes = renew(page);
  const lost = status === 0 || status === 429 || status >= 500;
  // Somebody has changed something else meanwhile, which a file does not mind. What is lost is sent
  // once more with its key, so that it is there once.
  if (tries > 0 && !stopped && (lost || (status === 409 && goes))) {
    await new Promise((go) => { setTimeout(go, lost ? AGAIN : 0); });
    return add(file, tries - 1);
  }
  if (goes) return [...page.querySelectorAll('.errors li')];
  ended = !lost;
  tell(ended ? 'ended' : 'stopped');
  return null;
}

/** The list as it is now, with what was refused. */
async function show(added, faults) {
  const path = form().action.replace(/\/tambah$/, ''), caption = form().elements.caption.value;
  const page = parse(await (await fetch(added ? `${path}?tambah=${added}` : path)).text());
  const box = part('refused').content.cloneNode(true);
  box.querySelector('ul').append(...faults);
  page.querySelector('main header').after(box);
  document.querySelector('main').replaceWith(page.querySelector('main'));
  form().elements.caption.value = caption;
  document.querySelector('.errors').focus();
}

async function send(on) {
  const files = [...form().elements.file.files], faults = [];
  let left = files.length, added = 0;
  if (ended && !renew(parse(await (await fetch(location.pathname)).text()))) return;
  ended = false;
  for (const file of files) {
    const found = await add(file);
    if (!found) {
      choose(files.slice(files.length - left));
      return;
    }
    left -= 1;
    added += found.length === 0;
    faults.push(...found);
  }
  if (faults.length > 0) {
    await show(added, faults);
  } else {
    const path = form().action.replace(/\/tambah$/, '');
    form().reset();
    location = on ? path.replace(/berkas$/, on) : `${path}?tambah=${added}`;
  }
}

document.addEventListener('change', ({ target }) => { if (target.name === 'file') isLarge(); });
document.addEventListener('click', ({ target }) => {
  if (!target.closest('[data-stop]')) return;
  stopped = true;
  request?.abort();
});
document.addEventListener('submit', async (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  if (isLarge()) form().elements.file.focus();
  if (busy || isLarge()) return;
  [busy, stopped] = [true, false];
  await send(event.submitter?.value).catch(() => tell('stopped'));
  busy = false;
});
