-- Told once: how many returns named what an earlier one could have named, and what stood on the list when they were made.
-- Until now every second return was counted; what was asked for before this is not counted again.
alter table matter add column asked_late $id not null default 0;
alter table matter add column could_ask text;
