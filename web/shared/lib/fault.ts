// One fault the server found in what was filled in: the rule's name, with its limit or item where it has one.
import type { Problem } from '../api/types';
import { has, t } from '../words';

export type ServerFault = NonNullable<Problem['faults']>[number];

export function fault_text(fault: ServerFault, title = ''): string {
  const key = `rule_${fault.code}`;
  // The server's own words are in the reader's language too; ours know the form.
  const said = fault.limit && has(key) ? t(key, { limit: fault.limit }) : fault.message || fault.code;
  return title ? t('fault_named', { name: title, said }) : said;
}

/** "/reporter/phone" → ["reporter", "phone"] */
export const steps_of = (fault: ServerFault): string[] => fault.pointer.split('/').filter(Boolean);
