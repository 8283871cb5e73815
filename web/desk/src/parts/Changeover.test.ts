import { flushPromises, mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { Refused } from '@shared/api/client';
import { use_words } from '@shared/words';
import words from '@shared/words/zh-Hans/of_desk';
import Changeover from './Changeover.vue';

const calls = vi.hoisted(() => ({ version_moves: vi.fn(), move_matters: vi.fn() }));
vi.mock('@shared/api/calls', () => calls);

const choices = [
  { state: 'working', title: '经办' },
  { state: 'told', title: '已答复' },
];
const state = (name: string, standing: number, misfit?: string) => ({
  part: '',
  part_title: '',
  state: name,
  title: name,
  standing,
  misfit: misfit ?? null,
  misfit_title: misfit ? '新版流程没有这一步' : null,
  choices,
});
const standing = {
  name: 'ask',
  title: '诉求',
  version: 'aa',
  current: 'bb',
  states: [state('in_hand', 600, 'state_is_gone'), state('told', 2), state('offered', 0)],
};
const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:rest(.*)*', component: {} }],
});

async function shown() {
  const panel = mount(Changeover, {
    props: { name: 'ask', version: 'aa' },
    global: { plugins: [router] },
    attachTo: document.body,
  });
  await flushPromises();
  return panel;
}

describe('moving matters to the new version', () => {
  beforeEach(() => {
    use_words('zh-Hans', words);
    calls.version_moves.mockReset().mockResolvedValue(standing);
    calls.move_matters.mockReset();
    document.body.innerHTML = '';
  });

  it('is not there for whoever does not administer', async () => {
    calls.version_moves.mockRejectedValue(new Refused(403, { status: 403, code: 'not_allowed' }));
    expect((await shown()).find('[data-changeover]').exists()).toBe(false);
  });

  it('proposes the state of the same name, says why another will not do, and leaves out empty ones', async () => {
    const panel = await shown();
    const chosen = panel.findAll('select').map((one) => (one.element as HTMLSelectElement).value);
    expect(chosen).toEqual(['', 'told']);
    expect(panel.find('[data-from=in_hand]').text()).toContain('新版流程没有这一步');
  });

  it('asks for a reason and sends nothing without one', async () => {
    const panel = await shown();
    await panel.find('form').trigger('submit');
    expect(panel.find('[role=alert]').text()).toContain('请填写“理由”');
    expect(calls.move_matters).not.toHaveBeenCalled();
  });

  it('goes on page by page to the end, and lists what stayed with its reason', async () => {
    const stayed = { id: '9', number: '26000000009', part_title: '', state_title: '办理中', code: 'x' };
    calls.move_matters
      .mockResolvedValueOnce({ moved: 499, stayed: [{ ...stayed, title: '等待的表决不同' }], next: '500' })
      .mockResolvedValueOnce({ moved: 102, stayed: [], next: null });
    const panel = await shown();
    await panel.find('[data-from=in_hand] select').setValue('working');
    await panel.find('textarea').setValue('流程修订，一并适用');
    await panel.find('form').trigger('submit');
    await flushPromises();
    expect(calls.move_matters.mock.calls.map(([, body]) => (body as { after?: string }).after)).toEqual([
      undefined,
      '500',
    ]);
    expect((calls.move_matters.mock.calls[0]?.[1] as { states: unknown }).states).toEqual([
      { from: 'in_hand', to: 'working' },
      { from: 'told', to: 'told' },
    ]);
    expect(panel.find('[data-moved]').text()).toContain('601');
    expect(panel.text()).toContain('26000000009');
    expect(panel.text()).toContain('等待的表决不同');
    expect(panel.emitted('moved')).toHaveLength(1);
  });
});
