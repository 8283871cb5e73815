import { describe, expect, it } from 'vitest';
import { digits_of, number_fault } from './number';

describe('a number somebody typed', () => {
  it('is read however it was pasted', () => {
    expect(digits_of('　２4 0000－0000 — 7\n')).toBe('24000000007');
    expect(digits_of('24\u00a00000\u20130000\u20117')).toBe('24000000007');
  });

  it('may exist when its check digit fits, whichever it is', () => {
    for (const known of ['24000000007', '24999999992'])
      for (let last = 0; last <= 9; ++last)
        expect(number_fault(known.slice(0, -1) + String(last))).toBe(
          known.endsWith(String(last)) ? undefined : 'fault_number_mistyped',
        );
  });

  it('is told from one with too few or too many digits', () => {
    for (const wrong of ['', '2400000000', '240000000071', '2400000000a'])
      expect(number_fault(wrong)).toBe('fault_number_shape');
  });
});
