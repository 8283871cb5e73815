// Lists, sessions, figures, boards, liaison and refusals.
import type { Place, PlaceStep } from './types';

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface HeldPost {
  post: string;
  kind: string;
  place: string;
  rights: string[];
}

export interface Session {
  account: string;
  party: string;
  name: string;
  posts: HeldPost[];
  rights: string[];
  csrf: string;
  password_must_change: boolean;
  second_factor: boolean;
}

export interface PostView {
  id: string;
  kind: string;
  kind_title: string;
  place: string;
  place_name: string;
  unit_name: string;
  vacant: boolean;
  holders: { name: string; stand_in: boolean; from: string }[];
}

export interface Rate {
  name: string;
  title: string;
  numerator: number;
  denominator: number;
  /** Percent with one decimal; nothing where it is a count and no share, or nothing was counted. */
  value: string | null;
  low: number | null;
  high: number | null;
  small_sample: boolean;
  left_out: number;
  left_out_why: string;
  apart: { name: string; title: string; numerator: number; denominator: number }[];
}

export interface Days {
  n: number;
  working_median: number | null;
  working_p90: number | null;
  working_max: number | null;
  calendar_median: number | null;
  calendar_p90: number | null;
}

export interface Rates {
  from: string;
  to: string;
  place: PlaceStep;
  metrics: Rate[];
  response_days: Days;
  closing_days: Days;
  version?: string;
}

export interface Notice {
  id: string;
  title: string;
  text: string;
  place: PlaceStep;
  from: string;
  until: string;
  objections: string;
  withdrawn: boolean;
}

export interface BoardLine {
  kind_title: string;
  state_title: string;
  place_name: string;
  category: string | null;
  phase: number | string;
  received_at: string;
  closed_at: string | null;
}

export interface Board {
  place: Pick<Place, 'id' | 'name' | 'kind' | 'kind_title' | 'path'> & { short_code: string };
  representatives: {
    post_kind: string;
    post_title: string;
    place_name: string;
    unit_name: string;
    names: string[];
  }[];
  month: string;
  counts: { received: number; closed: number; solved: number; open: number; late: number; explained: number };
  lately: BoardLine[];
}

export interface Breach {
  rule: string;
  rule_title: string;
  kind: string;
  kind_title: string;
  place: string;
  place_name: string;
  path: string[];
  who: string;
  found: number;
  allowed: string;
}

export interface BreachList {
  items: Breach[];
  total: number;
}

export interface Shortage {
  group: string;
  name: string;
  households_without: number;
  representatives_needed: number;
  representatives_too_many: number;
}

export interface Proposal {
  id: string | null;
  rule: string;
  state: string;
  kept: number;
  newly_assigned: number;
  moved: number;
  outside_group: number;
  smallest_load: number;
  largest_load: number;
  shortages: Shortage[];
}

export interface Problem {
  type?: string;
  title?: string;
  status: number;
  code: string;
  detail?: string;
  faults?: { pointer: string; code: string; message?: string }[];
}
