// The ways to look at a page: width, colours, with and without its script.
import { every } from './browser.mjs';

// Pairs that are each other's opposite in everything: a page that is seen in both has been seen in every one of those ways, and
// four pages after each other in every two of them together.
const pairs = [
  [{ width: 360, scheme: 'light', scripts: true }, { width: 1280, scheme: 'dark', scripts: false }],
  [{ width: 360, scheme: 'dark', scripts: true }, { width: 1280, scheme: 'light', scripts: false }],
  [{ width: 1280, scheme: 'light', scripts: true }, { width: 360, scheme: 'dark', scripts: false }],
  [{ width: 1280, scheme: 'dark', scripts: true }, { width: 360, scheme: 'light', scripts: false }],
];

const all = [320, 360, 1280, 1600].flatMap((width) =>
  ['light', 'dark'].flatMap((scheme) => [true, false].map((scripts) => ({ width, scheme, scripts }))));

/** The views in which the page of that number is looked at: two, or all in `make test-all`. */
export function views(number) {
  return every ? all : pairs[number % pairs.length];
}

/** What the name of a test says about a view. */
export function words(view) {
  return `${view.width} px, ${view.scheme}, ${view.scripts ? 'with' : 'without'} script`;
}
