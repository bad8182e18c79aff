// Makes public/indonesia.svg: the outline of Indonesia as one path, from Natural Earth 1:10m
// (public domain) by way of world-atlas. Made once and kept; to make it again, work in a copy
// outside the project:
//
//   mkdir /tmp/map && cp etc/map/indonesia.mjs /tmp/map && cd /tmp/map && npm init -y
//   npm i --save-exact world-atlas@2.0.2 topojson-client@3.1.0 topojson-simplify@3.0.3
//   node indonesia.mjs > indonesia.svg
//
// Plate carree, so that a server needs two lines and no library to place a dot (on the equator the
// distortion is below 2 %):
//   x = (longitude - 94.5) * 20        y = (6.5 - latitude) * 20        viewBox 0 0 940 360
// Java and Bali, where half of the participants lie and which are shown enlarged, keep more detail
// than the rest.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';

const K = 20, LON = 94.5, LAT = 6.5, W = 940, H = 360, FINE = 5;  // FINE: path units per map unit
const COARSE_DEG2 = 0.0012, JAVA_DEG2 = 0.00015;  // Visvalingam areas that are dropped
const SMALLEST = 0.005, SMALLEST_JAVA = 0.001;    // islands below this area (deg^2) are left out

const file = createRequire(import.meta.url).resolve('world-atlas/countries-10m.json');
const world = JSON.parse(fs.readFileSync(file, 'utf8'));
const country = world.objects.countries.geometries.find(g => g.id === '360');
const prepared = presimplify({ ...world, objects: { id: country } });
const polygons = min => feature(simplify(prepared, min), prepared.objects.id).geometry.coordinates;

const area = r => Math.abs(r.reduce((s, p, i) => {
  const q = r[(i + 1) % r.length];
  return s + p[0] * q[1] - q[0] * p[1];
}, 0)) / 2;
const middle =
    r => [0, 1].map(i => (Math.min(...r.map(p => p[i])) + Math.max(...r.map(p => p[i]))) / 2);
const onJava = r => { const [x, y] = middle(r); return x > 105 && x < 116.8 && y < -5.7; };

const rings = [
  ...polygons(COARSE_DEG2).map(p => p[0]).filter(r => !onJava(r) && area(r) >= SMALLEST),
  ...polygons(JAVA_DEG2).map(p => p[0]).filter(r => onJava(r) && area(r) >= SMALLEST_JAVA),
];

const unit =
    ([lon, lat]) => [Math.round((lon - LON) * K * FINE), Math.round((LAT - lat) * K * FINE)];
const num = (n, first) => (n < 0 || first ? '' : ' ') + n;
const path = rings.map(ring => {
  let [x, y] = unit(ring[0]), d = `M${x}${num(y)}l`, start = true;
  for (const p of ring.slice(1, -1)) {
    const [X, Y] = unit(p);
    if (X === x && Y === y) continue;
    d += num(X - x, start) + num(Y - y);
    [x, y, start] = [X, Y, false];
  }
  return d + 'z';
}).join('');

process.stdout.write(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${W} ${H}" width="${W}" height="${H}">
<title>Indonesia</title>
<desc>Outline from Natural Earth 1:10m, public domain. Plate carree: x = (lon - ${LON}) * ${
        K}, y = (${LAT} - lat) * ${K}.</desc>
<path transform="scale(${1 / FINE})" fill="#0b4a57" d="${path}"/>
</svg>
`);
process.stderr.write(`${rings.length} islands\n`);
