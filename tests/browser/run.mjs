// Runs the browser tests one after the other and ends with TAP totals.  --all: every page in all three languages too.
import { run } from 'node:test';
import { tap } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

if (process.argv.includes('--all')) process.env.LIANXIN_TEST_ALL = '1';
const files = [
  'loop.test.mjs',
  'pages.test.mjs',
  'notice.test.mjs',
  'offline.test.mjs',
  'complaint.test.mjs',
  'signed_in.test.mjs',
  'changeover.test.mjs',
  'begin.test.mjs',
].map((name) => fileURLToPath(new URL(name, import.meta.url)));

run({ files, concurrency: false })
  .on('test:fail', () => (process.exitCode = 1))
  .compose(tap)
  .pipe(process.stdout);
