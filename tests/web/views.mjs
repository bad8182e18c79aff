// The ways to look at a page: language, width, colours, with and without its script.
import { every } from './browser.mjs';

// Pairs that are each other's opposite in everything: a page that is seen in both has been seen in
// every one of those ways, and four pages after each other in every two of them together.
const pairs = [
  [
    { lang: 'id', width: 360, scheme: 'light', scripts: true },
    { lang: 'en', width: 1280, scheme: 'dark', scripts: false },
  ],
  [
    { lang: 'en', width: 360, scheme: 'dark', scripts: true },
    { lang: 'id', width: 1280, scheme: 'light', scripts: false },
  ],
  [
    { lang: 'en', width: 1280, scheme: 'light', scripts: true },
    { lang: 'id', width: 360, scheme: 'dark', scripts: false },
  ],
  [
    { lang: 'id', width: 1280, scheme: 'dark', scripts: true },
    { lang: 'en', width: 360, scheme: 'light', scripts: false },
  ],
];

/** The widths of a telephone and of a desk; `make test-all` adds the narrowest and a wide one. */
export const usual = [360, 1280];

const all = ['id', 'en'].flatMap((lang) =>
  [320, ...usual, 1600].flatMap((width) =>
    ['light', 'dark'].flatMap((scheme) =>
      [true, false].map((scripts) => ({ lang, width, scheme, scripts })),
    ),
  ),
);

/** The views in which the page of that number is looked at: two, or all in `make test-all`. */
export function views(number) {
  return every ? all : pairs[number % pairs.length];
}

/** What the name of a test says about a view. */
export function words(view) {
  const script = `${view.scripts ? 'with' : 'without'} script`;
  return `${view.width} px, ${view.lang}, ${view.scheme}, ${script}`;
}
