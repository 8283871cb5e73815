-- Who changed the tree; nothing for what was changed before this was noted.
alter table place_change add column decided_by $id;
-- The version of the tree that matters under way have followed to where they stand now.
insert into territory_version (name, version) values ('followed', 0);
