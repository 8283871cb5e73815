-- Small rows that are only ever found by their key, or by an index that leads to it: on SQLite they stand in the key's own
-- tree instead of a second one beside it. Each row written is one insert less, each row found one descent less. PostgreSQL
-- keeps its heap.

-- only: sqlite
create table part_by_key (
    matter integer not null,
    no integer not null,
    machine text not null,
    state text not null,
    phase integer not null,
    owner_post integer not null,
    previous_post integer,
    person integer,
    rung integer,
    lead integer not null,
    bound integer not null,
    ended integer not null,
    card integer not null,
    due integer not null,
    entered_at integer not null,
    sealed_line integer,
    place integer not null,
    l1 integer, l2 integer, l3 integer, l4 integer, l5 integer, l6 integer, l7 integer,
    left_in text,
    primary key (matter, no)
) without rowid;
-- only: sqlite
insert into part_by_key (matter, no, machine, state, phase, owner_post, previous_post, person, rung, lead, bound, ended, card,
    due, entered_at, sealed_line, place, l1, l2, l3, l4, l5, l6, l7, left_in)
select matter, no, machine, state, phase, owner_post, previous_post, person, rung, lead, bound, ended, card, due, entered_at,
    sealed_line, place, l1, l2, l3, l4, l5, l6, l7, left_in from part;
-- only: sqlite
drop table part;
-- only: sqlite
alter table part_by_key rename to part;
-- only: sqlite
create index part_by_l1 on part (l1, state, due, matter, no);
-- only: sqlite
create index part_by_l2 on part (l2, state, due, matter, no) where l2 is not null;
-- only: sqlite
create index part_by_l3 on part (l3, state, due, matter, no) where l3 is not null;
-- only: sqlite
create index part_by_l4 on part (l4, state, due, matter, no) where l4 is not null;
-- only: sqlite
create index part_by_l5 on part (l5, state, due, matter, no) where l5 is not null;
-- only: sqlite
create index part_by_l6 on part (l6) where l6 is not null;
-- only: sqlite
create index part_by_l7 on part (l7) where l7 is not null;
-- only: sqlite
create index part_by_owner on part (owner_post, state, due, matter, no);

-- only: sqlite
create table clock_by_key (
    matter integer not null,
    part integer not null,
    name text not null,
    stage integer not null,
    started_at integer not null,
    period text not null,
    extension text not null,
    pauses text not null,
    paused_since integer,
    due integer not null,
    told_due integer not null,
    wakes integer,
    extensions integer not null,
    calendar_version text not null,
    card integer not null,
    stopped_at integer,
    primary key (matter, part, name)
) without rowid;
-- only: sqlite
insert into clock_by_key (matter, part, name, stage, started_at, period, extension, pauses, paused_since, due, told_due, wakes,
    extensions, calendar_version, card, stopped_at)
select matter, part, name, stage, started_at, period, extension, pauses, paused_since, due, told_due, wakes, extensions,
    calendar_version, card, stopped_at from clock;
-- only: sqlite
drop table clock;
-- only: sqlite
alter table clock_by_key rename to clock;
-- only: sqlite
create index clock_wakes on clock (wakes) where wakes is not null and stage = 0;

-- only: sqlite
create table contact_by_key (
    party integer not null references party (id),
    field text not null,
    key integer not null,
    sealed blob not null,
    blind blob,
    primary key (party, field)
) without rowid;
-- only: sqlite
insert into contact_by_key (party, field, key, sealed, blind) select party, field, key, sealed, blind from contact;
-- only: sqlite
drop table contact;
-- only: sqlite
alter table contact_by_key rename to contact;
-- only: sqlite
create index contact_blind on contact (field, blind) where blind is not null;

-- only: sqlite
create table log_leaf_by_key (
    prefix integer not null,
    leaf integer not null,
    primary key (prefix, leaf)
) without rowid;
-- only: sqlite
insert into log_leaf_by_key (prefix, leaf) select prefix, leaf from log_leaf;
-- only: sqlite
drop table log_leaf;
-- only: sqlite
alter table log_leaf_by_key rename to log_leaf;
