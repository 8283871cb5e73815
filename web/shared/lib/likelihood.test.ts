import { describe, expect, it } from 'vitest';
import type { Action } from '../api/types';
import { by_likelihood, is_first_choice } from './likelihood';

const offer = (action: string, leads: string, required: string[] = [], widget = 'text'): Action =>
  ({
    action,
    leads,
    form: {
      type: 'object',
      required,
      properties: Object.fromEntries(required.map((name) => [name, { 'x-widget': widget }])),
    },
  }) as unknown as Action;
const names = (actions: Action[]): string[] => by_likelihood(actions).map((one) => one.action);

describe('the order of actions', () => {
  it('puts the answer first and handing over last', () => {
    expect(
      names([
        offer('hand_over', 'hands_over', ['to_post', 'reason']),
        offer('raise', 'goes_on', ['tried', 'proposal']),
        offer('urge', 'urges'),
        offer('contact', 'goes_on', ['what']),
        offer('solve', 'answers', ['what', 'evidence']),
      ]),
    ).toEqual(['solve', 'contact', 'raise', 'urge', 'hand_over']);
  });

  it('asks a resident for an opinion before anything else, and never offers the end first', () => {
    expect(names([offer('reopen', 'goes_on'), offer('rate', 'goes_on', ['rating'], 'rating')])).toEqual([
      'rate',
      'reopen',
    ]);
    const [only] = by_likelihood([offer('withdraw', 'ends')]);
    expect(is_first_choice(only!, 0)).toBe(false);
  });
});
