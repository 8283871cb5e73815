import { describe, expect, it } from 'vitest';
import type { Site } from '@shared/api/types';
import { empty_draft } from '@shared/lib/form';
import { groups_of_kinds, kind_of_services, sake_of, takes_applications, way_in } from './kinds';
import { asks_words } from '@shared/lib/start';
import { asked_of, fresh } from './take_in';

const workflow = (name: string, everyday: boolean, subkinds: string[], about = '') => ({
  name,
  title: name.toUpperCase(),
  describe: `what becomes of ${name}`,
  ask: { heading: '', where: '', text: '', hint: '' },
  everyday,
  about,
  post_kind: '',
  service_item: name === 'service',
  open_to_residents: true,
  for_oneself: true,
  for_others: true,
  asker: 'reporter',
  asker_title: '',
  subkinds: subkinds.map((one) => ({
    name: one,
    title: one,
    may_name_post: one === 'complaint',
    on_behalf: false,
  })),
});

describe('the kinds a desk takes in', () => {
  it('stand by workflow, the everyday one first, and what is only begun from elsewhere nowhere', () => {
    const groups = groups_of_kinds([
      workflow('aid', false, ['illness']),
      workflow('objection', false, [], 'notice'),
      workflow('request', true, ['report', 'complaint']),
      workflow('loan', false, []),
    ]);
    expect(groups.map((group) => group.title)).toEqual(['REQUEST', 'AID', 'LOAN']);
    expect(groups[0]?.kinds.map((kind) => kind.value)).toEqual(['request/report', 'request/complaint']);
    expect(groups[0]?.kinds[1]?.may_name_post).toBe(true);
    expect(groups[2]?.kinds[0]?.value).toBe('loan/');
  });

  it('are those that whoever is signed in may begin, for others or for themselves', () => {
    const kinds = [
      { ...workflow('request', true, []), for_oneself: false },
      { ...workflow('star', false, []), for_others: false },
      { ...workflow('order', false, []), for_oneself: false, for_others: false },
    ];
    expect(groups_of_kinds(kinds).map((group) => group.title)).toEqual(['REQUEST', 'STAR']);
  });

  it('begin with what somebody has the post for, and then name what anybody could bring', () => {
    const kinds = [
      { ...workflow('request', true, []), for_others: false },
      { ...workflow('star', false, []), for_others: false, open_to_residents: false },
      { ...workflow('promise', false, []), for_oneself: false, asker: '' },
    ];
    expect(groups_of_kinds(kinds).map((group) => group.title)).toEqual(['STAR', 'PROMISE', 'REQUEST']);
  });

  it('are begun for whoever came, by the office itself, or in person', () => {
    expect(sake_of(workflow('request', true, []))).toBe('caller');
    expect(sake_of({ ...workflow('promise', false, []), asker: '' })).toBe('office');
    expect(sake_of({ ...workflow('star', false, []), for_others: false })).toBe('oneself');
  });

  it('say who asks where somebody came, and nobody else', () => {
    const form = { ...fresh(), name: '陈先生', channel: 'phone', anonymous: true };
    const named = { workflow: '', title: '', about: '', anonymous: false, service_item: false, fields: [] };
    const { reporter, anonymous, on_behalf, channel } = asked_of(form, '', 'caller', named);
    expect([reporter?.name, anonymous, on_behalf, channel]).toEqual(['陈先生', false, true, 'phone']);
    expect(asked_of(form, '', 'caller', undefined)).toMatchObject({ reporter: {}, anonymous: true });
    expect(asked_of(form, '', 'office', named)).toMatchObject({
      reporter: {},
      on_behalf: true,
      channel: 'office',
    });
    const own = asked_of(form, '', 'oneself', named);
    expect(own).toMatchObject({ reporter: {}, anonymous: false, on_behalf: false });
    expect(own.channel).toBeUndefined();
  });

  it('are said by the text of their own form where it asks for one, whoever begins them', () => {
    const what = {
      name: 'what',
      title: '事项',
      hint: '',
      widget: 'text' as const,
      required: true,
      told: true,
      schema: {},
    };
    const start = {
      workflow: 'project',
      title: '',
      about: '',
      anonymous: true,
      service_item: false,
      fields: [what],
    };
    const form = { ...fresh(), answers: { what: { ...empty_draft(), text: '硬化主街并配套排水沟。' } } };
    expect(asks_words(start)).toBe(false);
    for (const sake of ['caller', 'office', 'oneself'] as const) {
      const asked = asked_of(form, '', sake, start);
      expect([asked.subject, asked.text]).toEqual(['硬化主街并配套排水沟。', undefined]);
    }
    expect(asks_words({ ...start, fields: [{ ...what, required: false }] })).toBe(true);
    expect(asks_words(undefined)).toBe(true);
  });

  it('are one for the promised services, where the county has it', () => {
    const site = (...workflows: Site['workflows']): Site => ({ workflows }) as Site;
    expect(kind_of_services(site(workflow('loan', false, []), workflow('service', false, [])))).toBe(
      'service/',
    );
    expect(kind_of_services(site(workflow('loan', false, [])))).toBe('');
    expect(kind_of_services(undefined)).toBe('');
  });
});

describe('the way in', () => {
  const for_oneself = { ...workflow('request', true, []), for_others: false };
  const of_office = { ...workflow('promise', false, []), for_oneself: false, asker: '' };
  const with_post = { ...for_oneself, name: 'star', open_to_residents: false };

  it('is to take in for whoever may do so for others', () => {
    expect(way_in([for_oneself, workflow('dispute', false, [])])).toBe('take_in');
    expect(takes_applications([workflow('service', false, [])])).toBe(true);
  });

  it('is to begin for whoever only begins the own matters of the office, or applies with a post', () => {
    expect(way_in([for_oneself, of_office])).toBe('begin_own');
    expect(way_in([for_oneself, with_post])).toBe('begin_own');
    expect(takes_applications([{ ...workflow('service', false, []), for_others: false }])).toBe(false);
  });

  it('is not there for what anybody begins on the portal, or from elsewhere', () => {
    expect(way_in([for_oneself])).toBeUndefined();
    expect(way_in([workflow('objection', false, [], 'notice')])).toBeUndefined();
  });
});
