import { flushPromises, mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Refused } from '@shared/api/client';
import { use_words } from '@shared/words';
import words from '@shared/words/zh-Hans/of_desk';
import { session } from '../lib/session';
import PostPanel from './PostPanel.vue';

const calls = vi.hoisted(() => ({
  post: vi.fn(),
  end_holding: vi.fn(),
  appoint: vi.fn(),
  place: vi.fn(),
  people_at: vi.fn(),
}));
vi.mock('@shared/api/calls', () => calls);

const holder = { holding: '4', name: '陈一', stand_in: false, from: '2024-01-02', until: null };
const held = {
  post: {
    id: '2',
    kind: 'head',
    kind_title: '组长',
    place: '3',
    place_name: '枫林组',
    unit_name: '',
    vacant: false,
    vacant_since: null,
    holders: [holder],
  },
  past: [],
};
const vacant = {
  post: { ...held.post, vacant: true, vacant_since: '2024-05-06', holders: [] },
  past: [{ ...holder, until: '2024-05-06' }],
};
const as = (rights: string[]): void => {
  session.value = { account: '1', name: '管理', posts: [], rights, csrf: '' } as never;
};

async function shown() {
  const panel = mount(PostPanel, { props: { id: '2' }, attachTo: document.body });
  await flushPromises();
  return panel;
}

describe('a post', () => {
  beforeEach(() => {
    use_words('zh-Hans', words);
    document.body.innerHTML = '';
    as(['administer']);
    for (const call of Object.values(calls)) call.mockReset();
    calls.post.mockResolvedValue(held);
    calls.place.mockResolvedValue({ id: '3', name: '枫林组', path: [{ id: '3', name: '枫林组' }] });
  });

  it('is only read by whoever does not administer', async () => {
    as(['lead']);
    const panel = await shown();
    expect(panel.text()).toContain('陈一');
    expect(panel.findAll('button')).toHaveLength(0);
  });

  it('ends a term from the day that is written, says so, and shows the vacancy', async () => {
    const panel = await shown();
    await panel.findAll('button')[0]?.trigger('click');
    await panel.find('#f-end-on').setValue('2024');
    const parts = panel.findAll('[data-end-term] input.num');
    await parts[1]?.setValue('5');
    await parts[2]?.setValue('6');
    calls.end_holding.mockResolvedValue(undefined);
    calls.post.mockResolvedValue(vacant);
    await panel.find('form').trigger('submit');
    await flushPromises();
    expect(calls.end_holding).toHaveBeenCalledWith('4', { on: '2024-05-06', reason: undefined });
    expect(panel.text()).toContain('已登记陈一的任期结束。');
    expect(panel.text()).toContain('空缺，自');
    expect(panel.emitted('changed')).toHaveLength(1);
  });

  it('says in the server’s words why a term cannot end so', async () => {
    const panel = await shown();
    await panel.findAll('button')[0]?.trigger('click');
    calls.end_holding.mockRejectedValue(
      new Refused(422, { status: 422, code: 'ends_before_it_began', title: '任期不能在开始之前结束' }),
    );
    await panel.find('form').trigger('submit');
    await flushPromises();
    expect(panel.find('[role=alert]').text()).toContain('任期不能在开始之前结束');
    expect(panel.emitted('changed')).toBeUndefined();
  });

  it('appoints somebody new to a vacant post, and asks for the name', async () => {
    calls.post.mockResolvedValue(vacant);
    const panel = await shown();
    await panel.find('button.button').trigger('click');
    await panel.find('form').trigger('submit');
    expect(panel.find('[role=alert]').text()).toContain('姓名');
    expect(calls.appoint).not.toHaveBeenCalled();
    calls.appoint.mockResolvedValue({});
    await panel.find('#f-newcomer').setValue('李桂英');
    await panel.find('form').trigger('submit');
    await flushPromises();
    expect(calls.appoint.mock.calls[0]?.[1]).toMatchObject({ newcomer: { name: '李桂英' } });
  });
});
