import { flushPromises } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const calls = vi.hoisted(() => ({ upload: vi.fn(), take_in: vi.fn() }));
vi.mock('@shared/api/calls', () => ({ ...calls, site: vi.fn() }));

const opened = async () => {
  vi.resetModules(); // the page is opened anew: only the phone's storage is left
  return import('./report_draft');
};

describe('the draft of a report', () => {
  beforeEach(() => {
    localStorage.clear();
    vi.clearAllMocks();
  });

  it('survives closing the page, with the same key', async () => {
    const first = await opened();
    first.draft.text = '路灯坏了三盏';
    await flushPromises();
    const { key } = first.draft;
    const second = await opened();
    expect(second.draft.text).toBe('路灯坏了三盏');
    expect(second.draft.key).toBe(key);
  });

  it('uploads each photo once, whatever happens in between', async () => {
    const { deliver, draft } = await opened();
    draft.photos = ['a', 'b'].map((name) => ({
      key: name,
      name,
      data: `data:image/jpeg;base64,${btoa(name)}`,
    }));
    calls.upload.mockResolvedValueOnce({ id: '1' }).mockRejectedValueOnce(new Error('the line dropped'));
    await expect(deliver()).rejects.toThrow();
    calls.upload.mockResolvedValueOnce({ id: '2' });
    calls.take_in.mockResolvedValueOnce({ number: '1' });
    await deliver();
    expect(calls.upload.mock.calls.map((call) => String(call[1]))).toEqual(['a', 'b', 'b']);
    expect(calls.take_in.mock.calls[0]?.[0]).toMatchObject({ uploads: ['1', '2'] });
    expect(calls.take_in.mock.calls[0]?.[1]).toBe(draft.key);
  });

  it('sends no name with an anonymous report, even one typed before', async () => {
    const { body_of_draft, fresh_draft } = await opened();
    const body = body_of_draft({
      ...fresh_draft(),
      anonymous: 'anonymous',
      name: '陈',
      phone: '13800000000',
      text: '路灯坏了',
    });
    expect(body.anonymous).toBe(true);
    expect(body.reporter).toEqual({});
  });

  it('is said once: by the text of its own form where that asks for one', async () => {
    const { body_of_draft, fresh_draft } = await opened();
    const { empty_draft } = await import('@shared/lib/form');
    const plan = { name: 'plan', widget: 'text' as const, schema: {}, title: '', hint: '', required: true };
    const body = body_of_draft({
      ...fresh_draft(),
      text: '先写的别的事',
      form: { workflow: 'w', title: '', about: '', anonymous: false, service_item: false, fields: [plan] },
      answers: { plan: { ...empty_draft(), text: '扩建菌棚。请今年放款' } },
    });
    expect([body.subject, body.text, body.fields]).toEqual([
      '扩建菌棚',
      undefined,
      { plan: '扩建菌棚。请今年放款' },
    ]);
  });

  it('takes a new key once it was sent or thrown away', async () => {
    const { discard_draft, draft } = await opened();
    const { key } = draft;
    discard_draft();
    expect(draft.key).not.toBe(key);
    expect(draft.text).toBe('');
  });

  it('makes a title of the first sentence, cut to a line', async () => {
    const { derived_subject } = await opened();
    expect(derived_subject('路灯坏了。已经半个月')).toBe('路灯坏了');
    expect([...derived_subject('长'.repeat(50))]).toHaveLength(30);
  });
});
