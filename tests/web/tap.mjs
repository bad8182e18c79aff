// TAP on standard output, and failures on standard error: the few words that the browser tests
// need.
let count = 0, failed = 0, ended = false;

/** A script begins (serve.mjs). */
export function anew() {
  count = 0;
  failed = 0;
  ended = false;
}

/** 1 when something of it failed, or when it has not come to its end. */
export const status = () => ended ? Number(failed > 0) : 1;

/** One test line; `detail` is printed as a comment when it fails. Returns whether it passed. */
export function ok(passed, name, detail = '') {
  count += 1;
  console.log(`${passed ? 'ok' : 'not ok'} ${count} - ${name}`);
  if (!passed) {
    failed += 1;
    console.error(`# not ok ${count} - ${name}`);
    for (const line of String(detail).split('\n').slice(0, 20)) console.error(`#   ${line}`);
  }
  return passed;
}

/** The plan, at the end; the exit status tells whether everything passed. */
export function done() {
  console.log(`1..${count}`);
  ended = true;
  process.exitCode = failed ? 1 : 0;
}
