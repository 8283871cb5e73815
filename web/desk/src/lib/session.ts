// Who is signed in: the cookie is the server's, the page knows the name, the posts and the token for writes.
import { ref, shallowRef } from 'vue';
import { session as fetch_session, sign_in as ask_in, sign_out as ask_out } from '@shared/api/calls';
import { credentials, Refused } from '@shared/api/client';
import type { Session } from '@shared/api/types';
import { cleared } from '@shared/lib/load';

export const session = shallowRef<Session>();
/** The session ended under the page: what stands on it is kept until its owner has signed in again. */
export const session_over = ref(false);
let owner = '';

function use(found: Session | undefined): void {
  session.value = found;
  credentials.csrf = found?.csrf;
  if (found) owner = found.account;
}

credentials.on_session_over = () => {
  use(undefined);
  session_over.value = true;
};

/** True when somebody is signed in; throws when nobody can say (no connection). */
export async function load_session(): Promise<boolean> {
  try {
    use(await fetch_session());
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    use(undefined);
    return false;
  }
}

/** False when another than before has signed in: what stands on the page is not theirs. */
export async function sign_in(login: string, password: string, code?: string): Promise<boolean> {
  const before = owner;
  use(await ask_in(login, password, code));
  session_over.value = false;
  ++cleared.value;
  return before === '' || before === owner;
}

export async function sign_out(): Promise<void> {
  await ask_out().catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error; // a session that had ended already is out
  });
  use(undefined);
  session_over.value = false;
  owner = '';
}

export const may = (right: string): boolean => session.value?.rights.includes(right) ?? false;
/** Whose posts reach over a place see what lies there. */
export const sees_places = (): boolean => ['read_place', 'lead', 'dispatch', 'oversee', 'audit'].some(may);
/** Whoever belongs to a unit sees what the unit has. Others' lists would always be empty for anybody else. */
export const sees_others = (): boolean =>
  sees_places() || (session.value?.posts.some((post) => post.unit) ?? false);
/** Administrators of accounts read no matter. */
export const reads_nothing = (): boolean =>
  session.value?.posts.every((post) => post.rights.includes('administer')) ?? true;
/** Where somebody may do such a thing: the place of their first post that allows it. */
export const own_place = (...rights: string[]): string =>
  session.value?.posts.find((post) => rights.some((right) => post.rights.includes(right)))?.place ?? '';
