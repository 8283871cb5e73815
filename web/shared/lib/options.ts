// The choices a field offers: those its schema carries, or the posts the county has.
import { posts_at } from '../api/calls';
import type { FieldSchema, Option, PlaceStep, PostView } from '../api/types';

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

const option_of = (post: PostView): Option => ({
  value: post.id,
  title: post.title,
  hint: [post.unit_name ? post.place_name : '', post.holders.map((holder) => holder.name).join('、')]
    .filter(Boolean)
    .join(' · '),
});

/**
 * Posts to choose from: of one kind, all of the county, those along the matter's own path first; of any kind, those
 * along the path only, since a county has thousands.
 */
export async function post_options(schema: FieldSchema, path: PlaceStep[]): Promise<Option[]> {
  const kind = schema['x-post-kind'];
  const near = new Set(path.map((step) => step.id));
  const root = path[0];
  if (!root) return [];
  const found = kind
    ? await posts_at(root.id, { below: true, kind, limit: 500 })
    : (await Promise.all([...near].reverse().map((id) => posts_at(id, { limit: 100 })))).flat();
  return [
    ...found.filter((post) => near.has(post.place)),
    ...found.filter((post) => !near.has(post.place)),
  ].map(option_of);
}
