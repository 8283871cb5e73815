// Who is signed in: the cookie is the server's, the page knows the name, the posts and the token for writes.
import { shallowRef } from 'vue';
import { session as fetch_session, sign_in as ask_in, sign_out as ask_out } from '@shared/api/calls';
import { credentials, Refused } from '@shared/api/client';
import type { Session } from '@shared/api/types';

export const session = shallowRef<Session>();

function use(found: Session | undefined): void {
  session.value = found;
  credentials.csrf = found?.csrf;
}

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

export async function sign_in(login: string, password: string, code?: string): Promise<void> {
  use(await ask_in(login, password, code));
}

export async function sign_out(): Promise<void> {
  await ask_out();
  use(undefined);
}

export const may = (right: string): boolean => session.value?.rights.includes(right) ?? false;
