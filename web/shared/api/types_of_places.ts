// Lists, sessions, figures, boards, liaison and refusals.
import type { Place, PlaceStep } from './types';

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface HeldPost {
  id: string;
  title: string;
  place: PlaceStep | null;
}

export interface Session {
  account: string;
  name: string;
  posts: HeldPost[];
  rights: string[];
  csrf: string;
}

export interface Rate {
  name: string;
  title: string;
  numerator: number;
  denominator: number;
  left_out: number;
  left_out_why?: string;
  low?: number | null;
  high?: number | null;
  small_sample?: boolean;
  unit?: string;
  value?: string | null;
}

export interface Rates {
  from: string;
  to: string;
  place: PlaceStep;
  metrics: Rate[];
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
  title: string;
  place: PlaceStep;
  who: string;
  count: number;
  low: number;
  high: number | null;
}

export interface Proposal {
  id: string;
  state: string;
  rule: string;
  kept: number;
  moved: number;
  new_pairs: number;
  explained: string[];
  pairs: { household: PlaceStep; from: string | null; to: string }[];
}

export interface Problem {
  type?: string;
  title?: string;
  status: number;
  code: string;
  detail?: string;
  faults?: { pointer: string; code: string; message?: string }[];
}
