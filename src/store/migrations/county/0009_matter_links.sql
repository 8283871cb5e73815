-- Matters beside one another: merged, split off, merely related. Both sides have their row and their entry.
create table matter_link (
    matter $id not null,
    kind text not null,                 -- merged_into, merged_from, split_to, related
    other $id not null,
    since $id not null,
    primary key (matter, kind, other)
);
create index matter_by_merged on matter (merged_into) where merged_into is not null;

alter table matter add column subject_seq $id;  -- the entry that corrected the subject last; null: the opening

-- A part that ended because the matter went on without it stands as "gone"; this is where it stood.
alter table part add column left_in text;
