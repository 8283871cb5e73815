// The county as the pack names it, and what whoever is signed in may begin: fetched once, and again when the language
// or the person changes.
import { shallowRef, watch } from 'vue';
import { site as fetch_site } from '@shared/api/calls';
import type { Site } from '@shared/api/types';
import { language } from '@shared/words';
import { session } from './session';

export const site = shallowRef<Site>();
let asked: Promise<Site> | undefined;

export async function load_site(): Promise<Site> {
  asked ??= fetch_site();
  try {
    site.value = await asked;
    return site.value;
  } catch (error) {
    asked = undefined;
    throw error;
  }
}
export const load_root = async (): Promise<string> => (await load_site()).root_place ?? '';
function forget(): void {
  asked = undefined;
  if (site.value) void load_site().catch(() => undefined);
}
watch(language, forget);
watch(() => session.value?.account, forget, { flush: 'sync' });
