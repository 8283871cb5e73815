import { mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Site } from '@shared/api/types';
import { draft, fresh_draft } from '../../lib/report_draft';
import { faults_of } from '../../lib/report_steps';
import StepWhat from './StepWhat.vue';

vi.mock('@shared/api/calls', () => ({ site: vi.fn(), take_in: vi.fn(), upload: vi.fn() }));
vi.mock('../../router', () => ({ RouterLink: { template: '<a><slot /></a>' } }));

const subkind = (name: string, on_behalf = false) => ({ name, title: name, may_name_post: false, on_behalf });
const kind = (name: string, subkinds: ReturnType<typeof subkind>[]) => ({
  name,
  title: name.toUpperCase(),
  open_to_residents: true,
  everyday: false,
  about: '',
  service_item: false,
  subkinds,
});
const site = {
  root_place: '1',
  limits: { subject: 200, least_text: 2, text: 4000, address: 300, house: 40, name: 80 },
  workflows: [
    kind('petition', [subkind('own'), subkind('agency', true)]),
    kind('dispute', [subkind('land'), subkind('debt')]),
    kind('loan', []),
  ],
} as unknown as Site;

describe('what a report is about', () => {
  beforeEach(() => Object.assign(draft, fresh_draft()));

  async function chosen(title: string): Promise<string[]> {
    const page = mount(StepWhat, {
      props: { site, errorOf: () => undefined },
      global: { stubs: { CategoryPick: true, CategoryProposals: true } },
    });
    const label = page.findAll('label.pick').find((one) => one.text() === title);
    await label?.get('input').setValue(true);
    return [draft.subkind, ...faults_of('what', draft, site).map((fault) => fault.field)];
  }

  it('is chosen with its kind where residents have one to choose', async () => {
    expect(await chosen('PETITION')).toEqual(['own']);
    expect(await chosen('LOAN')).toEqual(['loan']);
  });

  it('is asked for where there are several', async () => {
    expect(await chosen('DISPUTE')).toEqual(['', 'subkind']);
  });
});
