// The page of a job. It works without: then the browser asks for the page anew. Here only what has
// changed is put in the place of what stood there, so that nobody loses their place.
const AGAIN = 1500, LATER = 5000;    // milliseconds: while it answers, and when it does not

async function look() {
  let rest = LATER;
  try {
    const answer = await fetch(location.pathname, { cache: 'no-store' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (answer.ok) {
      // It has ended, or so has the session.
      if (!page.querySelector('[data-live]')) return location.reload();
      for (const part of document.querySelectorAll('[data-fresh]')) {
        const fresh = page.getElementById(part.id);
        if (fresh && fresh.outerHTML !== part.outerHTML) part.replaceWith(fresh);
      }
      document.title = page.title;
      rest = AGAIN;
    }
  } catch {
    // No answer: it is asked again.
  }
  return setTimeout(look, rest);
}
setTimeout(look, AGAIN);
