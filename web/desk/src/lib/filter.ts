// The worklist's filter is its address: a list can be kept, shared and gone back to.
import type { WorkQuestion } from '@shared/api/calls';
import { Refused } from '@shared/api/client';
import { steps_of } from '@shared/lib/fault';
import type { LocationQuery } from 'vue-router';

const phases = ['open', 'open_explained', 'closed', 'ended'] as const;
type Phase = (typeof phases)[number];

export interface Filter {
  place: string;
  state: string;
  phase: Phase | '';
  q: string;
  mine: boolean;
  overdue: boolean;
  include_closed: boolean;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function filter_of(query: LocationQuery): Filter {
  return {
    place: text(query.place),
    state: text(query.state),
    phase: phases.find((one) => one === query.phase) ?? '',
    q: text(query.q),
    mine: query.all === undefined, // mine first: the list a person works through
    overdue: query.overdue === '1',
    include_closed: query.closed === '1',
  };
}

export function query_of(filter: Filter): LocationQuery {
  const query: LocationQuery = {};
  for (const name of ['place', 'state', 'phase', 'q'] as const) if (filter[name]) query[name] = filter[name];
  if (!filter.mine) query.all = '1';
  if (filter.overdue) query.overdue = '1';
  if (filter.include_closed) query.closed = '1';
  return query;
}

/** What of a list's address the server did not understand. */
const refusable = ['place', 'state'] as const;
export type Wrong = (typeof refusable)[number];

export function wrong_in(error: unknown): Wrong[] {
  if (!(error instanceof Refused)) return [];
  const said = (error.problem.faults ?? []).map((fault) => steps_of(fault)[0]);
  return refusable.filter((one) => said.includes(one));
}

export const without = (filter: Filter, wrong: Wrong[]): Filter => ({
  ...filter,
  ...Object.fromEntries(wrong.map((one) => [one, ''])),
});

/** As the API takes it: what is not asked for is not said. */
export function asked_of(filter: Filter, after: string | null): WorkQuestion {
  return {
    place: filter.place || undefined,
    state: filter.state ? [filter.state] : undefined,
    phase: filter.phase || undefined,
    q: filter.q || undefined,
    mine: filter.mine || undefined,
    overdue: filter.overdue || undefined,
    include_closed: filter.include_closed || undefined,
    after: after ?? undefined,
    limit: 50,
  };
}
