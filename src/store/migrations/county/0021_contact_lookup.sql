-- Residents by phone or e-mail. On SQLite the index, sorted by a keyed hash, cost a random leaf for every resident taken in:
-- there it is a table now, written many rows at once, and what came last waits beside it in the order it came.
-- only: sqlite
drop index contact_blind;
-- only: sqlite
create table contact_lookup (
    field text not null,
    blind blob not null,
    party integer not null,
    primary key (field, blind, party)
) without rowid;
-- only: sqlite
insert into contact_lookup (field, blind, party)
select field, blind, party from contact where blind is not null order by field, blind, party;
-- An id is never used twice, also when the table was empty meanwhile: whoever has read it goes on behind what they know.
-- only: sqlite
create table contact_fresh (
    id integer primary key autoincrement,
    field text not null,
    blind blob not null,
    party integer not null
);
