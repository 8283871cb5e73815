// Opening a matter with the secrets at hand: a link's before the one kept on this phone, since whoever follows a link
// means that one. It is kept only once it has opened something: a link that was cut short on its way never takes the
// place of a whole one, and never stands in the way of the next.
import { ref, type Ref } from 'vue';
import { credentials } from '@shared/api/client';
import { state_of } from '@shared/lib/load';
import { act_with, keep_receipt, receipt_of } from './receipts';

interface Opened {
  matter: { id: string; subject: string };
}
type Load<T> = (id: string) => Promise<T>;

export interface Opening {
  /** Whether the address brings a secret along. */
  has_link: () => boolean;
  /** The link that was followed does not open it. */
  link_refused: Ref<boolean>;
  open: <T extends Opened>(load: Load<T>) => Promise<T>;
}

/**
 * A receipt's link carries the secret behind the #, which browsers never send to a server. Words that a message put
 * behind the link do not belong to it, and what names a place on this page is none.
 */
export function secret_of_link(hash: string): string {
  const [, secret = ''] = /^#([\w-]+)/.exec(hash) ?? [];
  return document.getElementById(secret) ? '' : secret;
}

const link_secret = (): string => secret_of_link(location.hash);
const forget_link = (): void => history.replaceState(history.state, '', location.pathname + location.search);

async function open_with<T>(number: string, secret: string, load: Load<T>): Promise<T> {
  act_with(number, secret);
  try {
    return await load(receipt_of(number)?.id || number);
  } catch (error) {
    // What proves nothing would make every further question of this phone a refused one.
    if (state_of(error) === 'forbidden') credentials.receipt = undefined;
    throw error;
  }
}

function keep_opened(number: string, secret: string, { matter: { id, subject } }: Opened): void {
  const kept = receipt_of(number);
  if (kept?.secret === secret && kept.id === id && kept.subject === subject) return;
  keep_receipt({ at: new Date().toISOString(), ...kept, id, number, secret, subject });
}

export function opening_of(number: string): Opening {
  const link_refused = ref(false);

  async function open_and_keep<T extends Opened>(secret: string, load: Load<T>): Promise<T> {
    const got = await open_with(number, secret, load);
    keep_opened(number, secret, got);
    return got;
  }

  async function open_by_link<T extends Opened>(load: Load<T>): Promise<T | undefined> {
    const secret = link_secret();
    if (!secret) return undefined;
    try {
      const got = await open_and_keep(secret, load);
      link_refused.value = false;
      forget_link();
      return got;
    } catch (error) {
      // Without a line nothing is known yet, and the address is all that there is of the link.
      if (state_of(error) !== 'forbidden') throw error;
      link_refused.value = true;
      forget_link();
      if (!receipt_of(number)) throw error;
      return undefined;
    }
  }

  return {
    has_link: () => link_secret() !== '',
    link_refused,
    async open(load) {
      const by_link = await open_by_link(load);
      if (by_link) return by_link;
      const kept = receipt_of(number);
      if (!kept) throw new Error('not opened');
      return open_and_keep(kept.secret, load);
    },
  };
}
