import { flushPromises, mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Proposal } from '@shared/api/types';
import { use_words } from '@shared/words';
import words from '@shared/words/zh-Hans/of_desk';
import { session } from '../lib/session';
import ProposalPanel from './ProposalPanel.vue';

const calls = vi.hoisted(() => ({ proposal_changes: vi.fn() }));
vi.mock('@shared/api/calls', () => calls);

const proposal: Proposal = {
  id: '9',
  rule: 'keeps',
  rule_title: '代表联系户',
  state: 'proposed',
  out_of_date: false,
  allowed: '',
  kept: 30,
  newly_assigned: 10,
  moved: 0,
  outside_group: 1,
  smallest_load: 5,
  largest_load: 15,
  shortages: [],
};
const side = (name: string) => ({ post: '1', kind_title: '代表', place_name: '枫林组', holders: [name] });
const row = (household: string, what: string) => ({
  what,
  household,
  household_name: `${household}号`,
  group: '3',
  group_name: '竹山组',
  before: what === 'newly_assigned' ? null : side('陈一'),
  after: side('王二'),
  outside_group: household === '7',
});

async function shown(of: Proposal = proposal) {
  const panel = mount(ProposalPanel, { props: { proposal: of, busy: false } });
  await flushPromises();
  return panel;
}

describe('a proposal of assignments', () => {
  beforeEach(() => {
    use_words('zh-Hans', words);
    session.value = { account: '1', name: '管理', posts: [], rights: ['administer'], csrf: '' } as never;
    calls.proposal_changes
      .mockReset()
      .mockImplementation((_: string, query: { what: string; after?: string }) =>
        Promise.resolve(
          query.after
            ? { items: [row('8', query.what)], next: null }
            : { items: [row('7', query.what)], next: '7' },
        ),
      );
  });

  it('shows who goes from whom to whom before it can be confirmed, the changed ones first', async () => {
    const panel = await shown();
    expect(calls.proposal_changes).toHaveBeenCalledWith('9', { what: 'newly_assigned', limit: 50 });
    const cells = panel.findAll('tbody td').map((cell) => cell.text());
    expect(cells.slice(0, 3)).toEqual(['竹山组', '7号', '没有人']);
    expect(cells[3]).toContain('枫林组 王二');
    expect(cells[3]).toContain('跨组');
  });

  it('goes on page by page and to another sort of change', async () => {
    const panel = await shown();
    await panel.find('[data-changes] .button').trigger('click');
    await flushPromises();
    expect(panel.findAll('tbody tr')).toHaveLength(2);
    await panel.find('input[value=kept]').setValue();
    await flushPromises();
    expect(calls.proposal_changes).toHaveBeenLastCalledWith('9', { what: 'kept', limit: 50 });
    expect(panel.findAll('thead th')).toHaveLength(3);
  });

  it('says which group lacks how many, of how many, where nothing fits, and confirms nothing', async () => {
    const lack = { group: '3', name: '竹山组', households: 20, representatives: 1 };
    const panel = await shown({
      ...proposal,
      id: null,
      state: 'infeasible',
      allowed: '5..15',
      shortages: [{ ...lack, households_without: 5, representatives_needed: 1, representatives_too_many: 0 }],
    });
    expect(panel.text()).toContain('5..15');
    expect(panel.find('[data-shortages]').text()).toContain('竹山组：20 户，在岗代表 1 人。');
    expect(panel.find('[data-shortages]').text()).toContain('有 5 户没有人能接，还缺 1 人。');
    expect(panel.text()).not.toContain('确认采用');
  });
});
