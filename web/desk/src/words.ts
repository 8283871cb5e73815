import type { Language, Table } from '@shared/words';

export async function load_words(language: Language): Promise<Table> {
  switch (language) {
    case 'en':
      return (await import('@shared/words/en/of_desk')).default;
    case 'zh-Hant':
      return (await import('@shared/words/zh-Hant/of_desk')).default;
    default:
      return (await import('@shared/words/zh-Hans/of_desk')).default;
  }
}
