import { describe, expect, it, vi } from 'vitest';
import { fresh_draft } from './report_draft';
import { faults_of, step_to_stand_on, steps_for } from './report_steps';

vi.mock('@shared/api/calls', () => ({ site: vi.fn(), take_in: vi.fn(), upload: vi.fn() }));
const bounds = {
  root_place: '1',
  limits: { subject: 200, least_text: 2, text: 4000, address: 300, house: 40, name: 80 },
};
const written = (text: string) => ({ ...fresh_draft(), workflow: 'w', subkind: 's', address: '桥头', text });
const fields = (text: string): string[] =>
  faults_of('happened', written(text), bounds).map((fault) => fault.field);

describe('what a step needs', () => {
  it('judges a text as the server does: blanks are none, and its limit is the limit', () => {
    expect(fields('        ')).toEqual(['text']);
    expect(fields('漏水')).toEqual([]);
    expect(fields('长'.repeat(4000))).toEqual([]);
    expect(fields('长'.repeat(4001))).toEqual(['text']);
  });

  it('counts a text of three million characters in no time', () => {
    const before = performance.now();
    expect(fields('长'.repeat(3_000_000))).toEqual(['text']);
    expect(performance.now() - before).toBeLessThan(200);
  });

  it('is the text of the own form where that asks for one, and no other', () => {
    const statement = { name: 'statement', widget: 'text' as const, schema: {}, title: '', hint: '' };
    const form = { workflow: 'w', title: '', about: '', anonymous: false, service_item: false };
    const asks = (required: boolean) => ({
      ...written(''),
      form: { ...form, fields: [{ ...statement, required }] },
    });
    const faults = (required: boolean): string[] =>
      faults_of('happened', asks(required), bounds).map((fault) => fault.field);
    expect(faults(true)).toEqual(['statement']);
    expect(faults(false)).toEqual(['text']);
  });

  it('leads an empty draft to the first step, whatever the address says', () => {
    expect(step_to_stand_on('check', fresh_draft(), bounds)).toBe('what');
    expect(step_to_stand_on('who', written('漏水'), bounds)).toBe('who');
  });

  it('does not ask again what was chosen in the guide to services', () => {
    const service = { id: 'disability_card', title: '残疾人证办理' };
    expect(steps_for({ service })).toEqual(['where', 'happened', 'who', 'check']);
    const applying = { ...fresh_draft(), workflow: 'w', service };
    expect(step_to_stand_on('check', applying, bounds)).toBe('where');
    expect(faults_of('what', applying, bounds)).toEqual([]);
  });
});
