// The choices a field offers: those its schema carries, or the posts the county has.
import { posts_at } from '../api/calls';
import type { FieldSchema, Option, PlaceStep, PostView } from '../api/types';
import { listed } from './format';

export function options_of(schema: FieldSchema): Option[] {
  if (schema['x-options']) return schema['x-options'];
  if (schema['x-listed']) return schema['x-listed'].map((value) => ({ value, title: value }));
  if (schema['x-widget'] === 'criteria')
    return Object.entries(schema.properties ?? {}).map(([value, one]) => ({
      value,
      title: one['x-title'] ?? value,
    }));
  const inner = schema.items ?? schema.properties?.posts;
  if (inner && inner !== schema) return options_of(inner);
  return (schema.enum ?? []).map((value) => ({ value, title: value }));
}

/** Where on the path whoever fills it in may look for people: everywhere, unless the schema says where. */
export function searched_steps(schema: FieldSchema, path: PlaceStep[]): PlaceStep[] {
  const places = schema['x-places'];
  return places ? path.filter((step) => places.includes(step.id)) : path;
}

/** What must be chosen and has only one answer is no question: it is said, and taken. */
export function only_choice(field: { widget: string; required: boolean; schema: FieldSchema }): Option[] {
  if (field.widget !== 'choice' || !field.required) return [];
  const options = options_of(field.schema);
  return options.length === 1 ? options : [];
}

const option_of = (post: PostView): Option => ({
  value: post.id,
  title: post.title,
  hint: [post.unit_name ? post.place_name : '', listed(post.holders.map((holder) => holder.name))]
    .filter(Boolean)
    .join(' · '),
});

/**
 * Posts to choose from: of one kind, all of the county, those along the matter's own path and below its place first; of
 * any kind, those along the path only, since a county has thousands. Where only some may be chosen, the schema carries
 * them.
 */
export async function post_options(schema: FieldSchema, path: PlaceStep[]): Promise<Option[]> {
  const kind = schema['x-post-kind'];
  const near = new Set(path.map((step) => step.id));
  const [root, here] = [path[0], path.at(-1)];
  if (!root || !here) return [];
  const tops = [...new Set([here.id, root.id])];
  const asked = kind
    ? tops.map((top) => posts_at(top, { below: true, kind, limit: 500 }))
    : [...path].reverse().map((step) => posts_at(step.id, { limit: 100 }));
  const all = (await Promise.all(asked))
    .flat()
    .filter((post) => !schema['x-held'] || post.holders.length > 0);
  const found = [...new Map(all.map((post) => [post.id, post])).values()];
  return [
    ...found.filter((post) => near.has(post.place)),
    ...found.filter((post) => !near.has(post.place)),
  ].map(option_of);
}
