import { beforeAll, describe, expect, it } from 'vitest';
import type { FormSchema } from '../api/types';
import { use_words } from '../words';
import words from '../words/zh-Hans/of_portal';
import { empty_draft, encode, fault_of, fields_of, least_of, type FormField } from './form';
import { is_day } from './day';

beforeAll(() => use_words('zh-Hans', words));

const form: FormSchema = {
  type: 'object',
  required: ['done', 'units', 'rating', 'photos'],
  properties: {
    done: { type: 'string', 'x-widget': 'text', 'x-title': '办了什么', minLength: 10 },
    units: { type: 'object', 'x-widget': 'posts', 'x-title': '单位', 'x-lead': true },
    rating: { type: 'object', 'x-widget': 'rating', 'x-title': '评价' },
    photos: { type: 'array', 'x-widget': 'attachments', 'x-title': '照片', minItems: 1 },
    on: { type: 'string', 'x-widget': 'day', 'x-title': '日期' },
    way: { type: 'string', enum: ['a', 'b'], 'x-title': '方式' },
  },
};
const field = (name: string): FormField => fields_of(form).find((one) => one.name === name)!;

describe('a form drawn from its schema', () => {
  it('takes widget, title and need from the schema alone', () => {
    expect(fields_of(form).map((one) => [one.name, one.widget, one.required])).toEqual([
      ['done', 'text', true],
      ['units', 'posts', true],
      ['rating', 'rating', true],
      ['photos', 'attachments', true],
      ['on', 'day', false],
      ['way', 'choice', false],
    ]);
  });

  it('takes no for an answer only where it need not be yes', () => {
    const [begun, asked] = fields_of({
      type: 'object',
      properties: {
        begun: { type: 'boolean', const: true, 'x-widget': 'yes_no', 'x-title': '是否开工' },
        asked: { type: 'boolean', 'x-widget': 'yes_no', 'x-title': '是否问过' },
      },
    });
    expect(fault_of(begun!, { ...empty_draft(), yes: false })).toBe('“是否开工”须为“是”');
    expect(fault_of(begun!, { ...empty_draft(), yes: true })).toBeUndefined();
    expect(fault_of(begun!, empty_draft())).toBeUndefined();
    expect(fault_of(asked!, { ...empty_draft(), yes: false })).toBeUndefined();
  });

  it('says how many a list needs at least', () => {
    const [two] = fields_of({
      type: 'object',
      properties: {
        visited_by: {
          'x-widget': 'posts',
          'x-title': '核查人',
          properties: { posts: { type: 'array', minItems: 2 } },
        },
      },
    });
    expect(least_of(two!)).toBe(2);
    expect(fault_of(two!, { ...empty_draft(), picked: ['1'] })).toContain('至少要 2');
    expect(fault_of(two!, { ...empty_draft(), picked: ['1', '2'] })).toBeUndefined();
  });

  it('takes an optional table left out, and one with too few rows not at all', () => {
    const [people] = fields_of({
      type: 'object',
      properties: {
        people: {
          type: 'array',
          minItems: 2,
          'x-widget': 'table',
          'x-title': '各方',
          items: { type: 'object', properties: { name: { type: 'string', 'x-widget': 'text' } } },
        },
      },
    });
    expect(fault_of(people!, { ...empty_draft(), rows: [['']] })).toBeUndefined();
    expect(fault_of(people!, { ...empty_draft(), rows: [['陈某']] })).toBe('“各方”至少填 2 行');
    expect(fault_of(people!, { ...empty_draft(), rows: [['陈某'], ['李某']] })).toBeUndefined();
  });

  it('asks in words for what is missing where no list stands behind it', () => {
    const missing = (listed: string[]): FormField =>
      fields_of({
        type: 'object',
        required: ['missing'],
        properties: {
          missing: { type: 'array', 'x-widget': 'checklist', 'x-title': '材料', 'x-listed': listed },
        },
      })[0]!;
    expect(fault_of(missing([]), empty_draft())).toBe('请填写“材料”');
    expect(fault_of(missing(['identity_card']), empty_draft())).not.toBe('请填写“材料”');
    expect(fault_of(missing([]), { ...empty_draft(), others: '租用合同' })).toBeUndefined();
  });

  it('counts characters as the server does, not UTF-16 halves', () => {
    const nine = { ...empty_draft(), text: '𠮷'.repeat(9) };
    expect(fault_of(field('done'), nine)).toContain('至少写 10 个字，现在是 9 个');
    expect(fault_of(field('done'), { ...nine, text: '𠮷'.repeat(10) })).toBeUndefined();
  });

  it('wants one of the chosen units to lead', () => {
    const draft = { ...empty_draft(), picked: ['5', '6'] };
    expect(fault_of(field('units'), draft)).toBe('请指定一个牵头单位');
    expect(fault_of(field('units'), { ...draft, lead: '7' })).toBe('请指定一个牵头单位');
    expect(fault_of(field('units'), { ...draft, lead: '6' })).toBeUndefined();
    expect(encode(field('units'), { ...draft, lead: '6' })).toEqual({ posts: ['5', '6'], lead: '6' });
  });

  it('asks why when it was not solved, and only then', () => {
    expect(fault_of(field('rating'), { ...empty_draft(), solved: 'no' })).toContain('为什么没有解决');
    expect(fault_of(field('rating'), { ...empty_draft(), solved: 'yes' })).toBeUndefined();
    expect(encode(field('rating'), { ...empty_draft(), solved: 'no', text: ' 还黑着 ', grade: 1 })).toEqual({
      solved: 'no',
      grade: 1,
      why: '还黑着',
    });
  });

  it('wants evidence where the schema does', () => {
    expect(fault_of(field('photos'), empty_draft())).toBe('请添加“照片”');
  });

  it('knows a real day from an invented one', () => {
    expect(is_day('2026-02-28')).toBe(true);
    expect(is_day('2026-02-29')).toBe(false);
    expect(is_day('2026-13-01')).toBe(false);
    expect(fault_of(field('on'), empty_draft())).toBeUndefined();
    expect(fault_of(field('on'), { ...empty_draft(), text: '2026-2-3' })).toContain('年月日');
  });
});
