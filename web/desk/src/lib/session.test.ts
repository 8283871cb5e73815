import { beforeEach, describe, expect, it, vi } from 'vitest';
import { credentials } from '@shared/api/client';

const calls = vi.hoisted(() => ({ session: vi.fn(), sign_in: vi.fn(), sign_out: vi.fn() }));
vi.mock('@shared/api/calls', () => calls);
const of = (account: string) => ({
  account,
  name: account,
  csrf: `token of ${account}`,
  posts: [],
  rights: [],
});

describe('a session that ends under the page', () => {
  beforeEach(() => vi.resetModules());

  it('takes name and rights away and asks its owner to sign in again', async () => {
    const { session, session_over, sign_in } = await import('./session');
    calls.sign_in.mockResolvedValue(of('head'));
    await sign_in('head', 'x');
    const { credentials: now } = await import('@shared/api/client');
    now.on_session_over?.();
    expect(session.value).toBeUndefined();
    expect(now.csrf).toBeUndefined();
    expect(session_over.value).toBe(true);
    expect(await sign_in('head', 'x')).toBe(true);
    expect(session_over.value).toBe(false);
  });

  it('leaves nothing of the page to another person', async () => {
    const { sign_in } = await import('./session');
    calls.sign_in.mockResolvedValueOnce(of('head')).mockResolvedValueOnce(of('station'));
    await sign_in('head', 'x');
    expect(await sign_in('station', 'x')).toBe(false);
    expect(credentials.language).toBe('zh-Hans');
  });
});
