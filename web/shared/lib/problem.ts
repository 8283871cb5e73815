// What to tell a person about an error: the server words its refusals itself; the rest is ours.
import { Refused, Unreachable } from '../api/client';
import { has, t } from '../words';

export function problem_text(error: unknown): string {
  if (error instanceof Unreachable) return t('state_offline');
  if (error instanceof Refused) {
    const key = `problem_${error.code}`;
    if (has(key)) return t(key);
    const { title, detail } = error.problem;
    if (title) return detail ? `${title} ${detail}` : title;
    return t(error.status >= 500 ? 'state_failed' : 'problem_refused', { code: error.code });
  }
  return t('state_failed');
}
