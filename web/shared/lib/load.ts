// Loading something for a page: the ways it can stand, and the last answer kept while it is fetched anew.
import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { Refused, Unreachable } from '../api/client';

export type LoadState = 'loading' | 'ready' | 'offline' | 'forbidden' | 'missing' | 'wrong' | 'failed';

export interface Loading<T> {
  data: ShallowRef<T | undefined>;
  state: Ref<LoadState>;
  again: () => Promise<void>;
}

export function state_of(error: unknown): LoadState {
  if (error instanceof Unreachable) return 'offline';
  if (error instanceof Refused) {
    if (error.status === 401 || error.status === 403) return 'forbidden';
    if (error.status === 404) return 'missing';
    // What was asked cannot be asked: on a page that only looks, the address says so.
    if (error.status === 400 || error.status === 422) return 'wrong';
  }
  return 'failed';
}

/** Counts the times something stood in the way of loading and is gone: somebody signed in again. */
export const cleared = ref(0);

export function use_load<T>(fetch: () => Promise<T>): Loading<T> {
  const data = shallowRef<T>();
  const state = ref<LoadState>('loading');
  let latest = 0;
  async function again(): Promise<void> {
    const mine = ++latest;
    if (data.value === undefined) state.value = 'loading';
    try {
      const got = await fetch();
      if (mine !== latest) return; // a newer question has been asked meanwhile
      data.value = got;
      state.value = 'ready';
    } catch (error) {
      if (mine === latest) state.value = state_of(error);
    }
  }
  void again();
  watch(cleared, () => {
    if (state.value !== 'ready') void again();
  });
  return { data, state, again };
}
