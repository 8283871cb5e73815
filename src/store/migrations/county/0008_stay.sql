-- How long pieces of work stood in each state, one row per state left: where matters stick. A projection of the entries
-- like `part` is; nothing is written when a matter is taken in.
create table stay (
    matter $id not null,
    part $id not null,
    machine text not null,
    state text not null,
    entered_at $id not null,
    left_at $id not null,
    late $id not null                   -- a deadline had passed when it was left
);
create index stay_by_matter on stay (matter);
create index stay_by_left on stay (left_at);
