import { mount } from '@vue/test-utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { use_words } from '../words';
import words from '../words/zh-Hans/of_portal';
import Timeline from './Timeline.vue';

beforeAll(() => use_words('zh-Hans', words));

const entry = {
  seq: 2,
  answers: false,
  told: false,
  part: 0,
  kind: 'acted',
  action: 'approve',
  title: '批准',
  actor: '分管领导',
  happened_at: '2026-11-20T10:00:00+08:00',
  recorded_at: '2026-11-20T10:00:00+08:00',
  attachments: [],
};
const field = (name: string, shown: string, value: unknown, erased = false) => ({
  name,
  title: name,
  shown,
  value,
  erased,
});

describe('the timeline', () => {
  it('folds what passed between offices, and shows what whoever asked was told', () => {
    const entries = [
      { ...entry, fields: [] },
      { ...entry, seq: 3, title: '受理并告知', told: true, fields: [] },
    ];
    const page = mount(Timeline, { props: { entries, fold: true } });
    expect(page.get('ol').text()).toContain('受理并告知');
    expect(page.get('ol').text()).not.toContain('批准');
    expect(page.get('details').text()).toContain('批准');
  });

  it('shows what the server shortened whole where one points at it', () => {
    const hash = '0f3c9a1e5b7d'.padEnd(64, '0');
    const fields = [field('to_version', hash.slice(0, 8), hash), field('why', '改了时限', '改了时限')];
    const page = mount(Timeline, { props: { entries: [{ ...entry, fields }] } });
    expect(page.text()).not.toContain(hash);
    const [version, why] = page.findAll('dd');
    expect(version?.attributes('title')).toBe(hash);
    expect(why?.attributes('title')).toBeUndefined();
  });

  it('says values as the server says them, never as they are stored', () => {
    const fields = [
      field('amount', '5,000 元', 500000),
      field('evidence', '', ['123456789012345678']),
      field('reason', '', null, true),
    ];
    const text = mount(Timeline, { props: { entries: [{ ...entry, fields }] } }).text();
    expect(text).toContain('5,000 元');
    expect(text).not.toContain('500000');
    expect(text).not.toContain('evidence');
    expect(text).toContain('（已按要求删除）');
  });
});
