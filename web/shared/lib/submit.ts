// A form on its way out: what is wrong with it is said first, it goes once however often it is pressed, and a refusal
// stands where whoever filled it in looks.
import { ref, type Ref } from 'vue';
import type { Fault } from '../components/ErrorSummary.vue';
import { t } from '../words';
import { problem_text } from './problem';

export interface Submit {
  faults: Ref<Fault[]>;
  busy: Ref<boolean>;
  error_of: (field: string) => string | undefined;
  /** Does it unless something is wrong; a refusal is about the form as a whole, or `at` the field it says. */
  submit: (deed: () => Promise<void>, wrong?: Fault[], at?: (error: unknown) => string) => Promise<void>;
}

export function use_submit(): Submit {
  const faults = ref<Fault[]>([]);
  const busy = ref(false);
  return {
    faults,
    busy,
    error_of: (field) => faults.value.find((fault) => fault.field === field)?.text,
    async submit(deed, wrong = [], at = () => '') {
      if (busy.value) return;
      faults.value = wrong;
      if (wrong.length) return;
      busy.value = true;
      try {
        await deed();
      } catch (error) {
        faults.value = [{ field: at(error), text: problem_text(error) }];
      } finally {
        busy.value = false;
      }
    },
  };
}

/** Fields that must be filled in and are not: [field, missing, what it is called]. */
export function missing(...fields: [string, boolean, string][]): Fault[] {
  return fields.flatMap(([field, wrong, name]) =>
    wrong ? [{ field, text: t('fault_required', { name }) }] : [],
  );
}
