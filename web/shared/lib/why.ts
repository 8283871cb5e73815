// A deadline's reasons arrive as facts; here they become sentences in the reader's language.
import type { Why } from '../api/types';
import { has, t } from '../words';
import { day, day_time } from './format';

const units: Record<string, string> = { min: 'minute', h: 'hour', d: 'day', wd: 'working_day' };

/** "10wd", "2h" and the like, as the calendar writes periods; anything else is shown as it came. */
export function period_text(period: string): string {
  const [, amount, short] = /^(\d+)(min|h|d|wd)$/.exec(period) ?? [];
  const key = `period_${units[short ?? '']}`;
  return amount && has(key) ? t(key, { n: Number(amount) }) : period;
}

export function why_lines(why: Partial<Why> | null | undefined): string[] {
  if (!why) return [];
  const lines: string[] = [];
  if (why.start) lines.push(t('why_start', { at: day_time(why.start) }));
  if (why.period && why.service_item)
    lines.push(t('why_promised', { service: why.service_item, limit: period_text(why.period) }));
  else if (why.period) lines.push(t('why_limit', { limit: period_text(why.period) }));
  if (why.day_not_counted) lines.push(t('why_first_day', { day: day(why.day_not_counted) }));
  if (why.weekend_days_skipped) lines.push(t('why_weekends', { n: why.weekend_days_skipped }));
  for (const rest of why.holidays_skipped ?? [])
    lines.push(t('why_holiday', { name: rest.festival, n: rest.days }));
  for (const work of why.exchange_days_counted ?? [])
    lines.push(t('why_exchange', { name: work.festival, n: work.days }));
  if (why.pauses?.length) lines.push(t('why_paused', { n: why.pauses.length }));
  if (why.extension) lines.push(t('why_extended', { by: period_text(why.extension) }));
  if (why.within) lines.push(t('why_within', { clock: why.within }));
  if (why.moved_from) lines.push(t('why_moved', { day: day(why.moved_from) }));
  if (why.beyond_announced) lines.push(t('why_beyond'));
  return lines;
}
