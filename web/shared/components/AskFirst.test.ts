import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import AskFirst from './AskFirst.vue';

describe('a button for what cannot be had back', () => {
  it('does nothing at the first press, and only after the question what it says', async () => {
    const button = mount(AskFirst, {
      props: { question: '真的吗？', yes: '是' },
      slots: { default: '移除' },
    });
    await button.find('button').trigger('click');
    expect(button.emitted('sure')).toBeUndefined();
    expect(button.text()).toContain('真的吗？');
    await button.find('[data-sure]').trigger('click');
    expect(button.emitted('sure')).toHaveLength(1);
    expect(button.text()).toBe('移除');
  });
});
