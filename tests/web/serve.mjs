// serve SOCKET PID: runs the scripts of the browser tests, one after another, in one process with
// one browser: to load the driver and to start a browser costs as much as many pages do.
// tests/web/node starts it and asks it (ask.py); it ends with tests/run, whose process that is.
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { begin, end, quit } from './browser.mjs';
import { status } from './tap.mjs';

const [, , socket, owner] = process.argv;
let asker = null, turn = 0, queue = Promise.resolve();

const say = (kind, text) => asker?.write(`${JSON.stringify([kind, text])}\n`);
console.log = (...words) => say('out', `${words.join(' ')}\n`);
console.error = (...words) => say('err', `${words.join(' ')}\n`);

// What nobody waits for may fail, too: then nothing of this process is to be trusted any more.
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => {
    console.error(inspect(error));
    asker?.end(`${JSON.stringify(['exit', 1])}\n`, () => process.exit(1));
  });
}

/** Runs one script, whose module is made anew each time; those that it imports are kept. */
async function run({ script, env, words }, connection) {
  asker = connection;
  turn += 1;
  process.env = env;
  process.argv.splice(2, process.argv.length, ...words);
  begin();
  let failed = false;
  try {
    await import(`${process.cwd()}/${script}?${turn}`);
  } catch (error) {
    console.error(inspect(error));
    failed = true;
  }
  await end();
  say('exit', status() || failed ? 1 : 0);
  connection.end();
  asker = null;
}

const server = createServer((connection) => {
  let text = '';
  connection.on('error', () => {});
  connection.on('data', (some) => {
    text += some;
    if (!text.endsWith('\n')) return;
    const asked = JSON.parse(text);
    queue = queue.then(() => run(asked, connection));
  });
});
server.listen(socket);
process.on('SIGTERM', async () => {
  await quit();
  process.exit(0);
});
setInterval(() => {
  try {
    process.kill(Number(owner), 0);
  } catch {
    process.kill(process.pid, 'SIGTERM');
  }
}, 1000);
