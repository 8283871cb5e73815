import { flushPromises, mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Refused } from '../../api/client';
import { empty_draft, type Draft } from '../../lib/form';
import { use_words } from '../../words';
import words from '../../words/zh-Hans/of_desk';
import PeopleWidget from './PeopleWidget.vue';

const people_at = vi.hoisted(() => vi.fn());
vi.mock('../../api/calls', () => ({ people_at }));

const path = [
  { id: '1', name: '大瑶镇', kind: 'township' },
  { id: '2', name: '枫林组', kind: 'group' },
];
const wang = { id: '11', name: '王小明', place: '2', place_name: '枫林组 3号' };
const li = { id: '12', name: '李四', place: '2', place_name: '枫林组 5号' };

describe('people in a form', () => {
  let draft: Draft;
  beforeEach(() => {
    use_words('zh-Hans', words);
    people_at.mockReset();
    draft = empty_draft();
  });
  const shown = (several = true) =>
    mount(PeopleWidget, { props: { id: 'f-names-1', path, several, modelValue: draft } });

  it('are found by name at the lowest place first, and every one picked is kept', async () => {
    people_at.mockResolvedValue([wang, li]);
    const form = shown();
    await form.find('input').setValue('王');
    await form.find('input').trigger('keydown', { key: 'Enter' });
    await flushPromises();
    expect(people_at).toHaveBeenCalledWith('2', { name: '王', limit: 30 });
    await form.findAll('.choice')[0]?.trigger('click');
    await form.findAll('.choice')[0]?.trigger('click');
    expect(draft.picked).toEqual(['11', '12']);
    await form.find('.picks button').trigger('click');
    expect(draft.picked).toEqual(['12']);
  });

  it('cannot be looked for where whoever fills it in has no right, and it is said', () => {
    const form = mount(PeopleWidget, { props: { id: 'f', path: [], several: true, modelValue: draft } });
    expect(form.find('input').exists()).toBe(false);
    expect(form.text()).toContain('不能按姓名查找');
  });

  it('of whom one is asked replace one another', async () => {
    people_at.mockResolvedValue([wang, li]);
    const form = shown(false);
    await form.find('.second').trigger('click');
    await flushPromises();
    await form.findAll('.choice')[0]?.trigger('click');
    await form.findAll('.choice')[0]?.trigger('click');
    expect(draft.picked).toEqual(['12']);
  });

  it('are not shown where there are too many, and it is said what to do', async () => {
    people_at.mockRejectedValue(
      new Refused(422, {
        type: '',
        title: '这个地方的人太多，请选下面的村、组',
        status: 422,
        code: 'place_has_too_many',
      }),
    );
    const form = shown();
    await form.find('.second').trigger('click');
    await flushPromises();
    expect(form.find('[role=alert]').text()).toContain('请选下面的村、组');
  });
});
