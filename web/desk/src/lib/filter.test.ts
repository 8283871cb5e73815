import { describe, expect, it } from 'vitest';
import { asked_of, filter_of, query_of, type Filter } from './filter';

describe('the worklist’s address', () => {
  it('is its filter, there and back', () => {
    const filter: Filter = {
      place: '7',
      state: 'in_hand',
      phase: '',
      q: '路灯',
      mine: false,
      overdue: true,
      include_closed: true,
    };
    expect(filter_of(query_of(filter))).toEqual(filter);
    expect(query_of(filter_of({}))).toEqual({});
    expect(filter_of({ phase: 'nope' }).phase).toBe('');
  });

  it('asks the server only for what is filtered', () => {
    expect(asked_of(filter_of({}), null)).toEqual({ mine: true, limit: 50 });
    expect(asked_of(filter_of({ all: '1', overdue: '1' }), 'k')).toEqual({
      overdue: true,
      after: 'k',
      limit: 50,
    });
  });
});
