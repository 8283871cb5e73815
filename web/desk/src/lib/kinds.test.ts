import { describe, expect, it } from 'vitest';
import type { Site } from '@shared/api/types';
import { groups_of_kinds, kind_of_services } from './kinds';

const workflow = (name: string, everyday: boolean, subkinds: string[], about = '') => ({
  name,
  title: name.toUpperCase(),
  ask: { heading: '', where: '', text: '', hint: '' },
  everyday,
  about,
  post_kind: '',
  service_item: name === 'service',
  open_to_residents: true,
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

  it('are one for the promised services, where the county has it', () => {
    const site = (...workflows: Site['workflows']): Site => ({ workflows }) as Site;
    expect(kind_of_services(site(workflow('loan', false, []), workflow('service', false, [])))).toBe(
      'service/',
    );
    expect(kind_of_services(site(workflow('loan', false, [])))).toBe('');
    expect(kind_of_services(undefined)).toBe('');
  });
});
