// Which of several actions a person most likely came for: what gives the answer first, then what goes on with the work
// (the less it asks, the earlier), what urges others, what ends it, and last what hands it to somebody else. No action is known by name.
import type { Action } from '../api/types';

const rank_of: Record<string, number> = { answers: 1, goes_on: 2, urges: 3, ends: 4, hands_over: 5 };

function rank(action: Action): number {
  const fields = Object.values(action.form.properties ?? {});
  if (fields.some((field) => field['x-widget'] === 'rating')) return 0;
  return rank_of[action.leads] ?? 2;
}

export const by_likelihood = (actions: Action[]): Action[] =>
  [...actions].sort(
    (a, b) => rank(a) - rank(b) || (a.form.required?.length ?? 0) - (b.form.required?.length ?? 0),
  );

/** What ends the matter for good is never the button that asks to be pressed. */
export const is_first_choice = (action: Action, at: number): boolean => at === 0 && action.leads !== 'ends';
