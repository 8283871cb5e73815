// Language and type size: chosen once, kept on the device, the same on every face.
import { ref } from 'vue';
import { credentials } from '../api/client';
import { as_language, use_words, type Language, type Table } from '../words';
import { keep, recall } from './store';

export type Loader = (language: Language) => Promise<Table>;
export const large = ref(false);
let loader: Loader;

export async function start_settings(load: Loader): Promise<void> {
  loader = load;
  show_large(recall('large', false));
  const asked = new URLSearchParams(location.search).get('lang');
  await choose_language(as_language(asked ?? recall<string | null>('language', null) ?? first_language()));
}

/** Chinese unless the device asks for English or Traditional before any Chinese. */
function first_language(): string {
  const first = navigator.language;
  return /^(zh|en)/i.test(first) ? first : 'zh-Hans';
}

export async function choose_language(chosen: Language): Promise<void> {
  use_words(chosen, await loader(chosen));
  credentials.language = chosen;
  keep('language', chosen);
}

export function show_large(on: boolean): void {
  large.value = on;
  document.documentElement.classList.toggle('large', on);
  keep('large', on);
}
