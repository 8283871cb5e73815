-- The search index, in a file (or schema) of its own: made of the journal by a follower, and to be made again from it at any
-- time, so it is in no backup. What is searched stands in it readable; erasing empties it and makes it anew.

create table follower (
    name text primary key,
    pos $id not null
);

-- Numbers by name: which erasures were heeded, which version of the tree the scopes are of, …
create table search_state (
    name text primary key,
    value $id not null
);

create table document (
    matter $id primary key,
    scope text not null,                -- p<place> of all above it, o<post>, y<party>: who may find it, roughly
    body $bytes not null,               -- what is indexed, sealed: to take it out of the index again
    first_category $id,
    learned $id                         -- the category under which its words were counted
);

-- only: sqlite
create virtual table words using fts5(scope, body, content='', detail=column, tokenize='bigrams');

-- only: postgresql
create table words (
    matter bigint primary key,
    tokens tsvector not null
);
-- only: postgresql
create index words_by_token on words using gin (tokens);

-- How the county decided: hashed characters and pairs under each category, counted. Nothing of who, when or which matter.
create table learned (
    category $id primary key,
    matters $id not null,
    counts $bytes not null
);

-- In how many documents a (hashed) token stands; one row.
create table token_frequencies (
    name text primary key,
    counts $bytes not null
);
