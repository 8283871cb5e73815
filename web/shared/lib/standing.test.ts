import { describe, expect, it } from 'vitest';
import { encode, fields_of, type FormField } from './form';
import { draft_of, standing_drafts } from './standing';

const fields = fields_of({
  type: 'object',
  required: ['what', 'target', 'on'],
  properties: {
    what: { type: 'string', 'x-widget': 'text' },
    target: {
      type: 'object',
      'x-widget': 'measure',
      properties: { unit: { type: 'string', enum: ['m', 'lamp'] } },
    },
    on: { type: 'string', 'x-widget': 'day' },
    funds: { type: 'integer', 'x-widget': 'money' },
    menu: {
      type: 'array',
      'x-widget': 'table',
      items: {
        type: 'object',
        properties: {
          by: { type: 'string', 'x-widget': 'text' },
          cost: { type: 'integer', 'x-widget': 'money' },
        },
      },
    },
    kind: { type: 'string', enum: ['a', 'b'], 'x-widget': 'choice' },
    agreed: { type: 'boolean', 'x-widget': 'yes_no' },
    photos: { type: 'array', 'x-widget': 'attachments' },
  },
});
const field = (name: string): FormField => fields.find((one) => one.name === name)!;
const said = (seq: number, values: Record<string, unknown>, erased = false) => ({
  seq,
  fields: Object.entries(values).map(([name, value]) => ({ name, title: name, shown: '', value, erased })),
});
const begun = said(1, { what: '修路二公里', funds: 123450 });

describe('what stands', () => {
  it.each([
    ['what', '修路二公里'],
    ['target', { scaled: 2130, unit: 'm' }],
    ['on', '2026-12-20'],
    ['funds', 123450],
    ['menu', [{ by: '卫生院', cost: 500 }, { by: '派出所' }]],
    ['kind', 'b'],
    ['agreed', false],
  ])('of %s is sent again as it was said', (name, value) => {
    expect(encode(field(name), draft_of(field(name), value)!)).toEqual(value);
  });

  it('is what was said at the beginning, as it was said last', () => {
    const drafts = standing_drafts(fields, [said(3, { what: '修路三公里', on: '2026-12-20' }), begun]);
    expect(drafts.what?.text).toBe('修路三公里');
    expect(drafts.funds?.text).toBe('1234.5');
    expect(Object.keys(drafts)).not.toContain('on'); // said on the way: each time anew
  });

  it('is not what was erased, nor pictures', () => {
    expect(standing_drafts(fields, [said(1, { what: null, photos: ['1'] }, true)])).toEqual({});
    expect(draft_of(field('photos'), ['1'])).toBeUndefined();
  });

  it('is not mentioned where nothing of it has to be said again', () => {
    const report = fields.map((one) => ({ ...one, required: one.name === 'on' }));
    expect(standing_drafts(report, [begun])).toEqual({});
  });
});
