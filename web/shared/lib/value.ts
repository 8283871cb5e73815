// A field's value as a reader wants it: the server gives text where it can; ratings and lists come as they were filled in.
import { t, type Key } from '../words';
import { day } from './format';

/** Ids of posts, people or pictures: the parts and pictures of the page show what they name. */
export function is_reference(value: unknown): boolean {
  if (typeof value === 'string') return /^\d{15,20}$/.test(value);
  if (Array.isArray(value)) return value.length > 0 && value.every(is_reference);
  return typeof value === 'object' && value !== null && 'posts' in value;
}

export function value_text(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? day(value) : value;
  if (Array.isArray(value)) return value.map(value_text).join('；');
  if (typeof value === 'object') return object_text(value as Record<string, unknown>);
  return String(value);
}

function object_text(value: Record<string, unknown>): string {
  if (typeof value.solved === 'string') {
    const grade = value.grade ? t(`grade_${String(value.grade)}` as Key) : '';
    return [t(`solved_${value.solved}` as Key), grade, value.why].filter(Boolean).join(' · ');
  }
  if (typeof value.title === 'string') return value.title;
  if (typeof value.met === 'boolean')
    return [t(value.met ? 'yes' : 'no'), value.reason].filter(Boolean).join(' · ');
  return Object.values(value)
    .filter((part) => part !== '' && part !== null)
    .map(value_text)
    .join('；');
}
