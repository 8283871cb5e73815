import { mount } from '@vue/test-utils';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { use_words } from '@shared/words';
import hans from '@shared/words/zh-Hans/of_portal';
import BoardLine from './BoardLine.vue';

vi.mock('../../router', () => ({ RouterLink: { template: '<a><slot /></a>' } }));
const line = {
  kind_title: '诉求 · 反映问题',
  state_title: '办理中',
  place_name: '荷溪组',
  category: null,
  phase: 0,
  tone: 'under_way' as const,
  received_at: '2024-05-06T08:00:00+08:00',
  closed_at: null,
  due: '2024-05-20T00:00:00+08:00',
  late: true,
  published: null,
};
const said = (of: Partial<typeof line>): string =>
  mount(BoardLine, { props: { line: { ...line, ...of } } }).text();

describe('a line of the board', () => {
  beforeAll(() => use_words('zh-Hans', hans));

  it('says that it is late and what was promised', () => {
    expect(said({})).toContain('超期');
    expect(said({})).toContain('答应的期限：2024年5月19日');
    expect(said({ late: false })).not.toContain('超期');
  });

  it('does not call a promise broken that may still be kept', () => {
    expect(said({ due: '2999-01-01T00:00:00+08:00' })).toContain('有一步超期');
  });
});
