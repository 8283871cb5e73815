// The one door to the server. Every answer is the typed body or an exception of two kinds: Refused (the server
// understood and said no, with a stable code) and Unreachable (nobody knows whether it arrived: safe to send again
// under the same key).
import createClient from 'openapi-fetch';
import type { paths } from './generated/schema';
import type { Problem } from './types';

export const api_version = '1';
const timeout_ms = 20_000;

const unworded = 'refused';

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.code);
  }
  /** Our server said why; an error page of something in between does not. */
  get worded(): boolean {
    return this.problem.code !== unworded;
  }
  get code(): string {
    return this.problem.code;
  }
}

export class Unreachable extends Error {}

export interface Credentials {
  language: string;
  /** NUMBER.SECRET of the receipt a resident acts with. */
  receipt?: string;
  csrf?: string;
  /**
   * The page never acts for whoever is signed in at the desk of the same browser: no cookie goes with what it asks and
   * none is taken from the answer. So it needs no token either: nothing that a foreign page could borrow is sent.
   */
  stranger?: boolean;
  /** Called when the server no longer knows the session that the page believes in. */
  on_session_over?: () => void;
}

export const credentials: Credentials = { language: 'zh-Hans' };

/** Of any request: whether the session's cookie goes with it. */
export const cookies = (): Pick<RequestInit, 'credentials'> => ({
  credentials: credentials.stranger ? 'omit' : 'same-origin',
});

async function timed_fetch(request: Request): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout_ms);
  try {
    return await fetch(new Request(request, { signal: stop.signal, ...cookies() }));
  } catch (error) {
    throw new Unreachable(error instanceof Error ? error.message : 'network');
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A page without a session may still send the dead cookie of one: the server says so once and takes it away. Asked
 * again, the same question is a stranger's, which is all it ever was.
 */
async function fetch_as_stranger_after(request: Request): Promise<Response> {
  const again = credentials.csrf ? undefined : request.clone();
  const response = await timed_fetch(request);
  if (response.status !== 401 || !again) return response;
  const said: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return as_problem(401, said).code === 'not_signed_in' ? timed_fetch(again) : response;
}

export const client = createClient<paths>({ baseUrl: '', fetch: fetch_as_stranger_after });

client.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', credentials.language);
    request.headers.set('Lianxin-Api', api_version);
    if (credentials.receipt) request.headers.set('Lianxin-Receipt', credentials.receipt);
    if (credentials.csrf && request.method !== 'GET') request.headers.set('X-CSRF-Token', credentials.csrf);
    return request;
  },
});

export function as_problem(status: number, body: unknown): Problem {
  if (body && typeof body === 'object' && 'code' in body) return body as Problem;
  return { status, code: unworded };
}

/** The refusal to throw; whoever believed to be signed in and is not any more is asked to sign in again. */
export function refusal(status: number, body: unknown): Refused {
  const problem = as_problem(status, body);
  if (status === 401 && problem.code === 'not_signed_in' && credentials.csrf) credentials.on_session_over?.();
  return new Refused(status, problem);
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

export async function body_of<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (!response.ok) throw refusal(response.status, error);
  return data as T;
}

/** A key made once per intention and sent with each retry, so that the server stores the deed once. */
export function new_key(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  // Plain http in a village hall is no secure context: randomUUID is missing there, getRandomValues is not.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
