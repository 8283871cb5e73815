import { describe, expect, it, vi } from 'vitest';
import { use_words } from '@shared/words';
import words from '@shared/words/zh-Hans/of_desk';
import { missing, use_submit } from './submit';

use_words('zh-Hans', words);

describe('a form on its way out', () => {
  it('does not go while something is missing, and says what', async () => {
    const { faults, submit, error_of } = use_submit();
    const deed = vi.fn();
    await submit(deed, missing(['name', true, '姓名'], ['phone', false, '电话']));
    expect(deed).not.toHaveBeenCalled();
    expect(faults.value.map((fault) => fault.field)).toEqual(['name']);
    expect(error_of('name')).toContain('姓名');
    expect(error_of('phone')).toBeUndefined();
  });

  it('goes once however often it is pressed', async () => {
    const { busy, submit } = use_submit();
    let finish = (): void => undefined;
    const deed = vi.fn(() => new Promise<void>((done) => (finish = done)));
    const first = submit(deed);
    await submit(deed);
    expect(deed).toHaveBeenCalledTimes(1);
    expect(busy.value).toBe(true);
    finish();
    await first;
    expect(busy.value).toBe(false);
  });

  it('says a refusal at the field it is about and can go again', async () => {
    const { faults, busy, submit } = use_submit();
    const refuse = () => Promise.reject(new Error('no'));
    await submit(refuse, [], () => 'password');
    expect(faults.value).toHaveLength(1);
    expect(faults.value[0]?.field).toBe('password');
    expect(busy.value).toBe(false);
    await submit(() => Promise.resolve());
    expect(faults.value).toEqual([]);
  });
});
