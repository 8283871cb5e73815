// What was said when the matter was begun stands until it is said anew: a form that asks for it again begins with it.
// It is read from the timeline, where nobody finds more than they may read.
import type { Entry } from '../api/types';
import { columns_of, empty_draft, units_of, type Draft, type FormField } from './form';

type Said = Pick<Entry, 'seq' | 'fields'>;

/** The latest value of each field that the first entry fills in. */
function standing_values(timeline: Said[]): Map<string, unknown> {
  const entries = [...timeline].sort((a, b) => a.seq - b.seq);
  const begun = new Set(entries.find((entry) => entry.seq === 1)?.fields.map((field) => field.name));
  const values = new Map<string, unknown>();
  for (const { name, value, erased } of entries.flatMap((entry) => entry.fields)) {
    if (erased) values.delete(name);
    else if (begun.has(name)) values.set(name, value);
  }
  return values;
}

const is_record = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** A figure as it is typed. */
const typed = (value: unknown, scale = 1): string => (typeof value === 'number' ? String(value / scale) : '');

function cells_of(field: FormField, row: unknown): string[] {
  return columns_of(field).map((column) =>
    is_record(row) ? (draft_of(column, row[column.name])?.text ?? '') : '',
  );
}

/** The draft that says this value; nothing for what is chosen anew each time: pictures, people, posts, judgements. */
export function draft_of(field: FormField, value: unknown): Draft | undefined {
  const draft = empty_draft();
  switch (field.widget) {
    case 'text':
    case 'day':
      return typeof value === 'string' ? { ...draft, text: value } : undefined;
    case 'choice':
      return typeof value === 'string' ? { ...draft, picked: [value] } : undefined;
    case 'number':
      return { ...draft, text: typed(value) };
    case 'money':
      return { ...draft, text: typed(value, 100) };
    case 'measure': {
      if (!is_record(value)) return undefined;
      const unit = units_of(field.schema).find((one) => one.value === value.unit)?.value ?? '';
      return { ...draft, text: typed(value.scaled, 1000), unit };
    }
    case 'yes_no':
      return typeof value === 'boolean' ? { ...draft, yes: value } : undefined;
    case 'checklist': {
      const listed = new Set((field.schema['x-options'] ?? []).map((option) => option.value));
      const [items, others] = [texts(value).filter((one) => listed.has(one)), texts(value)];
      return { ...draft, items, others: others.filter((one) => !listed.has(one)).join('\n') };
    }
    case 'table':
      return Array.isArray(value) ? { ...draft, rows: value.map((row) => cells_of(field, row)) } : undefined;
    default:
      return undefined;
  }
}

/**
 * What a form begins with. What may be left out is filled in only beside something that has to be said again: a report
 * of progress that could mention the money does not mention it each month.
 */
export function standing_drafts(fields: FormField[], timeline: Said[]): Record<string, Draft> {
  const values = standing_values(timeline);
  const drafts = fields.flatMap((field) => {
    const draft = values.has(field.name) ? draft_of(field, values.get(field.name)) : undefined;
    return draft ? [{ field, draft }] : [];
  });
  const said_again = drafts.some(({ field }) => field.required);
  return said_again ? Object.fromEntries(drafts.map(({ field, draft }) => [field.name, draft])) : {};
}
