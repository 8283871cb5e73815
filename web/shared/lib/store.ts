// The browser's storage, which may be full, forbidden or emptied at any time: reading gives a default, writing says
// whether it was kept.
import { ref } from 'vue';

/** Moves with every change: a page that shows what is kept looks again. */
export const kept_changes = ref(0);

export function recall<T>(key: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(`lianxin.${key}`);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

export function keep(key: string, value: unknown): boolean {
  ++kept_changes.value;
  try {
    localStorage.setItem(`lianxin.${key}`, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function forget(key: string): void {
  ++kept_changes.value;
  try {
    localStorage.removeItem(`lianxin.${key}`);
  } catch {
    // Nothing was kept, then.
  }
}
