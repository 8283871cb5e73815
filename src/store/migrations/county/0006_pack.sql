-- A pack by the hash of its content: what was in force when, for matters that keep an older workflow.
create table pack (
    hash $bytes primary key,
    name text not null,
    stored_at $id not null,
    current $id not null
);
create unique index pack_in_force on pack (current) where current = 1;

create table pack_file (
    hash $bytes not null references pack (hash),
    pack text not null,
    path text not null,
    content text not null,
    primary key (hash, pack, path)
);
