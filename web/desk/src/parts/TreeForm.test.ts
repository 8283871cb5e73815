import { flushPromises, mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Place } from '@shared/api/types';
import { use_words } from '@shared/words';
import words from '@shared/words/zh-Hans/of_desk';
import TreeForm from './TreeForm.vue';

const calls = vi.hoisted(() => ({
  rename_place: vi.fn(),
  move_place: vi.fn(),
  merge_places: vi.fn(),
  split_place: vi.fn(),
  close_place: vi.fn(),
  places: vi.fn(),
  place: vi.fn(),
  find_places: vi.fn(),
}));
vi.mock('@shared/api/calls', () => calls);

const place: Place = {
  id: '5',
  name: '枫林组',
  kind: 'group',
  kind_title: '组',
  level: 5,
  parent: '3',
  path: [],
  has_children: true,
  division_code: null,
  short_code: null,
  latitude: null,
  longitude: null,
};
const shown = (of: Place = place) =>
  mount(TreeForm, { props: { place: of, root: '1' }, attachTo: document.body });
async function choose(panel: ReturnType<typeof shown>, word: string) {
  await panel
    .findAll('button')
    .find((button) => button.text() === word)
    ?.trigger('click');
  await flushPromises();
}

describe('changing the tree', () => {
  beforeEach(() => {
    use_words('zh-Hans', words);
    document.body.innerHTML = '';
    for (const call of Object.values(calls)) call.mockReset();
    calls.places.mockResolvedValue([
      { ...place, id: '6', name: '竹山组' },
      { ...place, id: '7', name: '石桥片', kind: 'sector' },
      place,
    ]);
  });

  it('offers the top of the tree nothing but another name', () => {
    const panel = shown({ ...place, parent: null });
    expect(panel.findAll('button').map((button) => button.text())).toEqual(['改名']);
  });

  it('asks for a reason and changes nothing without one', async () => {
    const panel = shown();
    await choose(panel, '改名');
    await panel.find('#f-tree-name').setValue('新枫组');
    await panel.find('form').trigger('submit');
    expect(panel.find('[role=alert]').text()).toContain('请填写“理由”');
    expect(calls.rename_place).not.toHaveBeenCalled();
    calls.rename_place.mockResolvedValue({ ...place, name: '新枫组' });
    await panel.find('#f-tree-reason').setValue('村民会议通过');
    await panel.find('form').trigger('submit');
    await flushPromises();
    expect(calls.rename_place).toHaveBeenCalledWith('5', {
      name: '新枫组',
      division_code: '',
      from: undefined,
      reason: '村民会议通过',
    });
    expect(panel.emitted('changed')?.[0]?.[0]).toContain('新枫组');
  });

  it('merges places of the same kind beside it, and no others', async () => {
    const panel = shown();
    await choose(panel, '并入其他地点');
    const boxes = panel.findAll('#f-tree-sources input');
    expect(boxes).toHaveLength(1);
    await boxes[0]?.setValue(true);
    await panel.find('#f-tree-reason').setValue('并组');
    calls.merge_places.mockResolvedValue(place);
    await panel.find('form').trigger('submit');
    await flushPromises();
    expect(calls.merge_places).toHaveBeenCalledWith('5', {
      sources: ['6'],
      from: undefined,
      reason: '并组',
    });
  });
});
