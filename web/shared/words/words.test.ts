import { describe, expect, it } from 'vitest';
import { as_language } from '.';
import en_desk from './en/of_desk';
import en_portal from './en/of_portal';
import hans_desk from './zh-Hans/of_desk';
import hans_portal from './zh-Hans/of_portal';
import hant_desk from './zh-Hant/of_desk';
import hant_portal from './zh-Hant/of_portal';

const holes = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe('words', () => {
  it.each([
    ['portal', hans_portal, hant_portal, en_portal],
    ['desk', hans_desk, hant_desk, en_desk],
  ] as [string, Record<string, string>, Record<string, string>, Record<string, string>][])(
    'of the %s stand in every language, with the same blanks to fill',
    (_, hans, hant, en) => {
      for (const other of [hant, en]) {
        expect(Object.keys(other).sort()).toEqual(Object.keys(hans).sort());
        for (const [key, text] of Object.entries(hans))
          expect([key, holes(other[key] ?? '')]).toEqual([key, holes(text)]);
      }
    },
  );

  it('understands what browsers call a language', () => {
    expect(['zh-TW', 'zh-Hant-HK', 'zh-CN', 'zh', 'en-US', 'fr', ''].map((tag) => as_language(tag))).toEqual([
      'zh-Hant',
      'zh-Hant',
      'zh-Hans',
      'zh-Hans',
      'en',
      'zh-Hans',
      'zh-Hans',
    ]);
  });
});
