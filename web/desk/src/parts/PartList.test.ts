import { mount } from '@vue/test-utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { use_words } from '@shared/words';
import hans from '@shared/words/zh-Hans/of_desk';
import PartList from './PartList.vue';

const part = (no: number, given_to: string, owner: string) => ({
  no,
  given_to,
  owner,
  title: '部门办理',
  state: 'doing',
  state_title: '办理中',
  tone: 'under_way' as const,
  lead: no === 1,
  due: '2026-11-28T00:00:00+08:00',
  overdue: false,
  card: null,
});

describe('the pieces of work', () => {
  beforeAll(() => use_words('zh-Hans', hans));

  it('are told apart by the unit they were given to, also when one unit has two', () => {
    const list = mount(PartList, {
      props: {
        parts: [part(1, '供电所', '供电所'), part(2, '司法所', '供电所')],
        told: '2026-12-02T00:00:00+08:00',
      },
    });
    const rows = list.findAll('tbody tr').map((row) => row.find('td').text());
    expect(rows[0]).toContain('供电所');
    expect(rows[1]).toContain('司法所');
    expect(rows[1]).toContain('现由供电所');
    expect(list.findAll('tbody tr')[1]?.text()).toContain('12月1日');
  });

  it('stand under no promise where the office answers nobody but itself', () => {
    const list = mount(PartList, { props: { parts: [part(1, '供电所', '供电所')] } });
    expect(list.text()).not.toContain('答复群众');
  });
});
