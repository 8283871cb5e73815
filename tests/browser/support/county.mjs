// Starts the product as an operator would, with a clean data folder and the demo played, and stops it again.
import { execFileSync, spawn } from 'node:child_process';
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

/** `packs`: a folder of packs other than the project's; `change`: what happens to it between two starts on one county. */
export async function start_county({ database, packs, change } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lianxin-browser-'));
  const port = await spare_port();
  const address = `http://127.0.0.1:${port}`;
  const data = ['--data', join(folder, 'data'), ...(database ? ['--database', database] : [])];
  const options = [
    'serve',
    '--pack',
    'dayao',
    '--demo',
    ...data,
    ...(packs ? ['--packs', packs] : []),
    '--port',
    String(port),
    '--public-url',
    address,
  ];
  let process_, ended, said;
  const start = async () => {
    said = '';
    process_ = spawn(program, options, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [process_.stdout, process_.stderr]) stream.on('data', (chunk) => (said += chunk));
    ended = new Promise((resolve) => process_.on('exit', resolve));
    const up = async () => {
      if (process_.exitCode !== null) throw new Error(`the server ended:\n${said}`);
      const answers = await fetch(`${address}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      );
      return answers && said.includes('Ctrl-C'); // the logins are printed once it listens
    };
    await until(up, 120_000, 'the server coming up');
  };
  await start();
  if (change) {
    process_.kill('SIGTERM');
    await ended;
    change();
    await start();
  }
  const logins = logins_of(said);
  return {
    address,
    logins,
    /** A login for whoever holds the post, as an administrator opens it; the password is still the first one. */
    open_account(login, post) {
      const printed = execFileSync(program, ['account', 'create', login, '--post', post, ...data], {
        cwd: root,
        encoding: 'utf8',
      });
      return /^password\s+(\S+)$/m.exec(printed)[1];
    },
    /** The same, with the first password already replaced. */
    async add_login(login, post) {
      const password = 'browser-tests-only-8311';
      await change_password(address, login, this.open_account(login, post), password);
      logins[login] = password;
    },
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

async function change_password(address, login, first, password) {
  const { session, cookie } = await sign_in(address, login, first);
  const answer = await fetch(`${address}/api/v1/session/password`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Cookie: cookie,
      'X-CSRF-Token': session.csrf,
    },
    body: JSON.stringify({ old_password: first, new_password: password }),
  });
  if (!answer.ok)
    throw new Error(`${login} cannot change the password: ${answer.status} ${await answer.text()}`);
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
  return { login, session, cookie, get };
}

/** Logins for everybody a request of this place can come to on its way up: its representatives, heads and station. */
export async function add_ladder(county, place) {
  const ask = async (path) => (await fetch(`${county.address}/api/v1${path}`)).json();
  const { path } = await ask(`/places/${place}`);
  for (const step of path.slice(2)) {
    const { items } = await ask(`/places/${step.id}/posts?limit=50`);
    const held = items.filter(
      (post) => !post.vacant && ['representative', 'head', 'station'].includes(post.kind),
    );
    for (const post of held) await county.add_login(`p${post.id}`, post.id);
  }
  return path;
}

/** The first of the people who can take this action now, by the API. */
export async function who_can(people, id, action) {
  for (const person of people) {
    const { items = [] } = await person.get(`/matters/${id}/actions`);
    if (items.some((offer) => offer.action === action && offer.enabled)) return person.login;
  }
  return undefined;
}

/** An action as a person takes it, over the API: for what comes before the pages that a test is about. */
export async function act_over_api(county, person, id, action, fields) {
  const [matter, { items }] = await Promise.all([
    person.get(`/matters/${id}`),
    person.get(`/matters/${id}/actions`),
  ]);
  const offer = items?.find((one) => one.action === action && one.enabled);
  if (!offer) throw new Error(`${person.login} cannot ${action}: ${JSON.stringify(items ?? matter)}`);
  const { version, workflow_hash: workflow } = matter;
  const answer = await fetch(`${county.address}/api/v1/matters/${id}/actions`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': `${id}-${action}`,
      Cookie: person.cookie,
      'X-CSRF-Token': person.session.csrf,
    },
    body: JSON.stringify({ action, part: offer.part, version, workflow, fields }),
  });
  if (!answer.ok) throw new Error(`${action}: ${answer.status} ${await answer.text()}`);
}
