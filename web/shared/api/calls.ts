// One function for each question the pages ask, checked against the server's own document. Writes take the key of the
// intention they belong to.
import { api_version, body_of, client, cookies, credentials, refusal, Unreachable } from './client';
import type * as T from './types';

const keyed = (key: string): { headers: { 'Idempotency-Key': string } } => ({
  headers: { 'Idempotency-Key': key },
});

/** Lists answer a page; short ones are wanted whole. */
const items = async <I>(answer: Promise<{ items: I[] }>): Promise<I[]> => (await answer).items;

export const site = (): Promise<T.Site> => body_of(client.GET('/api/v1/site'));

export const places = (parent?: string, on?: string): Promise<T.Place[]> =>
  items(body_of(client.GET('/api/v1/places', { params: { query: { parent, limit: 500, on } } })));
export const place = (id: string): Promise<T.Place> =>
  body_of(client.GET('/api/v1/places/{id}', { params: { path: { id } } }));
export const place_history = (id: string): Promise<T.PlaceHistory> =>
  body_of(client.GET('/api/v1/places/{id}/history', { params: { path: { id } } }));
export const rename_place = (id: string, body: T.RenameIn): Promise<T.Place> =>
  body_of(client.POST('/api/v1/places/{id}/rename', { params: { path: { id } }, body }));
export const move_place = (id: string, body: T.MoveIn): Promise<T.Place> =>
  body_of(client.POST('/api/v1/places/{id}/move', { params: { path: { id } }, body }));
export const merge_places = (into: string, body: T.MergeIn): Promise<T.Place> =>
  body_of(client.POST('/api/v1/places/{id}/merge', { params: { path: { id: into } }, body }));
export const split_place = (id: string, body: T.SplitIn): Promise<T.Place> =>
  body_of(client.POST('/api/v1/places/{id}/split', { params: { path: { id } }, body }));
export const close_place = (id: string, body: T.CloseIn): Promise<unknown> =>
  body_of(client.POST('/api/v1/places/{id}/close', { params: { path: { id } }, body }));
export const find_places = (q: string): Promise<T.Place[]> =>
  items(body_of(client.GET('/api/v1/places/search', { params: { query: { q } } })));
export const code = (value: string): Promise<T.CodeTarget> =>
  body_of(client.GET('/api/v1/codes/{code}', { params: { path: { code: value } } }));
export const categories = (query: { q?: string; parent?: string }): Promise<T.Category[]> =>
  items(body_of(client.GET('/api/v1/categories', { params: { query } })));
export const suggest_categories = (body: { subject: string; text?: string }): Promise<T.Category[]> =>
  items(body_of(client.POST('/api/v1/categories/suggestions', { body })));
export const posts_at = (
  id: string,
  query: { below?: boolean; kind?: string; limit?: number },
): Promise<T.PostView[]> =>
  items(body_of(client.GET('/api/v1/places/{id}/posts', { params: { path: { id }, query } })));
/** Who lives or works at a place and below it, by part of the name: for whoever may read the households there. */
export const people_at = (id: string, query: { name?: string; limit?: number }): Promise<T.Person[]> =>
  items(body_of(client.GET('/api/v1/places/{id}/people', { params: { path: { id }, query } })));
/** Who keeps in touch with the door of a house number, and whether there is such a door. */
export const door = (id: string, house: string): Promise<T.Door> =>
  body_of(client.GET('/api/v1/places/{id}/door', { params: { path: { id }, query: { house } } }));
/** Who keeps in touch with a place and what lies below it: a first page, which already names every kind of post. */
export const representatives = (id: string): Promise<T.PostView[]> =>
  items(body_of(client.GET('/api/v1/places/{id}/representatives', { params: { path: { id } } })));
export const vacancies = (place: string, kind?: string): Promise<T.PostView[]> =>
  items(body_of(client.GET('/api/v1/vacancies', { params: { query: { place, kind } } })));
export const vacancy_page = (query: { place?: string; after?: string }): Promise<T.PostPage> =>
  body_of(client.GET('/api/v1/vacancies', { params: { query } }));
export const post = (id: string): Promise<T.PostHistory> =>
  body_of(client.GET('/api/v1/posts/{id}', { params: { path: { id } } }));
export const appoint = (id: string, body: T.AppointIn): Promise<T.Appointed> =>
  body_of(client.POST('/api/v1/posts/{id}/holdings', { params: { path: { id } }, body }));
export const end_holding = (id: string, body: T.EndIn): Promise<unknown> =>
  body_of(client.POST('/api/v1/holdings/{id}/end', { params: { path: { id } }, body }));
export const board = (id: string): Promise<T.Board> =>
  body_of(client.GET('/api/v1/places/{id}/board', { params: { path: { id } } }));
export const log_head = (): Promise<T.LogHead> => body_of(client.GET('/api/v1/log/head'));
export const notices = (query: { place?: string }): Promise<T.Notice[]> =>
  items(body_of(client.GET('/api/v1/notices', { params: { query } })));
export const post_lists = (): Promise<{ items: T.PostLists[] }> => body_of(client.GET('/api/v1/post-lists'));
export const notice = (id: string): Promise<T.Notice> =>
  body_of(client.GET('/api/v1/notices/{id}', { params: { path: { id } } }));
export const published = (id: string): Promise<T.Published> =>
  body_of(client.GET('/api/v1/published/{id}', { params: { path: { id } } }));
export const certificate = (number: string): Promise<T.Certificate> =>
  body_of(client.GET('/api/v1/certificates/{number}', { params: { path: { number } } }));
export async function certificate_qr(number: string): Promise<string> {
  const response = await fetch(`/api/v1/certificates/${number}/qr.svg`, {
    headers: { 'Lianxin-Api': api_version },
  });
  if (!response.ok) throw refusal(response.status, undefined);
  return response.text();
}
export const rates = (query: { place?: string; from?: string; to?: string }): Promise<T.Rates> =>
  body_of(client.GET('/api/v1/rates', { params: { query } }));
type FlowQuery = { place?: string; from?: string; to?: string; version?: string };
export const kinds = (query: { place?: string }): Promise<T.Kinds> =>
  body_of(client.GET('/api/v1/workflows', { params: { query } }));
export const kind_flow = (name: string, query: FlowQuery): Promise<T.KindFlow> =>
  body_of(client.GET('/api/v1/workflows/{name}', { params: { path: { name }, query } }));
export const flow_picture = (name: string, query: FlowQuery): Promise<{ svg: string }> =>
  body_of(client.GET('/api/v1/workflows/{name}/picture', { params: { path: { name }, query } }));
export const version_moves = (
  name: string,
  query: { version: string; place?: string },
): Promise<T.VersionStanding> =>
  body_of(client.GET('/api/v1/workflows/{name}/moves', { params: { path: { name }, query } }));
export const move_matters = (name: string, body: T.MovesIn): Promise<T.Moves> =>
  body_of(client.POST('/api/v1/workflows/{name}/moves', { params: { path: { name } }, body }));
/** The document calls a form any JSON; what it is stands in types_of_forms.ts. */
export const start_form = async (
  name: string,
  { category, service }: { category?: string; service?: string },
): Promise<T.Start> =>
  (await body_of(
    client.GET('/api/v1/workflows/{name}/form', {
      params: { path: { name }, query: { category, service_item: service } },
    }),
  )) as T.Start;

type GuideQuery = { place?: string; q?: string; after?: string; limit?: number };
export const services = (query: GuideQuery): Promise<T.ServicePage> =>
  body_of(client.GET('/api/v1/services', { params: { query } }));
export const service = (id: string, place?: string): Promise<T.Service> =>
  body_of(client.GET('/api/v1/services/{id}', { params: { path: { id }, query: { place } } }));

export const take_in = (body: T.TakeIn, key: string): Promise<T.TakenIn> =>
  body_of(client.POST('/api/v1/matters', { body, ...keyed(key) }));
export const track = (number: string): Promise<T.Tracked> =>
  body_of(client.GET('/api/v1/track/{number}', { params: { path: { number } } }));
/** The receipt's link as a QR code, SVG text: drawn when somebody looks at it. */
export async function receipt_qr(number: string, secret: string): Promise<string> {
  const headers = { 'Lianxin-Receipt': `${number}.${secret}`, 'Lianxin-Api': api_version };
  const response = await fetch(`/api/v1/track/${number}/qr.svg`, { headers, ...cookies() });
  if (!response.ok) throw refusal(response.status, undefined);
  return response.text();
}
/** The file that `lianxin verify` reads, with the proof of the county's log as soon as there is one. */
export const receipt_file = async (id: string): Promise<string> =>
  String(
    await body_of(client.GET('/api/v1/matters/{id}/receipt', { params: { path: { id } }, parseAs: 'text' })),
  );
export const send_code = (number: string, key: string): Promise<unknown> =>
  body_of(client.POST('/api/v1/track/{number}/code', { params: { path: { number } }, ...keyed(key) }));
export const open_with_code = (number: string, value: string, key: string): Promise<T.Opened> =>
  body_of(
    client.POST('/api/v1/track/{number}/open', {
      params: { path: { number } },
      body: { code: value },
      ...keyed(key),
    }),
  );

export const matter = (id: string): Promise<T.Matter> =>
  body_of(client.GET('/api/v1/matters/{id}', { params: { path: { id } } }));
export const actions = async (id: string): Promise<T.Action[]> =>
  // The document calls a form any JSON; what it is stands in types_of_forms.ts.
  (await items(
    body_of(client.GET('/api/v1/matters/{id}/actions', { params: { path: { id } } })),
  )) as T.Action[];
export const act = (id: string, body: T.ActRequest, key: string): Promise<T.Acted> =>
  body_of(client.POST('/api/v1/matters/{id}/actions', { params: { path: { id } }, body, ...keyed(key) }));

export interface WorkQuestion {
  place?: string;
  state?: string[];
  phase?: 'open' | 'open_explained' | 'closed' | 'ended';
  mine?: boolean;
  overdue?: boolean;
  include_closed?: boolean;
  q?: string;
  after?: string;
  limit?: number;
}
export const vote = (id: string, choice: string): Promise<unknown> =>
  body_of(client.POST('/api/v1/matters/{id}/votes', { params: { path: { id } }, body: { choice } }));
export const worklist = (query: WorkQuestion): Promise<T.RowPage> =>
  body_of(client.GET('/api/v1/matters', { params: { query } }));

export const search = (query: { q: string; place?: string; after?: string }): Promise<T.FoundPage> =>
  body_of(client.GET('/api/v1/search', { params: { query } }));
export const similar_matters = (id: string): Promise<T.Similar[]> =>
  items(body_of(client.GET('/api/v1/matters/{id}/similar', { params: { path: { id } } })));

export const notes = (query: { unread?: boolean; after?: string; limit?: number }): Promise<T.NoteList> =>
  body_of(client.GET('/api/v1/notes', { params: { query } }));
/** These, or all that came up to one. */
export const read_notes = (body: { notes?: string[]; until?: string }): Promise<T.UnreadNotes> =>
  body_of(client.POST('/api/v1/notes/read', { body: { notes: [], ...body } }));

export const session = (): Promise<T.Session> => body_of(client.GET('/api/v1/session'));
export const sign_in = (login: string, password: string, second_factor?: string): Promise<T.Session> =>
  body_of(client.POST('/api/v1/session', { body: { login, password, second_factor } }));
export const sign_out = (): Promise<unknown> => body_of(client.DELETE('/api/v1/session'));
export const change_password = (old_password: string, new_password: string): Promise<unknown> =>
  body_of(client.POST('/api/v1/session/password', { body: { old_password, new_password } }));

export const breaches = (place: string): Promise<T.BreachList> =>
  body_of(client.GET('/api/v1/liaison/breaches', { params: { query: { place } } }));
export const propose = (body: { place: string; rule: string }, key: string): Promise<T.Proposal> =>
  body_of(client.POST('/api/v1/liaison/proposals', { body, ...keyed(key) }));
type ChangesQuery = { what?: string; place?: string; after?: string; limit?: number };
export const proposal_changes = (id: string, query: ChangesQuery): Promise<T.ProposedPage> =>
  body_of(client.GET('/api/v1/liaison/proposals/{id}/changes', { params: { path: { id }, query } }));
export const confirm_proposal = (id: string, key: string): Promise<T.Proposal> =>
  body_of(client.POST('/api/v1/liaison/proposals/{id}/confirm', { params: { path: { id } }, ...keyed(key) }));

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
    response = await fetch('/api/v1/uploads', {
      method: 'POST',
      body: picture,
      headers,
      ...cookies(),
    });
  } catch (error) {
    throw new Unreachable(String(error));
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refusal(response.status, body);
  return body as T.Upload;
}

/** An attachment as a local address: residents prove themselves by a header, which <img src> cannot send. */
export async function picture_url(id: string): Promise<string> {
  const headers: Record<string, string> = credentials.receipt
    ? { 'Lianxin-Receipt': credentials.receipt }
    : {};
  const response = await fetch(`/api/v1/attachments/${id}`, { headers, ...cookies() });
  if (!response.ok) throw refusal(response.status, undefined);
  return URL.createObjectURL(await response.blob());
}
