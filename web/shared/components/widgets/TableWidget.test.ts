import { mount } from '@vue/test-utils';
import { nextTick } from 'vue';
import { beforeEach, describe, expect, it } from 'vitest';
import { empty_draft, type Draft, type FormField } from '../../lib/form';
import { use_words } from '../../words';
import words from '../../words/zh-Hans/of_desk';
import TableWidget from './TableWidget.vue';

const field: FormField = {
  name: 'milestones',
  title: '阶段目标',
  hint: '',
  widget: 'table',
  required: true,
  schema: {
    type: 'array',
    'x-widget': 'table',
    items: {
      type: 'object',
      properties: {
        what: { type: 'string', 'x-widget': 'text', 'x-title': '内容' },
        on: { type: 'string', 'x-widget': 'day', 'x-title': '日期' },
      },
    },
  },
};

describe('a day in a row of a table', () => {
  let draft: Draft;
  beforeEach(() => {
    use_words('zh-Hans', words);
    draft = empty_draft();
  });
  const shown = () => mount(TableWidget, { props: { id: 'f', field, modelValue: draft } });

  it('is filled in as year, month and day, and kept as a date', async () => {
    const form = shown();
    const [, year, month, day] = form.findAll('input');
    await year!.setValue('2024');
    expect(month!.element.value, 'nothing stands in a box that nobody filled in').toBe('');
    await month!.setValue('7');
    await day!.setValue('1');
    expect(draft.rows).toEqual([['', '2024-07-01']]);
  });

  it('stays with its row when the one before is dropped', async () => {
    draft.rows = [
      ['完成五眼', '2024-07-01'],
      ['完成十眼', ''],
    ];
    const form = shown();
    await form.find('.plain').trigger('click');
    await nextTick();
    expect(draft.rows).toEqual([['完成十眼', '']]);
    expect(form.findAll('input').map((input) => input.element.value)).toEqual(['完成十眼', '', '', '']);
  });
});
