// What changes on the server is told by a stream of (kind, id, version); the page then fetches through the normal door.
import { onBeforeUnmount, ref, watch } from 'vue';
import { cleared } from '@shared/lib/load';

export interface Change {
  kind: string;
  id: string;
  version: number;
  pos: number;
}

/** False while the stream is broken: the browser reconnects by itself, the page says that it is not live. */
export const live = ref(true);

export function on_change(hear: (change: Change) => void): void {
  const take = (event: MessageEvent<string>): void => {
    try {
      hear(JSON.parse(event.data) as Change);
    } catch {
      // A line that is no change (a keep-alive) changes nothing.
    }
  };
  // Too much was missed to tell it one by one: whatever is shown may be old.
  const resync = (): void => hear({ kind: 'resync', id: '', version: 0, pos: 0 });
  const open = (): EventSource => {
    const stream = new EventSource('/api/v1/events');
    stream.onopen = () => (live.value = true);
    stream.onerror = () => (live.value = false);
    stream.onmessage = take;
    stream.addEventListener('resync', resync);
    return stream;
  };
  let stream = open();
  // A stream that was refused does not come back by itself.
  watch(cleared, () => {
    stream.close();
    stream = open();
    resync();
  });
  onBeforeUnmount(() => stream.close());
}

/** Many changes in one moment make one question. */
export function gathered(deed: () => void, pause_ms = 400): () => void {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(deed, pause_ms);
  };
}
