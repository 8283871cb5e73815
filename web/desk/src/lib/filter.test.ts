import { describe, expect, it } from 'vitest';
import { Refused } from '@shared/api/client';
import { asked_of, filter_of, query_of, without, wrong_in, type Filter } from './filter';

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

  it('is told from a fault of ours, and goes on without what is wrong in it', () => {
    const fault = (pointer: string) => ({ pointer, code: 'unknown_value', message: '' });
    const refused = (...pointers: string[]) =>
      new Refused(422, { status: 422, code: 'invalid_input', faults: pointers.map(fault) });
    expect(wrong_in(refused('/state', '/place'))).toEqual(['place', 'state']);
    expect(wrong_in(refused('/after'))).toEqual([]);
    expect(wrong_in(new Error('ours'))).toEqual([]);
    const asked = filter_of({ place: 'abc', state: 'nonsense', all: '1' });
    expect(query_of(without(asked, ['place']))).toEqual({ state: 'nonsense', all: '1' });
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
