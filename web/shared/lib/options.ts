// The choices a field offers, wherever its schema carries them.
import type { FieldSchema, Option } from '../api/types';

export function options_of(schema: FieldSchema): Option[] {
  if (schema['x-options']) return schema['x-options'];
  const inner = schema.items ?? schema.properties?.posts ?? schema.properties?.items;
  if (inner && inner !== schema) return options_of(inner);
  return (schema.enum ?? []).map((value) => ({ value, title: value }));
}
