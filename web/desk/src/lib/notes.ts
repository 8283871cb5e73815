// How many notes are unread: asked once, and again when the server says that one came or the page read some.
import { ref } from 'vue';
import { notes } from '@shared/api/calls';

export interface Unread {
  unread: number;
  or_more: boolean;
}
export const unread = ref<Unread>({ unread: 0, or_more: false });

export function note_unread(count: Unread): void {
  unread.value = { unread: count.unread, or_more: count.or_more };
}

/** Without an answer the last one stands: the next event asks again. */
export async function count_unread(): Promise<void> {
  await notes({ unread: true, limit: 1 }).then(note_unread, () => undefined);
}
