import { flushPromises, mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Refused } from '../api/client';
import type { Action } from '../api/types';
import { use_words } from '../words';
import words from '../words/zh-Hans/of_portal';
import ActionForm from './ActionForm.vue';

const act = vi.hoisted(() => vi.fn());
vi.mock('../api/calls', () => ({ act, upload: vi.fn(), picture_url: vi.fn() }));

const action: Action = {
  action: 'hand_over',
  part: 2,
  title: '转交',
  enabled: true,
  general: false,
  leads: 'goes_on',
  reason: null,
  fields: ['reason'],
  form: {
    type: 'object',
    required: ['reason'],
    properties: { reason: { type: 'string', 'x-widget': 'text', 'x-title': '理由', minLength: 5 } },
  },
};
const matter = { id: '7', version: 3, workflow_hash: 'w' };
const shown = () => mount(ActionForm, { props: { matter, action }, attachTo: document.body });

describe('the form of an action', () => {
  beforeEach(() => {
    use_words('zh-Hans', words);
    act.mockReset();
    document.body.innerHTML = '';
  });

  it('lists what is wrong, takes the focus there and sends nothing', async () => {
    const form = shown();
    await form.find('form').trigger('submit');
    await flushPromises();
    expect(form.find('[role=alert]').text()).toContain('请填写“理由”');
    expect(document.activeElement).toBe(form.find('.summary').element);
    expect(form.find('textarea').attributes('aria-invalid')).toBe('true');
    expect(act).not.toHaveBeenCalled();
  });

  it('sends once however often the button is pressed', async () => {
    let answer: (value: unknown) => void = () => undefined;
    act.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const form = shown();
    await form.find('textarea').setValue('属于供电所的职责');
    await form.find('form').trigger('submit');
    await form.find('form').trigger('submit');
    await flushPromises();
    answer({ id: '7', version: 4, state: 's', state_title: '已转交' });
    await flushPromises();
    expect(act).toHaveBeenCalledOnce();
    expect(act.mock.calls[0]?.[1]).toEqual({
      action: 'hand_over',
      part: 2,
      version: 3,
      workflow: 'w',
      fields: { reason: '属于供电所的职责' },
    });
    expect(form.emitted('done')).toHaveLength(1);
  });

  it('keeps every word when the matter changed meanwhile, and takes a new key for the next try', async () => {
    act.mockRejectedValueOnce(new Refused(409, { status: 409, code: 'changed_meanwhile' }));
    act.mockResolvedValueOnce({ id: '7', version: 6, state: 's', state_title: '已转交' });
    const form = shown();
    await form.find('textarea').setValue('属于供电所的职责');
    await form.find('form').trigger('submit');
    await flushPromises();
    expect(form.text()).toContain('此事刚刚有了新进展');
    expect(form.emitted('changed')).toHaveLength(1);
    expect((form.find('textarea').element as HTMLTextAreaElement).value).toBe('属于供电所的职责');
    await form.setProps({ matter: { ...matter, version: 5 } });
    await form.find('form').trigger('submit');
    await flushPromises();
    expect(act.mock.calls[1]?.[1]).toMatchObject({ version: 5 });
    expect(act.mock.calls[1]?.[2]).not.toBe(act.mock.calls[0]?.[2]);
  });

  it('shows the server’s faults beside their fields', async () => {
    act.mockRejectedValueOnce(
      new Refused(422, {
        status: 422,
        code: 'form_faults',
        faults: [{ pointer: '/fields/reason', code: 'too_short', message: '写得太短' }],
      }),
    );
    const form = shown();
    await form.find('textarea').setValue('属于供电所的职责');
    await form.find('form').trigger('submit');
    await flushPromises();
    expect(form.find('#f-reason-error').text()).toContain('写得太短');
  });
});
