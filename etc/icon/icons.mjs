// Makes public/favicon.ico, public/logo-180.png and public/tolok-kota.png from public/logo.svg,
// with the browser of the tests. Made once and kept; to make them again:
//
//   tests/web/node etc/icon/icons.mjs
//
// The icon holds PNGs of 16 and 32 pixels. tolok-kota.png is what a message shows beside a link
// (OpenGraph): 1200 x 630.
import { readFileSync, writeFileSync } from 'node:fs';
import { launch } from '../../tests/web/browser.mjs';

const logo = readFileSync('public/logo.svg', 'utf8');
const browser = await launch();

async function picture(width, height, html) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(`<!DOCTYPE html><style>body{margin:0}svg{display:block}</style>${html}`);
  const png = await page.screenshot();
  await page.close();
  return png;
}

const square = (size) =>
    picture(size, size, logo.replace('width="40" height="40"', `width="${size}" height="${size}"`));

/** An ICO file is a head, an entry of 16 bytes for each picture, and the pictures. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ size, png }, i) => {
    const at = 6 + 16 * i;
    head.writeUInt8(size, at);
    head.writeUInt8(size, at + 1);
    head.writeUInt16LE(1, at + 4);       // planes
    head.writeUInt16LE(32, at + 6);      // bits of a pixel
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

// Strokes on a ruler from 0 to 4, as in the masthead of the site.
function card() {
  const ticks = [];
  for (let x = 80; x <= 1120; x += 13) {
    const n = (x - 80) / 13;
    ticks.push(`<path d="M${x} 470v-${n % 20 === 0 ? 70 : n % 10 === 0 ? 46 : 24}"/>`);
  }
  const numbers = [0, 1, 2, 3, 4].map(
      (n) => `<text x="${80 + 260 * n}" y="520" text-anchor="middle">${n}</text>`);
  return `<svg width="1200" height="630"
    font-family="Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif" fill="#fff">
    <path fill="#0a3440" d="M0 0h1200v630H0z"/>
    <g transform="translate(80 92) scale(2.6)">${
      logo.replace(/<\/?(?:svg|title)[^>]*>|Tolok Kota/g, '')}</g>
    <text x="212" y="168" font-size="76" font-weight="700" letter-spacing="-2">Tolok Kota</text>
    <text x="80" y="310" font-size="62" font-weight="700" letter-spacing="-1.5"
      >Satu mistar untuk semua kota</text>
    <g stroke="#7fa3ad" stroke-width="3">${ticks.join('')}<path d="M78 470h1044"/></g>
    <g font-size="34" fill="#bfd6db">${numbers.join('')}</g>
  </svg>`;
}

writeFileSync(
    'public/favicon.ico',
    ico([{size: 16, png: await square(16)}, {size: 32, png: await square(32)}]));
writeFileSync('public/logo-180.png', await square(180));
writeFileSync('public/tolok-kota.png', await picture(1200, 630, card()));
await browser.close();
