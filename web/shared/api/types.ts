// The words of the API as the pages use them. Where the server describes a shape in its OpenAPI document,
// schema.d.ts carries the same shape and api.test.ts compares the two.

import type { FormSchema } from './types_of_forms';

export interface Named {
  name: string;
  title: string;
}

export interface WorkflowInfo extends Named {
  subkinds: Named[];
  open_to_residents: boolean;
}

export interface Site {
  pack: string;
  title: string;
  county: string;
  root_place: string;
  languages: string[];
  workflows: WorkflowInfo[];
  contact: string;
}

export interface PlaceStep {
  id: string;
  name: string;
}

export interface Place extends PlaceStep {
  kind: string;
  kind_title: string;
  level: number;
  parent: string | null;
  path: PlaceStep[];
  has_children: boolean;
  short_code?: string;
}

export interface CodeTarget {
  kind: string;
  place: Place;
  station?: PlaceStep | null;
}

export interface Category {
  id: string;
  code: string;
  name: string;
  path: string[];
  level: number;
  leaf: boolean;
}

export interface Upload {
  id: string;
  type: string;
  bytes: number;
}

export interface Reporter {
  name?: string;
  phone?: string;
  email?: string;
}

export interface TakeIn {
  workflow: string;
  subkind: string;
  category?: string;
  place?: string;
  place_code?: string;
  address?: string;
  subject: string;
  text: string;
  anonymous: boolean;
  reporter: Reporter;
  channel?: string;
  on_behalf?: boolean;
  happened_at?: string;
  uploads: string[];
  about?: { kind: string; id: string };
  fields: Record<string, unknown>;
}

export interface Due {
  clock: string;
  title: string;
  due: string;
}

export interface Receipt {
  statement: string;
  signature: string;
  key: string;
  qr_svg: string;
  link: string;
}

export interface TakenIn {
  id: string;
  number: string;
  secret: string;
  receipt: Receipt;
  state: string;
  state_title: string;
  due: Due[];
}

export interface Tracked {
  number: string;
  state: string;
  state_title: string;
  phase: string;
  due: string | null;
  closed_at?: string | null;
}

export interface Clock {
  name: string;
  title: string;
  part: number;
  due: string | null;
  state: string;
  card: string | null;
  why: Why | null;
}

export interface FestivalDays {
  festival: string;
  first: string;
  last: string;
  days: number;
}

/** Why a deadline falls when it does: facts, worded by the page. */
export interface Why {
  start?: string;
  period?: string;
  extension?: string | null;
  day_not_counted?: string | null;
  holidays_skipped?: FestivalDays[];
  exchange_days_counted?: FestivalDays[];
  weekend_days_skipped?: number;
  pauses?: unknown[];
  moved_from?: string | null;
  beyond_announced?: boolean;
  calendar_version?: string;
}

export interface Person {
  relation: string;
  relation_title: string;
  name: string;
  post: string | null;
  phone: string | null;
  email: string | null;
}

export interface Part {
  no: number;
  title: string;
  state: string;
  state_title: string;
  owner: string;
  lead: boolean;
  due: string | null;
  overdue: boolean;
  card: string | null;
}

export interface EntryField {
  name: string;
  title: string;
  value: unknown;
  erased: boolean;
}

export interface Attachment {
  id: string;
  type: string;
  bytes: number;
}

export interface Entry {
  seq: number;
  part: number;
  kind: string;
  action: string;
  title: string;
  actor: string;
  happened_at: string;
  recorded_at: string;
  fields: EntryField[];
  attachments: Attachment[];
}

/** Who looked at the resident's data, for the resident. */
export interface Read {
  post: string;
  what: string;
  at: string;
}

export interface Matter {
  id: string;
  number: string;
  workflow: string;
  /** What forms were drawn from; an action names it, so that a changed workflow is noticed. */
  workflow_hash: string;
  subkind: string;
  kind_title: string;
  subject: string;
  text: string;
  category: { id: string; name: string } | null;
  place: { id: string; name: string; path: PlaceStep[] } | null;
  address: string | null;
  channel: string;
  people: Person[];
  state: string;
  state_title: string;
  phase: string;
  due: string | null;
  closed_at: string | null;
  received_at: string;
  clocks: Clock[];
  parts: Part[];
  timeline: Entry[];
  reads: Read[];
  version: number;
  my_relations: string[];
}

export interface Action {
  action: string;
  part: number;
  title: string;
  enabled: boolean;
  reason?: string | null;
  form: FormSchema;
  fields: string[];
}

export interface ActRequest {
  action: string;
  part: number;
  version: number;
  workflow: string;
  fields: Record<string, unknown>;
}

export interface Acted {
  id: string;
  version: number;
  state: string;
  state_title: string;
}

export interface Row {
  id: string;
  number: string;
  part: number;
  subject: string;
  kind_title: string;
  category: string | null;
  place_name: string | null;
  state: string;
  state_title: string;
  owner: string;
  due: string | null;
  overdue: boolean;
  card: string | null;
  received_at: string;
}

export type * from './types_of_forms';
export type * from './types_of_places';
