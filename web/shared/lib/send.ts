// Sending a deed so that it happens once, however often the line drops or the button is pressed: the caller makes the
// key once and keeps it with the draft; every retry carries the same key and the same words.
import { Refused, Unreachable } from '../api/client';

export type Verdict = 'retry' | 'failed';

// Busy, too early, too often: another try may be all it takes.
const passing = new Set([408, 425, 429]);
// Signing in, a proxy's page in a hotel network, an update: worth another try unless our own server has said why.
const healing = new Set([401, 403, 409, 426]);

/** What to do after an error. A refusal the server words (it has a code) is an answer for the person to read. */
export function verdict(error: unknown): Verdict {
  if (error instanceof Unreachable) return 'retry';
  if (!(error instanceof Refused)) return 'failed';
  if (error.status >= 500 || passing.has(error.status)) return 'retry';
  return healing.has(error.status) && !error.worded ? 'retry' : 'failed';
}

/** Back off from two seconds to an hour, with half of it left to chance so that a village does not knock at once. */
export function pause_ms(attempt: number, chance: number): number {
  const whole = Math.min(3_600_000, 2000 * 2 ** Math.min(attempt, 20));
  return Math.round(whole / 2 + (whole / 2) * chance);
}

export interface Waiting {
  /** Resolves after the pause, or earlier when the network comes back or the person presses "try now". */
  wait: (ms: number) => Promise<void>;
  chance: () => number;
}

export interface SendReport {
  attempt: number;
  error: unknown;
}

/** Runs `deed` until it succeeds or fails for good; `on_wait` is told before each pause. */
export async function send<T>(
  deed: () => Promise<T>,
  waiting: Waiting,
  on_wait: (report: SendReport) => void,
): Promise<T> {
  for (let attempt = 0; ; ++attempt) {
    try {
      return await deed();
    } catch (error) {
      if (verdict(error) === 'failed') throw error;
      on_wait({ attempt, error });
      await waiting.wait(pause_ms(attempt, waiting.chance()));
    }
  }
}

/** Two tabs must not send one draft at once; where the browser has no locks, the key alone protects. */
export async function alone<T>(name: string, deed: () => Promise<T>): Promise<T> {
  const locks = (navigator as Navigator & { locks?: LockManager }).locks;
  return locks ? ((await locks.request(`lianxin.${name}`, deed)) as T) : deed();
}

export function browser_waiting(): Waiting & { now: () => void } {
  let wake: () => void = () => undefined;
  return {
    now: () => wake(),
    chance: Math.random,
    wait: (ms) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          removeEventListener('online', done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        addEventListener('online', done);
        wake = done;
      }),
  };
}
