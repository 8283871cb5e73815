// The county as the pack names it, and what whoever is signed in may begin: fetched once, and again when the language
// or the person changes.
import { computed, shallowRef, watch } from 'vue';
import { site as fetch_site } from '@shared/api/calls';
import type { Site } from '@shared/api/types';
import { language } from '@shared/words';
import { way_in } from './kinds';
import { session } from './session';

export const site = shallowRef<Site>();
let asked: Promise<Site> | undefined;

export async function load_site(): Promise<Site> {
  const fetched = (asked ??= fetch_site());
  try {
    const found = await fetched;
    if (asked === fetched) site.value = found; // else it was somebody else's, or in another language
    return found;
  } catch (error) {
    if (asked === fetched) asked = undefined;
    throw error;
  }
}
/** What whoever is signed in may begin, as pages call it. */
export const way = computed(() => session.value && site.value && way_in(site.value.workflows));
export const load_root = async (): Promise<string> => (await load_site()).root_place ?? '';
function forget(): void {
  asked = undefined;
  if (site.value) void load_site().catch(() => undefined);
}
watch(language, forget);
watch(() => session.value?.account, forget, { flush: 'sync' });
