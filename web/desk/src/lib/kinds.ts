// The kinds of matter a desk takes in, by their workflow: what people come for every day first.
import type { Site } from '@shared/api/types';

type Kind = Site['workflows'][number];
interface KindGroup {
  title: string;
  kinds: { value: string; title: string; may_name_post: boolean }[];
}

/** What is only begun from elsewhere, or not by whoever is signed in, is not among them. */
export const groups_of_kinds = (workflows: Site['workflows']): KindGroup[] =>
  workflows
    .filter((workflow) => workflow.for_others || workflow.for_oneself)
    .filter((workflow) => !workflow.about || workflow.about === 'post')
    .sort((a, b) => Number(b.everyday) - Number(a.everyday))
    .map(({ name, title, subkinds, for_others }) => ({
      title,
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
