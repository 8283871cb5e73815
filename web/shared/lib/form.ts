// An action's form, drawn and checked from its JSON Schema alone: no page knows any action or field by name.
import type { FieldSchema, FormSchema, Option } from '../api/types';
import { is_day } from './day';
import { length_of } from './length';
import type { Photo } from './photos';
import { t, type Key } from '../words';

export type Widget =
  | 'text'
  | 'attachments'
  | 'checklist'
  | 'criteria'
  | 'posts'
  | 'post'
  | 'parties'
  | 'party'
  | 'day'
  | 'rating'
  | 'choice'
  | 'number'
  | 'measure'
  | 'money'
  | 'table'
  | 'yes_no'
  | 'category'
  | 'place';

export interface CriterionAnswer {
  item: string;
  met?: boolean;
  reason: string;
}

/** What the widgets edit; `encode` makes of it what the server takes. */
export interface Draft {
  text: string;
  photos: Photo[];
  items: string[];
  others: string;
  answers: CriterionAnswer[];
  picked: string[];
  lead: string;
  solved: string;
  grade: number;
  yes?: boolean;
  /** The unit of a quantity, where there are several. */
  unit: string;
  /** Cells of a table, as typed. */
  rows: string[][];
}

export function empty_draft(): Draft {
  return {
    text: '',
    photos: [],
    items: [],
    others: '',
    answers: [],
    picked: [],
    lead: '',
    solved: '',
    grade: 0,
    unit: '',
    rows: [],
  };
}

export interface FormField {
  name: string;
  widget: Widget;
  schema: FieldSchema;
  title: string;
  hint: string;
  required: boolean;
}

export function fields_of(form: FormSchema): FormField[] {
  return Object.entries(form.properties ?? {}).map(([name, schema]) => ({
    name,
    widget: widget_of(schema),
    schema,
    title: schema['x-title'] ?? name,
    hint: schema['x-hint'] ?? '',
    required: form.required?.includes(name) ?? false,
  }));
}

function widget_of(schema: FieldSchema): Widget {
  const named = schema['x-widget'];
  if (named === 'bool') return 'yes_no';
  if (named) return named as Widget;
  if (schema.enum) return 'choice';
  if (schema.type === 'boolean') return 'yes_no';
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  return 'text';
}

export function is_empty(field: FormField, draft: Draft): boolean {
  switch (field.widget) {
    case 'attachments':
      return draft.photos.length === 0;
    case 'checklist':
      return draft.items.length === 0 && other_items(draft).length === 0;
    case 'criteria':
      return draft.answers.every((answer) => answer.met === undefined);
    case 'posts':
    case 'parties':
      return draft.picked.length === 0;
    case 'post':
    case 'party':
    case 'choice':
    case 'category':
    case 'place':
      return draft.picked[0] === undefined;
    case 'rating':
      return draft.solved === '';
    case 'yes_no':
      return draft.yes === undefined;
    case 'table':
      return filled_rows(draft).length === 0;
    default:
      return draft.text.trim() === '';
  }
}

export function other_items(draft: Draft): string[] {
  return draft.others
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** What is wrong with one field, in words, or nothing. The server checks again; this only saves a way there. */
export function fault_of(field: FormField, draft: Draft): string | undefined {
  const named = { name: field.title };
  if (is_empty(field, draft)) return field.required ? t(missing_word(field), named) : undefined;
  const { schema } = field;
  if (field.widget === 'text') {
    const length = length_of(draft.text);
    if (schema.minLength && length < schema.minLength)
      return t('fault_too_short', { ...named, n: schema.minLength, have: length });
    if (schema.maxLength && length > schema.maxLength)
      return t('fault_too_long', { ...named, n: schema.maxLength, have: length });
  }
  if (['number', 'measure', 'money'].includes(field.widget) && !/^-?\d+(\.\d+)?$/.test(draft.text.trim()))
    return t('fault_number', named);
  if (field.widget === 'day' && !is_day(draft.text)) return t('fault_day', named);
  if (field.widget === 'yes_no' && schema.const === true && !draft.yes) return t('fault_must_be_yes', named);
  if (field.widget === 'measure' && units_of(schema).length > 1 && !draft.unit) return t('fault_unit', named);
  if (field.widget === 'table') return table_fault(field, draft);
  if (field.widget === 'posts' && wants_lead(field) && !draft.picked.includes(draft.lead))
    return t('fault_lead');
  if (field.widget === 'criteria') return criteria_fault(field, draft);
  if (field.widget === 'rating' && draft.solved !== 'yes' && draft.text.trim() === '')
    return t('fault_why_not');
  const minimum = least_of(field);
  const counted =
    field.widget === 'attachments'
      ? draft.photos.length
      : several.has(field.widget)
        ? draft.picked.length
        : minimum;
  return counted < minimum ? t('fault_too_few', { ...named, n: minimum }) : undefined;
}

const several = new Set<Widget>(['posts', 'parties']);

/** How many a list has to have at least. */
export function least_of(field: FormField): number {
  const listed = field.widget === 'posts' ? field.schema.properties?.posts : field.schema;
  return listed?.minItems ?? 0;
}

/** The columns of a table, each a field of its own. */
export function columns_of(field: FormField): FormField[] {
  const row = field.schema.items;
  return row ? fields_of({ type: 'object', properties: row.properties, required: row.required }) : [];
}

export function filled_rows(draft: Draft): string[][] {
  return draft.rows.filter((row) => row.some((cell) => cell.trim() !== ''));
}

const cell_draft = (cell: string | undefined): Draft => ({ ...empty_draft(), text: cell ?? '' });

function table_fault(field: FormField, draft: Draft): string | undefined {
  const rows = filled_rows(draft);
  const minimum = field.schema.minItems ?? 0;
  if (rows.length < minimum) return t('fault_too_few_rows', { name: field.title, n: minimum });
  for (const [at, row] of rows.entries())
    for (const [column, one] of columns_of(field).entries()) {
      const text = fault_of(one, cell_draft(row[column]));
      if (text) return t('fault_row', { n: at + 1, text });
    }
  return undefined;
}

/** All must be met, none may be met, or each merely answered; a reason where the schema asks for one. */
function criteria_fault(field: FormField, draft: Draft): string | undefined {
  const wanted = field.schema['x-criteria'];
  for (const answer of draft.answers) {
    if (answer.met === undefined) return t('fault_criterion', { name: field.title });
    if ((wanted === 'all' && !answer.met) || (wanted === 'none' && answer.met))
      return t('fault_criteria', { name: field.title });
    const reason = field.schema.properties?.[answer.item]?.required?.includes('reason');
    if (reason && answer.reason.trim() === '') return t('fault_criterion_reason', { name: field.title });
  }
  return undefined;
}

const missing_words: Partial<Record<Widget, Key>> = {
  attachments: 'fault_photo_required',
  rating: 'fault_rating_required',
  choice: 'fault_choose',
  post: 'fault_choose',
  posts: 'fault_choose',
  party: 'fault_choose',
  parties: 'fault_choose',
  yes_no: 'fault_choose',
  checklist: 'fault_choose',
  day: 'fault_day',
  table: 'fault_table',
};

/** Where no list stands behind it, what is missing is said in words. */
function missing_word(field: FormField): Key {
  const { schema, widget } = field;
  const listed = schema['x-options'] ?? schema['x-listed'] ?? [];
  if (widget === 'checklist' && listed.length === 0) return 'fault_required';
  return missing_words[widget] ?? 'fault_required';
}

/** What a quantity may be counted in. */
export function units_of(schema: FieldSchema): Option[] {
  const unit = schema.properties?.unit;
  if (unit?.['x-options']) return unit['x-options'];
  const named = unit?.enum ?? (typeof unit?.const === 'string' ? [unit.const] : []);
  return named.map((value) => ({ value, title: schema['x-unit'] ?? value }));
}

export function wants_lead(field: FormField): boolean {
  return field.schema['x-lead'] === true || 'lead' in (field.schema.properties ?? {});
}

export function encode(field: FormField, draft: Draft): unknown {
  switch (field.widget) {
    case 'attachments':
      return draft.photos.map((photo) => photo.upload).filter(Boolean);
    case 'checklist':
      return [...draft.items, ...other_items(draft)];
    case 'criteria':
      return Object.fromEntries(
        draft.answers
          .filter((answer) => answer.met !== undefined)
          .map((answer) => [answer.item, { met: answer.met, reason: answer.reason.trim() }]),
      );
    case 'posts':
      return draft.lead && wants_lead(field)
        ? { posts: draft.picked, lead: draft.lead }
        : { posts: draft.picked };
    case 'parties':
      return draft.picked;
    case 'post':
    case 'party':
    case 'choice':
    case 'category':
    case 'place':
      return draft.picked[0];
    case 'rating':
      return { solved: draft.solved, ...(draft.grade ? { grade: draft.grade } : {}), why: draft.text.trim() };
    case 'number':
      return Number(draft.text.trim());
    case 'money':
      return Math.round(Number(draft.text.trim()) * 100);
    case 'measure':
      return {
        scaled: Math.round(Number(draft.text.trim()) * 1000),
        unit: draft.unit || (units_of(field.schema)[0]?.value ?? ''),
      };
    case 'yes_no':
      return draft.yes;
    case 'table': {
      const columns = columns_of(field);
      return filled_rows(draft).map((row) =>
        Object.fromEntries(
          columns.flatMap((column, at) => {
            const cell = cell_draft(row[at]);
            return is_empty(column, cell) ? [] : [[column.name, encode(column, cell)]];
          }),
        ),
      );
    }
    default:
      return draft.text.trim();
  }
}
