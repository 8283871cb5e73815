-- What rates, boards and flows are summed from, in a file (or schema) of its own: made of the journal by a follower, and to
-- be made again from it at any time, so it is in no backup.

create table follower (
    name text primary key,
    pos $id not null
);

-- With which definitions the figures were made, and of which record: others make them anew.
create table made_with (
    name text primary key,
    value text not null
);

-- How many marks of a metric lie below a place. A negative place: what only the whole county counts there. By the month
-- first, so that what happens now is written to few pages. Month 0: what stands now, whose `at` is an instant.
-- only: sqlite
create table counter (
    month integer not null,             -- year times twelve plus month, of `at`
    place integer not null,
    metric integer not null,
    at integer not null,                -- a day, counted from 1970-01-01; of what stands now: an instant
    detail integer not null,            -- a second day, a length, a deadline; what it is depends on the metric
    n integer not null,
    primary key (month, place, metric, at, detail)
) without rowid;
-- only: postgresql
create table counter (
    month bigint not null,
    place bigint not null,
    metric bigint not null,
    at bigint not null,
    detail bigint not null,
    n bigint not null,
    primary key (month, place, metric, at, detail)
);
create index counter_empty on counter (n) where n = 0;

-- What each matter has put into the counters, so that it can be taken out again.
create table contribution (
    matter $id primary key,
    version $id not null,               -- of the matter, when it was counted
    resident $id not null,
    place $id not null,
    category $id,
    received_at $id,                    -- null: nobody asked with it (merged, about another matter)
    closed_at $id,
    contact_due $id,
    finish_due $id,
    sealed $id not null,
    l1 $id, l2 $id, l3 $id, l4 $id, l5 $id, l6 $id, l7 $id,
    marks $bytes not null
);
create index contribution_by_resident on contribution (resident, received_at);
create index contribution_by_category on contribution (place, category, received_at) where category is not null;
create index contribution_by_closing on contribution (place, category, closed_at)
    where category is not null and closed_at is not null;
create index contribution_by_contact on contribution (contact_due) where contact_due is not null;
create index contribution_by_finish on contribution (finish_due) where finish_due is not null;
