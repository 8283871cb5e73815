import { beforeAll, describe, expect, it } from 'vitest';
import { use_words } from '../words';
import english from '../words/en/of_portal';
import chinese from '../words/zh-Hans/of_portal';
import { day_time, due_time, percent, relative, short_due } from './format';
import { why_lines } from './why';

describe('figures and dates', () => {
  beforeAll(() => use_words('zh-Hans', chinese));

  it('rounds half away from zero, from integers', () => {
    expect(percent(33, 35)).toBe('94.3%');
    expect(percent(1, 16)).toBe('6.3%'); // 6.25
    expect(percent(3, 3)).toBe('100.0%');
    expect(percent(0, 0)).toBe('—');
  });

  it('shows instants in the county’s zone wherever the browser stands', () => {
    expect(day_time('2026-11-22T16:30:00Z')).toContain('23日');
    expect(relative('2026-11-22T18:30:00Z', Date.parse('2026-11-22T16:30:00Z'))).toBe('2小时后');
  });

  it('says a limit that ends with a day as that day’s 24:00', () => {
    expect(due_time('2026-11-30T16:00:00Z')).toBe('2026年11月30日周一 24:00');
    expect(due_time('2026-11-30T15:59:00Z')).toContain('23:59');
    expect(short_due('2026-11-30T16:00:00Z')).toBe('11/30 24:00');
  });

  it('says why a deadline is what it is, law and holidays included', () => {
    const lines = why_lines({
      start: '2026-09-28T15:20:00+08:00',
      period: '10wd',
      day_not_counted: '2026-09-28',
      weekend_days_skipped: 2,
      holidays_skipped: [{ festival: '国庆节', first: '2026-10-01', last: '2026-10-07', days: 5 }],
    });
    expect(lines.join('\n')).toContain('10 个工作日');
    expect(lines.join('\n')).toContain('第二百零一条');
    expect(lines.join('\n')).toContain('国庆节');
    expect(why_lines(undefined)).toEqual([]);
  });

  it('uses the plural that English has', () => {
    use_words('en', english);
    expect(why_lines({ weekend_days_skipped: 1 })).toEqual(['1 day of weekends skipped']);
    expect(why_lines({ weekend_days_skipped: 2 })).toEqual(['2 days of weekends skipped']);
  });
});
