// The steps of a report and what each one needs before the next.
import { length_of } from '@shared/lib/length';
import { asks_words, faults_of_start } from '@shared/lib/start';
import { t } from '@shared/words';
import type { Site } from '@shared/api/types';
import type { Fault } from '@shared/components/ErrorSummary.vue';
import type { ReportDraft } from './report_draft';

export const all_steps = ['what', 'where', 'happened', 'who', 'check'] as const;
export type Step = (typeof all_steps)[number];

/** Begun from a thing, a notice objected to: what it is about and where is known. */
export const from_thing = (draft: Pick<ReportDraft, 'about'>): boolean =>
  draft.about !== undefined && draft.about.kind !== 'post';
/** Begun from the guide to services: what it is about is known, where is not. */
export const steps_for = (draft: Pick<ReportDraft, 'about' | 'service'>): Step[] =>
  all_steps.filter(
    (step) =>
      !(from_thing(draft) && (step === 'what' || step === 'where')) && !(draft.service && step === 'what'),
  );

const phone_shape = /^\+?[\d -]{7,20}$/;
const email_shape = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What the page needs to know of the county; its whole, chosen alone, says nothing about where. */
export type Bounds = Pick<Site, 'root_place' | 'limits'>;

export function faults_of(step: Step, draft: ReportDraft, { root_place: root, limits }: Bounds): Fault[] {
  const faults: Fault[] = [];
  const need = (field: string, wrong: boolean, text: string): void => {
    if (wrong) faults.push({ field, text });
  };
  if (step === 'what' || step === 'check')
    need(
      'subkind',
      !draft.workflow || (!draft.subkind && !draft.about && !draft.service),
      t('fault_subkind'),
    );
  if (step === 'where' || step === 'check')
    need(
      'where',
      !from_thing(draft) &&
        (!draft.place || draft.place.id === root) &&
        !draft.place_code &&
        !draft.address.trim(),
      t('fault_where'),
    );
  if (step === 'where' || step === 'check')
    need('about', draft.form?.about === 'post' && draft.about?.kind !== 'post', t('fault_post'));
  if (step === 'happened' || step === 'check') {
    const asked = asks_words(draft.form);
    const length = length_of(draft.text);
    need('text', asked && length < limits.least_text, t('fault_text', { n: limits.least_text }));
    if (draft.form) faults.push(...faults_of_start(draft.form, draft.answers));
    need('text', asked && length > limits.text, t('fault_text_long', { n: limits.text, have: length }));
  }
  if (step === 'who' || step === 'check') {
    need(
      'anonymous',
      draft.anonymous === '' || (draft.anonymous === 'anonymous' && draft.form?.anonymous === false),
      t(draft.form?.anonymous === false ? 'fault_must_be_named' : 'fault_anonymous'),
    );
    if (draft.anonymous === 'named') {
      need('name', !draft.name.trim(), t('fault_name'));
      need('phone', draft.phone.trim() !== '' && !phone_shape.test(draft.phone.trim()), t('fault_phone'));
      need('email', draft.email.trim() !== '' && !email_shape.test(draft.email.trim()), t('fault_email'));
    }
  }
  return faults;
}

/** The step to stand on: the asked one, or an earlier one that still lacks something. */
export function step_to_stand_on(asked: Step, draft: ReportDraft, bounds: Bounds): Step {
  const steps = steps_for(draft);
  const before = steps.slice(0, steps.indexOf(asked));
  return before.find((step) => faults_of(step, draft, bounds).length > 0) ?? asked;
}
