// The kinds of matter a desk takes in, by their workflow: what people come for every day first.
import type { Site } from '@shared/api/types';

interface KindGroup {
  title: string;
  kinds: { value: string; title: string; may_name_post: boolean }[];
}

export const groups_of_kinds = (workflows: Site['workflows']): KindGroup[] =>
  workflows
    .filter((workflow) => !workflow.about || workflow.about === 'post')
    .sort((a, b) => Number(b.everyday) - Number(a.everyday))
    .map(({ name, title, subkinds }) => ({
      title,
      kinds: subkinds.length
        ? subkinds.map((kind) => ({ ...kind, value: `${name}/${kind.name}` }))
        : [{ value: `${name}/`, title, may_name_post: false }],
    }));

export const workflow_of = (kind: string): string => kind.split('/')[0] ?? '';

/** The kind by which the promised services are applied for; empty where there is none. */
export function kind_of_services(site: Site | undefined): string {
  const kind = site?.workflows.find((workflow) => workflow.service_item);
  return kind ? `${kind.name}/` : '';
}
