import { beforeAll, describe, expect, it } from 'vitest';
import { use_words } from '@shared/words';
import words from '@shared/words/zh-Hans/of_portal';
import { left_of } from './notice';

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
