// Starts the product as an operator would, with a clean data folder and the demo played, and stops it again.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
export const program = process.env.LIANXIN_BIN ?? join(root, 'build/release/lianxin');
export const built = existsSync(program) && existsSync(join(root, 'web/portal/dist/index.html'));

function spare_port() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function until(true_enough, most_ms, what) {
  for (const end = Date.now() + most_ms; Date.now() < end; await new Promise((go) => setTimeout(go, 100)))
    if (await true_enough()) return;
  throw new Error(`${what} did not happen within ${most_ms} ms`);
}

export async function start_county({ database } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lianxin-browser-'));
  const port = await spare_port();
  const address = `http://127.0.0.1:${port}`;
  const options = [
    'serve',
    '--pack',
    'dayao',
    '--demo',
    '--data',
    join(folder, 'data'),
    '--port',
    String(port),
    '--public-url',
    address,
  ];
  if (database) options.push('--database', database);
  const process_ = spawn(program, options, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [process_.stdout, process_.stderr]) stream.on('data', (chunk) => (said += chunk));
  const ended = new Promise((resolve) => process_.on('exit', resolve));
  const up = async () => {
    if (process_.exitCode !== null) throw new Error(`the server ended:\n${said}`);
    const answers = await fetch(`${address}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    return answers && said.includes('Ctrl-C'); // the logins are printed once it listens
  };
  await until(up, 120_000, 'the server coming up');
  return {
    address,
    logins: logins_of(said),
    said: () => said,
    async stop() {
      process_.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The demo prints one line for each kind of user: "  login / password   post, place". */
export function logins_of(text) {
  const logins = {};
  for (const line of text.split('\n')) {
    const [, login, password] = /^\s+(\S+) \/ (\S+)\s/.exec(line) ?? [];
    if (login && password) logins[login] = password;
  }
  return logins;
}

/** A person's session over the API: to find out who may do what before the browser does it. */
export async function sign_in(address, login, password) {
  const answer = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  if (!answer.ok) throw new Error(`${login} cannot sign in: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const session = await answer.json();
  const get = async (path) => {
    const got = await fetch(`${address}/api/v1${path}`, {
      headers: { Cookie: cookie },
    });
    return got.ok ? got.json() : { status: got.status, ...(await got.json().catch(() => ({}))) };
  };
  return { login, session, get };
}
