// A net that is slow, loses answers or is not there, between a browser and the instance: what a
// browser's own means to stop requests do not do to those that outlive their page.
import http from 'node:http';
import { base } from './browser.mjs';

/**
 * Its `address` takes the place of the instance's. `delay` is how many milliseconds an answer to
 * what is sent takes longer, `hold` how many answers to that never come, `lose` how many are lost
 * with their connection, after which browsers ask once more by themselves; `off`: nothing comes
 * through at all.
 */
export async function net() {
  const to = new URL(base);
  const it = { delay: 0, hold: 0, lose: 0, off: false, sent: 0 };
  const server = http.createServer((request, answer) => {
    // What was read to its end does not take its connection along, of which a browser has few.
    const cut = () => request.socket.destroy();
    if (it.off) { cut(); return; }
    const { method, url, headers } = request, posts = method === 'POST';
    const inner = http.request(
      { host: to.hostname, port: to.port, method, path: url, headers },
      (got) => {
        const { delay } = it,
          lost = posts && it.lose > 0;
        if (lost) it.lose -= 1;
        if (posts && it.hold > 0) {
          it.hold -= 1;
          got.resume();
          return;
        }
        const pieces = [];
        got.on('data', (piece) => pieces.push(piece));
        got.on('end', () =>
          setTimeout(
            () => {
              if (lost || it.off) {
                cut();
                return;
              }
              answer.writeHead(got.statusCode, got.rawHeaders);
              answer.end(Buffer.concat(pieces));
            },
            posts ? delay : 0,
          ),
        );
      },
    );
    if (posts) it.sent += 1;
    inner.on('error', cut);
    request.pipe(inner);
  });
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  it.address = `http://127.0.0.1:${server.address().port}`;
  it.close = () => { server.closeAllConnections(); server.close(); };
  return it;
}
