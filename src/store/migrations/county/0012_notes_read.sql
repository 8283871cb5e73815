-- Notes are read unread first. An index each for what is unread and what was read: a new note stands in one of them only,
-- as it did before.
drop index note_by_post;
drop index note_by_party;
create index note_unread_by_post on note (post, id) where post is not null and read_at is null;
create index note_unread_by_party on note (party, id) where party is not null and read_at is null;
create index note_read_by_post on note (post, id) where post is not null and read_at is not null;
create index note_read_by_party on note (party, id) where party is not null and read_at is not null;
