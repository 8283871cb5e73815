// What starting a matter of a kind asks for beyond what is asked of everybody: its fields, and what was filled in.
import { start_form } from '../api/calls';
import { empty_draft, encode, fault_of, fields_of, is_empty, type Draft, type FormField } from './form';
import type { Photo } from './photos';

export type Answers = Record<string, Draft>;

export interface StartForm {
  workflow: string;
  title: string;
  about: string;
  /** Whether it may be asked without a name. */
  anonymous: boolean;
  /** One of the promised services is to be chosen. */
  service_item: boolean;
  fields: FormField[];
}

/** A category or the service applied for may say which papers are wanted. */
export async function load_start(
  workflow: string,
  of: { category?: string; service?: string } = {},
): Promise<StartForm> {
  const found = await start_form(workflow, of);
  return {
    workflow,
    title: found.title,
    about: found.about,
    anonymous: found.anonymous,
    service_item: found.service_item,
    fields: fields_of(found.form),
  };
}

/** A draft for each field; what was filled in before stays where the field is still asked. */
export function prepare(form: StartForm, answers: Answers): void {
  for (const field of form.fields) answers[field.name] = { ...empty_draft(), ...answers[field.name] };
}

export const faults_of_start = (form: StartForm, answers: Answers): { field: string; text: string }[] =>
  form.fields.flatMap((field) => {
    const text = fault_of(field, answers[field.name] ?? empty_draft());
    return text ? [{ field: field.name, text }] : [];
  });

const own_text = (form: StartForm | undefined): string | undefined =>
  form?.fields.find((field) => field.required && field.widget === 'text')?.name;
/** A kind whose own form asks for a text is said by it: another box of words beside would ask twice. */
export const asks_words = (form: StartForm | undefined): boolean => !own_text(form);
/** What is said of it: in the text of its own form, or else in the general one. */
export function words_said(form: StartForm | undefined, answers: Answers, text: string): string {
  const own = own_text(form);
  return (own ? (answers[own]?.text ?? '') : text).trim();
}

/** It asks for pictures or papers itself: a box of its own beside would ask twice. */
export const asks_files = (form: StartForm | undefined): boolean =>
  form?.fields.some((field) => field.widget === 'attachments') ?? false;

export const photos_of = (form: StartForm, answers: Answers): Photo[] =>
  form.fields.flatMap((field) => answers[field.name]?.photos ?? []);

export function encode_start(form: StartForm, answers: Answers): Record<string, unknown> {
  const filled = form.fields.filter((field) => !is_empty(field, answers[field.name] ?? empty_draft()));
  return Object.fromEntries(
    filled.map((field) => [field.name, encode(field, answers[field.name] ?? empty_draft())]),
  );
}
