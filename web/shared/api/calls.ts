// One function for each question the pages ask. Writes take the key of the intention they belong to.
import { body_of, client, credentials, Refused, as_problem, Unreachable } from './client';
import type * as T from './types';

// The paths are checked against the generated document; the bodies are the shapes of types.ts.
const get = <R>(path: string, options: object = {}): Promise<R> =>
  body_of<R>(client.GET(path as never, options as never) as never);
const post = <R>(path: string, body: unknown, key?: string, options: object = {}): Promise<R> =>
  body_of<R>(
    client.POST(
      path as never,
      { ...options, body, headers: key ? { 'Idempotency-Key': key } : {} } as never,
    ) as never,
  );
const query = (
  values: Record<string, string | number | boolean | undefined | null>,
): { params: { query: object } } => ({
  params: {
    query: Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''),
    ),
  },
});
const of = (id: string): { params: { path: { id: string } } } => ({ params: { path: { id } } });

export const site = (): Promise<T.Site> => get('/site');
export const places = (parent?: string): Promise<T.Place[]> => list(get('/places', query({ parent })));
export const place = (id: string): Promise<T.Place> => get('/places/{id}', of(id));
export const find_places = (q: string): Promise<T.Place[]> => list(get('/places/search', query({ q })));
export const code = (value: string): Promise<T.CodeTarget> =>
  get('/codes/{code}', { params: { path: { code: value } } });
export const categories = (asked: { q?: string; parent?: string }): Promise<T.Category[]> =>
  list(get('/categories', query(asked)));

export const take_in = (body: T.TakeIn, key: string): Promise<T.TakenIn> => post('/matters', body, key);
export const track = (number: string): Promise<T.Tracked> =>
  get('/track/{number}', { params: { path: { number } } });
export const send_code = (number: string, key: string): Promise<unknown> =>
  post('/track/{number}/code', {}, key, { params: { path: { number } } });
export const open_with_code = (
  number: string,
  value: string,
  key: string,
): Promise<{ secret: string; matter: string }> =>
  post('/track/{number}/open', { code: value }, key, { params: { path: { number } } });

export const posts_at = (
  id: string,
  asked: { below?: boolean; kind?: string; limit?: number },
): Promise<T.PostView[]> => list(get('/places/{id}/posts', { params: { path: { id }, query: asked } }));

export const matter = (id: string): Promise<T.Matter> => get('/matters/{id}', of(id));
export const actions = (id: string): Promise<T.Action[]> => list(get('/matters/{id}/actions', of(id)));
export const act = (id: string, body: T.ActRequest, key: string): Promise<T.Acted> =>
  post('/matters/{id}/actions', body, key, of(id));
export const worklist = (
  filter: Record<string, string | number | boolean | undefined>,
): Promise<T.Page<T.Row>> => get('/matters', query(filter));

export const session = (): Promise<T.Session> => get('/session');
export const sign_in = (login: string, password: string, second_factor?: string): Promise<T.Session> =>
  post('/session', { login, password, second_factor });
export const change_password = (old_password: string, new_password: string): Promise<unknown> =>
  post('/session/password', { old_password, new_password });
export const sign_out = (): Promise<unknown> =>
  body_of(client.DELETE('/session' as never, {} as never) as never);

export const rates = (asked: { place?: string; from?: string; to?: string }): Promise<T.Rates> =>
  get('/rates', query(asked));
export const board = (id: string): Promise<T.Board> => get('/places/{id}/board', of(id));
export const notices = (asked: { place?: string }): Promise<T.Notice[]> =>
  list(get('/notices', query(asked)));
export const breaches = (asked: { place?: string }): Promise<T.BreachList> =>
  get('/liaison/breaches', query(asked));
export const propose = (body: { place?: string; rule?: string }, key: string): Promise<T.Proposal> =>
  post('/liaison/proposals', body, key);
export const confirm_proposal = (id: string, key: string): Promise<T.Proposal> =>
  post('/liaison/proposals/{id}/confirm', {}, key, of(id));

/** Lists answer `{items, next}` or a plain array; pages that show all of a short list want the array. */
async function list<I>(answer: Promise<I[] | { items: I[] }>): Promise<I[]> {
  const got = await answer;
  return Array.isArray(got) ? got : got.items;
}

/** Pictures travel as themselves, not as JSON. */
export async function upload(picture: Blob, key: string): Promise<T.Upload> {
  const headers: Record<string, string> = {
    'Content-Type': picture.type,
    'Idempotency-Key': key,
    'Accept-Language': credentials.language,
  };
  if (credentials.csrf) headers['X-CSRF-Token'] = credentials.csrf;
  if (credentials.receipt) headers['Lianxin-Receipt'] = credentials.receipt;
  let response: Response;
  try {
    response = await fetch('/api/v1/uploads', { method: 'POST', body: picture, headers });
  } catch (error) {
    throw new Unreachable(String(error));
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new Refused(response.status, as_problem(response.status, body));
  return body as T.Upload;
}

/** An attachment as a local address: residents prove themselves by a header, which <img src> cannot send. */
export async function picture_url(id: string): Promise<string> {
  const headers: Record<string, string> = credentials.receipt
    ? { 'Lianxin-Receipt': credentials.receipt }
    : {};
  const response = await fetch(`/api/v1/attachments/${id}`, { headers });
  if (!response.ok) throw new Refused(response.status, as_problem(response.status, undefined));
  return URL.createObjectURL(await response.blob());
}
