// How long a notice hangs, in words: its days, and how many are left to object.
import type { Notice } from '@shared/api/types';
import { day, day_time } from '@shared/lib/format';
import { language, t } from '@shared/words';

export const period_of = (notice: Pick<Notice, 'from' | 'last_day'>): string =>
  t('notice_period', { from: day(notice.from), until: day(notice.last_day) });

export function left_of(
  notice: Pick<Notice, 'withdrawn' | 'takes_objections' | 'days_left' | 'last_day'>,
): string {
  if (notice.withdrawn) return t('notice_withdrawn');
  if (!notice.takes_objections) return t('notice_over');
  if (notice.days_left === 0) return t('notice_last_day');
  return t('notice_days_left', { n: notice.days_left, day: day(notice.last_day) });
}

/** When it was corrected, and what of it is new; what it said before is no longer shown. */
export function corrected_of(notice: Pick<Notice, 'corrected_at' | 'lines'>): string {
  const at = notice.corrected_at ? day_time(notice.corrected_at) : '';
  const what = notice.lines.filter((line) => line.corrected).map((line) => line.title);
  return what.length
    ? t('notice_corrected_what', { at, what: new Intl.ListFormat(language.value).format(what) })
    : t('notice_corrected', { at });
}
