import { mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import type { Matter } from '@shared/api/types';
import { use_words } from '@shared/words';
import words from '@shared/words/zh-Hans/of_desk';
import MergedPanel from './MergedPanel.vue';

const link = (kind: string, id: string, number: string): Matter['links'][number] => ({
  kind,
  id,
  number,
  title: '',
  kind_title: '诉求',
  state_title: '办理中',
});
const links = [link('merged_from', '7', '24000000007'), link('related', '8', '24999999992')];
const shown = (separable: boolean, of = links) =>
  mount(MergedPanel, {
    props: { links: of, separable },
    global: {
      plugins: [
        createRouter({
          history: createMemoryHistory(),
          routes: [{ path: '/:rest(.*)', component: { template: '' } }],
        }),
      ],
    },
  });

describe('matters merged into this one', () => {
  beforeEach(() => use_words('zh-Hans', words));

  it('stand by their numbers, each with the way back', () => {
    const panel = shown(true);
    expect(panel.text()).toContain('并入本件的 1 件');
    expect(panel.text()).toContain('24000000007');
    expect(panel.text()).not.toContain('24999999992');
    expect(panel.get('[data-unmerge]').attributes('href')).toBe('/m/7?act=any.unmerge');
  });

  it('have no way back for whoever may not merge, and no panel where there are none', () => {
    expect(shown(false).find('[data-unmerge]').exists()).toBe(false);
    expect(shown(true, links.slice(1)).find('[data-merged]').exists()).toBe(false);
  });
});
