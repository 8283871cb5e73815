-- A public number is the year's running number, shuffled with a key of the county. Its index was one random leaf for every
-- matter taken in; that of the running number itself grows at its end. Whoever asks by a number unshuffles it first
-- (base/public_number.hpp). Matters from before have no serial and are found by the number as it stands.

-- only: postgresql
alter table matter add column serial bigint;  -- year * 10^8 + running number
-- only: postgresql
alter table matter drop constraint matter_number_key;

-- Dropping the table empties what refers to it.
-- only: sqlite
create table publication_kept as select matter, shows from publication;
-- only: sqlite
create table matter_by_number (
    id integer primary key,
    number text not null,
    serial integer,
    workflow text not null,
    workflow_hash blob not null,
    subkind text not null,
    category integer,
    place integer not null,
    about_kind text,
    about_id integer,
    parent integer,
    merged_into integer,
    sealed_line integer,
    channel text not null,
    anonymous integer not null,
    host_post integer,
    opening_entry integer not null,
    key_id integer not null,
    secret_hash blob,
    source_index blob,
    received_at integer not null,
    recorded_at integer not null,
    contacted_at integer,
    told_at integer,
    closed_at integer,
    ended_at integer,
    published_at integer,
    asked_times integer not null,
    asked_before text,
    version integer not null,
    subject_seq integer,
    service_item text,
    ended_as text
);
-- only: sqlite
insert into matter_by_number (id, number, workflow, workflow_hash, subkind, category, place, about_kind, about_id, parent,
    merged_into, sealed_line, channel, anonymous, host_post, opening_entry, key_id, secret_hash, source_index, received_at,
    recorded_at, contacted_at, told_at, closed_at, ended_at, published_at, asked_times, asked_before, version, subject_seq,
    service_item, ended_as)
select id, number, workflow, workflow_hash, subkind, category, place, about_kind, about_id, parent, merged_into, sealed_line,
    channel, anonymous, host_post, opening_entry, key_id, secret_hash, source_index, received_at, recorded_at, contacted_at,
    told_at, closed_at, ended_at, published_at, asked_times, asked_before, version, subject_seq, service_item, ended_as
from matter;
-- only: sqlite
drop table matter;
-- only: sqlite
alter table matter_by_number rename to matter;
-- only: sqlite
create unique index matter_by_source on matter (source_index) where source_index is not null;
-- only: sqlite
create index matter_by_parent on matter (parent) where parent is not null;
-- only: sqlite
create index matter_by_about on matter (about_kind, about_id) where about_id is not null;
-- only: sqlite
create index matter_by_merged on matter (merged_into) where merged_into is not null;
-- only: sqlite
insert into publication (matter, shows) select matter, shows from publication_kept;
-- only: sqlite
drop table publication_kept;

create unique index matter_by_serial on matter (serial) where serial is not null;
create unique index matter_by_number on matter (number) where serial is null;
