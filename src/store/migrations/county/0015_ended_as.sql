-- How the end of a matter counts (closed, settled, refused, withdrawn, not_done); null: it goes on, or ended before
-- ends said so, and then counts as withdrawn where nobody was answered.
alter table matter add column ended_as text;
