import type { Language, Table } from '@shared/words';

// One chunk a language: a phone loads the one it reads.
export async function load_words(language: Language): Promise<Table> {
  switch (language) {
    case 'en':
      return (await import('@shared/words/en/of_portal')).default;
    case 'zh-Hant':
      return (await import('@shared/words/zh-Hant/of_portal')).default;
    default:
      return (await import('@shared/words/zh-Hans/of_portal')).default;
  }
}
