import { beforeAll, describe, expect, it } from 'vitest';
import { use_words } from '@shared/words';
import words from '@shared/words/zh-Hans/of_portal';
import { corrected_of, left_of } from './notice';

beforeAll(() => use_words('zh-Hans', words));

const notice = { withdrawn: false, takes_objections: true, days_left: 3, last_day: '2026-11-26' };

describe('how long a notice hangs', () => {
  it('is said by the days left to object', () => {
    expect(left_of(notice)).toContain('还剩 3 天');
    expect(left_of({ ...notice, days_left: 0 })).toContain('最后一天');
    expect(left_of({ ...notice, days_left: 0, takes_objections: false })).toBe('公示期已过。');
    expect(left_of({ ...notice, withdrawn: true })).toBe('这份公示已经撤下。');
  });
});

describe('a correction', () => {
  const corrected_at = '2026-11-20T02:00:00Z';
  const line = (title: string, corrected: boolean) => ({ name: title, title, shown: '四星', corrected });

  it('says when it was made and what of the notice is new', () => {
    const lines = [line('申请人', false), line('星级', true), line('理由', true)];
    expect(corrected_of({ corrected_at, lines })).toMatch(/11月20日.*更正了：星级和理由/);
  });
  it('is said also where nothing that is shown changed', () => {
    expect(corrected_of({ corrected_at, lines: [line('申请人', false)] })).toContain('更正过');
  });
});
