// The portal without a line: its own files are kept on the phone, and so are the public lists a report is filled in
// from. Nothing anybody asked for with a receipt or a session is kept, and nothing is sent from here: the page sends.
const shell = __SHELL__;
const files = `files-${fingerprint(shell.join())}`;
const lists = 'lists';
const most_lists = 200;
const public_list = /^\/api\/v1\/(site|places|places\/\d+|categories|workflows\/[^/]+\/form)$/;
const others = /^\/(desk|api|healthz|metrics)(\/|$)/;

function fingerprint(text) {
  let sum = 0;
  for (let at = 0; at < text.length; ++at) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) >>> 0;
  return sum.toString(16);
}

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(files).then((kept) => kept.addAll(shell)));
});

self.addEventListener('activate', (event) => {
  const forget = async () => {
    for (const name of await caches.keys())
      if (name.startsWith('files-') && name !== files) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (!others.test(url.pathname)) event.respondWith(page(request));
  } else if (shell.includes(url.pathname)) event.respondWith(file(request));
  else if (public_list.test(url.pathname) && !request.headers.has('Lianxin-Receipt'))
    event.respondWith(list(event));
});

/** The page of today while there is a line, the one kept on the phone without. */
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await (await caches.open(files)).match('/');
    if (kept) return kept;
    throw error;
  }
}

async function file(request) {
  return (await (await caches.open(files)).match(request.url)) ?? fetch(request);
}

async function list(event) {
  const { request } = event;
  const client = event.clientId ? await self.clients.get(event.clientId) : undefined;
  // What staff see is theirs: the desk's pages are not served from here.
  if (!client || new URL(client.url).pathname.startsWith('/desk')) return fetch(request);
  const key = new URL(request.url);
  key.searchParams.set('in', request.headers.get('Accept-Language') ?? '');
  const kept = await caches.open(lists);
  try {
    const answer = await fetch(request);
    if (answer.ok) event.waitUntil(remember(kept, key.href, answer.clone()));
    return answer;
  } catch (error) {
    const known = await kept.match(key.href);
    if (known) return known;
    throw error;
  }
}

async function remember(kept, key, answer) {
  // Vary names headers the key already stands for.
  const body = await answer.blob();
  await kept.put(key, new Response(body, { headers: { 'Content-Type': 'application/json' } }));
  const all = await kept.keys();
  for (const old of all.slice(0, Math.max(0, all.length - most_lists))) await kept.delete(old);
}
