// Words of the pages: typed keys, one small file per face and language, loaded when the language is chosen.
// Words of pack things (states, actions, fields) come from the API in the asked language.
import { ref } from 'vue';
import type shared from './zh-Hans/shared';
import type portal from './zh-Hans/portal';
import type desk from './zh-Hans/desk';

export type Key = keyof typeof shared | keyof typeof portal | keyof typeof desk;
export type Table = Partial<Record<Key, string>>;
export type Language = 'zh-Hans' | 'zh-Hant' | 'en';
export const languages: { tag: Language; name: string }[] = [
  { tag: 'zh-Hans', name: '简体' },
  { tag: 'zh-Hant', name: '繁體' },
  { tag: 'en', name: 'English' },
];

export const language = ref<Language>('zh-Hans');
const table = ref<Table>({});

export function use_words(chosen: Language, words: Table): void {
  table.value = words;
  language.value = chosen;
  document.documentElement.lang = chosen;
}

/** `{name}` is replaced; `a|b` gives a for one and b for any other `n` (English only needs it). */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  let text = table.value[key] ?? key;
  if ('n' in values && text.includes('|')) {
    const forms = text.split('|');
    text =
      (new Intl.PluralRules(language.value).select(Number(values.n)) === 'one' ? forms[0] : forms[1]) ?? text;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The words of a code that may have no words of its own (problem codes of the API). */
export function has(key: string): key is Key {
  return key in table.value;
}

export function as_language(name: string | null | undefined): Language {
  if (!name) return 'zh-Hans';
  if (/^zh-(hant|hk|tw|mo)/i.test(name)) return 'zh-Hant';
  return name.toLowerCase().startsWith('en') ? 'en' : 'zh-Hans';
}
