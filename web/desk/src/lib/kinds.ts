// The kinds of matter a desk takes in, by their workflow: what people come for every day first.
import type { Site } from '@shared/api/types';

type Kind = Site['workflows'][number];
interface KindGroup {
  title: string;
  /** In one sentence, or the steps it goes through. */
  describe: string;
  kinds: { value: string; title: string; may_name_post: boolean }[];
}

/** What is only begun from elsewhere, or not by whoever is signed in, is not among them. */
const begun_here = (workflows: Site['workflows']): Kind[] =>
  workflows
    .filter((workflow) => workflow.for_others || workflow.for_oneself)
    .filter((workflow) => !workflow.about || workflow.about === 'post');

/** What residents begin on the portal is here for those who come to the desk. */
const goes_with_post = (kind: Kind): boolean => kind.for_others || !kind.open_to_residents;

/**
 * What whoever is signed in finds the way to, by the kinds they may begin: taking in what residents bring, or else what the
 * office begins itself and what is applied for with a post; nothing where there is neither.
 */
export type WayIn = 'take_in' | 'begin_own';
export function way_in(workflows: Site['workflows']): WayIn | undefined {
  const kinds = begun_here(workflows);
  if (kinds.some((kind) => kind.for_others && kind.asker)) return 'take_in';
  return kinds.some(goes_with_post) ? 'begin_own' : undefined;
}

/** The promised services are applied for at a window of whoever is signed in. */
export const takes_applications = (workflows: Site['workflows']): boolean =>
  workflows.some((kind) => kind.service_item && kind.for_others);

const rank = (kind: Kind): number => Number(goes_with_post(kind)) + Number(kind.everyday && kind.for_others);
export const groups_of_kinds = (workflows: Site['workflows']): KindGroup[] =>
  begun_here(workflows)
    .sort((a, b) => rank(b) - rank(a))
    .map(({ name, title, describe, subkinds, for_others }) => ({
      title,
      describe,
      kinds: subkinds.length
        ? subkinds
            .filter((kind) => for_others || !kind.on_behalf)
            .map((kind) => ({ ...kind, value: `${name}/${kind.name}` }))
        : [{ value: `${name}/`, title, may_name_post: false }],
    }));

export const workflow_of = (kind: string): string => kind.split('/')[0] ?? '';

/** For whom it is begun: whoever came, nobody but the office itself, or whoever is signed in. */
export type Sake = 'caller' | 'office' | 'oneself';
export function sake_of(kind: Pick<Kind, 'for_others' | 'asker'> | undefined): Sake {
  if (kind && !kind.for_others) return 'oneself';
  return kind && !kind.asker ? 'office' : 'caller';
}

/** The kind by which the promised services are applied for; empty where there is none. */
export function kind_of_services(site: Site | undefined): string {
  const kind = site?.workflows.find((workflow) => workflow.service_item);
  return kind ? `${kind.name}/` : '';
}
