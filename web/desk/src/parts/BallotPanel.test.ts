import { flushPromises, mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Refused } from '@shared/api/client';
import type { Ballot } from '@shared/api/types';
import { use_words } from '@shared/words';
import words from '@shared/words/zh-Hans/of_desk';
import BallotPanel from './BallotPanel.vue';

const vote = vi.hoisted(() => vi.fn());
vi.mock('@shared/api/calls', () => ({ vote }));

const open: Ballot = {
  name: 'meeting',
  round: 2,
  open: true,
  electorate: 40,
  voted: 31,
  may_vote: true,
  yes: null,
  no: null,
  abstained: null,
  outcome: '',
  lines: [],
};
const closed: Ballot = {
  ...open,
  round: 1,
  open: false,
  may_vote: false,
  yes: 12,
  no: 3,
  abstained: 1,
  voted: 16,
  outcome: 'no_quorum',
};
const shown = (ballots: Ballot[]) => mount(BallotPanel, { props: { id: '7', ballots } });

describe('ballots', () => {
  beforeEach(() => {
    use_words('zh-Hans', words);
    vote.mockReset();
  });

  it('show the turnout while open and the count once closed', () => {
    const text = shown([closed, open]).text();
    expect(text).toContain('应投 40 人，已投 31 人');
    expect(text).toContain('到会人数不足');
    expect(text).toMatch(/同意\s*12/);
  });

  it('show what is voted on, as the ballot declares it', () => {
    const line = { name: 'people_helped', title: '救助人数', shown: '3' };
    const panel = shown([{ ...open, lines: [line] }, closed]);
    expect(panel.findAll('[data-voted-on]').map((list) => list.text())).toEqual(['救助人数3']);
  });

  it('take one choice, send it once and say so', async () => {
    vote.mockResolvedValue(undefined);
    const panel = shown([open]);
    await panel.find('form').trigger('submit');
    expect(vote).not.toHaveBeenCalled();
    await panel.find('input[value=abstained]').setValue();
    void panel.find('form').trigger('submit');
    void panel.find('form').trigger('submit');
    await flushPromises();
    expect(vote.mock.calls).toEqual([['7', 'abstained']]);
    expect(panel.find('[role=status]').text()).toBe('您已投票。');
    expect(panel.emitted('voted')).toHaveLength(1);
  });

  it('say why a vote was refused and keep the choice', async () => {
    vote.mockRejectedValue(
      new Refused(409, { status: 409, code: 'ballot_is_not_open', title: '表决没有开始' }),
    );
    const panel = shown([open]);
    await panel.find('input[value=no]').setValue();
    await panel.find('form').trigger('submit');
    await flushPromises();
    expect(panel.find('[role=alert]').text()).toBe('表决没有开始');
    expect((panel.find('input[value=no]').element as HTMLInputElement).checked).toBe(true);
  });

  it('offer nobody else a vote', () => {
    expect(
      shown([{ ...open, may_vote: false }])
        .find('form')
        .exists(),
    ).toBe(false);
  });
});
