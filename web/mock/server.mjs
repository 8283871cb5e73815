// Serves the built pages and fixtures on a loopback port, with the Content-Security-Policy of the product.
//   node mock/server.mjs [PORT]
import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderSVG } from 'uqr';
import * as data from './fixtures.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const types = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html; charset=utf-8',
};
const policy =
  "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const answers = new Map(); // key → answer, as the product keeps them
let signed_in = false;
let serial = 0;

const problem = (status, code, title) => ({ status, body: { status, code, title } });
const routes = [
  ['GET', /^\/site$/, () => data.site],
  [
    'GET',
    /^\/places$/,
    (_, q) =>
      data.places.filter((one) => one.parent === q.get('parent')).map((one) => data.place_view(one.id)),
  ],
  [
    'GET',
    /^\/places\/search$/,
    (_, q) =>
      data.places.filter((one) => one.name.includes(q.get('q'))).map((one) => data.place_view(one.id)),
  ],
  [
    'GET',
    /^\/places\/(\d+)\/board$/,
    ([id]) =>
      data.place_view(id)
        ? { ...data.board, place: data.place_view(id) }
        : problem(404, 'not_found', '没有找到'),
  ],
  ['GET', /^\/places\/(\d+)$/, ([id]) => data.place_view(id) ?? problem(404, 'not_found', '没有找到')],
  [
    'GET',
    /^\/codes\/(.+)$/,
    ([code]) => ({
      kind: 'place',
      place: data.place_view(code.replace('K7Q', '')) ?? data.place_view('1000'),
    }),
  ],
  [
    'GET',
    /^\/categories$/,
    (_, q) =>
      data.categories.filter((one) =>
        q.get('q') ? one.name.includes(q.get('q')) : one.parent === (q.get('parent') ?? undefined),
      ),
  ],
  ['POST', /^\/uploads$/, () => ({ id: String(++serial), type: 'image/jpeg', bytes: 200_000 })],
  ['POST', /^\/matters$/, () => taken()],
  [
    'GET',
    /^\/track\/(\d+)$/,
    ([number]) => ({
      number,
      state: 'in_hand',
      state_title: '办理中',
      phase: 'open',
      due: data.clocks[1].due,
    }),
  ],
  ['POST', /^\/track\/\d+\/code$/, () => ({})],
  ['POST', /^\/track\/(\d+)\/open$/, ([number]) => ({ secret: 'mock', matter: number })],
  ['GET', /^\/matters\/(\d+)$/, ([id]) => data.matter(id)],
  [
    'GET',
    /^\/matters\/(\d+)\/actions$/,
    (_, __, staff) => (staff ? data.staff_actions : data.resident_actions),
  ],
  [
    'POST',
    /^\/matters\/(\d+)\/actions$/,
    ([id]) => ({ id, version: 4, state: 'answered', state_title: '已答复' }),
  ],
  ['GET', /^\/matters$/, (_, q) => worklist(q)],
  [
    'POST',
    /^\/session$/,
    (_, __, ___, body) =>
      body.password === 'wrong'
        ? problem(401, 'wrong_login', '账号或密码不对')
        : ((signed_in = true), session()),
  ],
  ['GET', /^\/session$/, () => (signed_in ? session() : problem(401, 'not_signed_in', '请先登录'))],
  ['DELETE', /^\/session$/, () => ((signed_in = false), {})],
  ['GET', /^\/rates$/, () => data.rates],
  ['GET', /^\/notices$/, () => ({ items: data.notices, next: null })],
  ['GET', /^\/liaison\/breaches$/, () => data.breaches],
  ['POST', /^\/liaison\/proposals$/, () => data.proposal],
  ['POST', /^\/liaison\/proposals\/9\/confirm$/, () => ({ ...data.proposal, state: 'confirmed' })],
];

const session = () => ({
  account: '7',
  name: '王小明',
  posts: [{ id: '1', title: '大瑶镇值班室', place: { id: '2', name: '大瑶镇' } }],
  rights: ['dispatch', 'take_in', 'read_place'],
  csrf: 'mock',
});
function taken() {
  const number = String(26_104_523_000 + ++serial * 7);
  const link = `http://127.0.0.1/t/${number}#mocksecret`;
  const receipt = { statement: '{}', signature: 'bW9jaw', key: 'bW9jaw', link, qr_svg: renderSVG(link) };
  const due = data.clocks.map(({ name, title, due: at }) => ({ clock: name, title, due: at }));
  return {
    id: number,
    number,
    secret: 'mocksecret',
    receipt,
    state: 'offered',
    state_title: '待代表接手',
    due,
  };
}
function worklist(q) {
  const from = Number(q.get('after') ?? 0);
  const found = data.rows.filter(
    (row) => (!q.get('overdue') || row.overdue) && (!q.get('q') || row.subject.includes(q.get('q'))),
  );
  return { items: found.slice(from, from + 50), next: from + 50 < found.length ? String(from + 50) : null };
}

async function api(request, response, url) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  if (url.pathname.endsWith('/events')) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    return response.write(': here\n\n');
  }
  if (url.pathname.includes('/attachments/')) {
    response.writeHead(200, { 'Content-Type': 'image/svg+xml' });
    return response.end(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4" height="3" fill="#1F6F6B"/></svg>',
    );
  }
  const path = url.pathname.replace('/api/v1', '');
  const key = request.headers['idempotency-key'];
  const [, pattern, make] =
    routes.find(([method, shape]) => method === request.method && shape.test(path)) ?? [];
  const json = request.headers['content-type']?.includes('json')
    ? JSON.parse(Buffer.concat(chunks).toString() || '{}')
    : {};
  const made =
    answers.get(key) ??
    (make
      ? make(pattern.exec(path).slice(1), url.searchParams, !request.headers['lianxin-receipt'], json)
      : problem(404, 'not_found', '没有找到'));
  if (key) answers.set(key, made);
  const refused = made.body !== undefined && made.status >= 400;
  response.writeHead(refused ? made.status : 200, {
    'Content-Type': refused ? 'application/problem+json' : 'application/json',
  });
  response.end(JSON.stringify(refused ? made.body : made));
}

function page(response, path) {
  const desk = path.startsWith('/desk');
  const folder = join(here, desk ? 'desk' : 'portal', 'dist');
  const file = normalize(join(folder, desk ? path.slice(5) : path));
  const found =
    file.startsWith(folder) && existsSync(file) && statSync(file).isFile()
      ? file
      : join(folder, 'index.html');
  response.writeHead(200, {
    'Content-Type': types[extname(found)] ?? 'application/octet-stream',
    'Content-Security-Policy': policy,
  });
  response.end(readFileSync(found));
}

export function serve(port) {
  return createServer((request, response) => {
    const url = new URL(request.url, 'http://mock');
    if (url.pathname.startsWith('/api/')) void api(request, response, url);
    else page(response, url.pathname);
  }).listen(port, '127.0.0.1');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.argv[2] ?? 8399);
  serve(port);
  console.log(`http://127.0.0.1:${port}/ and /desk/`);
}
