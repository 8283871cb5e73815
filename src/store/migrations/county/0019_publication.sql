-- What the public page of a matter says, as it was published last; one that was taken back keeps its row, and matter.published_at
-- says so.
create table publication (
    matter $id primary key references matter (id) on delete cascade,
    shows text not null
);
