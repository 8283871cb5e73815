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
