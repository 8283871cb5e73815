import { describe, expect, it, vi } from 'vitest';
import { as_problem, Refused, Unreachable } from '../api/client';
import { pause_ms, send, verdict } from './send';

const refused = (status: number, code = 'x'): Refused => new Refused(status, { status, code });
const at_once = { wait: () => Promise.resolve(), chance: () => 0.5 };

describe('sending', () => {
  it('makes one record of two posts when the first answer is lost after the server stored it', async () => {
    const stored = new Map<string, string>();
    let lost = false;
    const server = (key: string): Promise<string> => {
      if (!stored.has(key)) stored.set(key, `number ${stored.size + 1}`);
      if (!lost) {
        lost = true;
        return Promise.reject(new Unreachable('the answer did not arrive'));
      }
      return Promise.resolve(stored.get(key) ?? '');
    };
    const told = vi.fn();
    expect(await send(() => server('key made once'), at_once, told)).toBe('number 1');
    expect(stored.size).toBe(1);
    expect(told).toHaveBeenCalledOnce();
  });

  it.each([408, 425, 429, 500, 503])('tries again after %i', (status) => {
    expect(verdict(refused(status))).toBe('retry');
  });

  it.each([401, 403, 409, 426])(
    'tries again after %i of something in between, not after our own',
    (status) => {
      expect(verdict(new Refused(status, as_problem(status, '<html>proxy</html>')))).toBe('retry');
      expect(verdict(refused(status, 'changed_meanwhile'))).toBe('failed');
    },
  );

  it.each([400, 404, 410, 413, 415, 422])('takes %i as the last word', (status) => {
    expect(verdict(refused(status))).toBe('failed');
  });

  it('gives the last word to the caller', async () => {
    await expect(send(() => Promise.reject(refused(422)), at_once, vi.fn())).rejects.toBeInstanceOf(Refused);
  });

  it('backs off to an hour and no further, half of it by chance', () => {
    expect(pause_ms(0, 0)).toBe(1000);
    expect(pause_ms(0, 1)).toBe(2000);
    expect(pause_ms(50, 1)).toBe(3_600_000);
    expect(pause_ms(50, 0)).toBe(1_800_000);
  });
});
