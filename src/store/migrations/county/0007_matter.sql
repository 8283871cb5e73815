-- Matters: the current projection of what the journal's entries say (rebuilt from them by a test), never the truth itself.

-- A running matter keeps the workflow of its hash, whatever the pack says later.
create table workflow (
    hash $bytes primary key,
    name text not null,
    body text not null,
    stored_at $id not null
);

create table matter (
    id $id primary key,
    number text not null unique,
    workflow text not null,
    workflow_hash $bytes not null,
    subkind text not null,
    category $id,
    place $id not null,
    about_kind text,
    about_id $id,
    parent $id,
    merged_into $id,
    sealed_line $id,                    -- the post complained of: its line neither sees nor handles this matter
    channel text not null,
    anonymous $id not null,
    host_post $id,                      -- who took it in; answers for it until somebody accepts
    opening_entry $id not null,         -- subject and text stand in its fields, sealed
    key_id $id not null,                -- seals the reporter's fields; equals the reporter's party id, an anonymous matter has its own
    secret_hash $bytes,                 -- of the receipt's secret
    source_index $bytes,                -- blind index of an imported message's own id
    received_at $id not null,           -- happened_at of the opening entry: periods and metrics use it
    recorded_at $id not null,
    contacted_at $id,
    told_at $id,
    closed_at $id,                      -- the resident was told what was done; null again when reopened
    ended_at $id,
    published_at $id,
    asked_times $id not null,           -- returns for missing material so far
    asked_before text,                  -- what they named, one a line
    version $id not null                -- the seq of its last entry
);
create unique index matter_by_source on matter (source_index) where source_index is not null;
create index matter_by_parent on matter (parent) where parent is not null;
create index matter_by_about on matter (about_kind, about_id) where about_id is not null;

-- One row per piece of work; part 0 is the matter itself. Worklists read this table alone.
create table part (
    matter $id not null,
    no $id not null,
    machine text not null,              -- '' for the matter itself, else the kind of part
    state text not null,
    phase $id not null,                 -- 0 open, 1 explained and under review, 2 closed (told), 3 ended
    owner_post $id not null,            -- of an ended part: the last
    previous_post $id,
    person $id,                         -- the party who accepted
    rung $id,                           -- of the workflow's ladder
    lead $id not null,
    bound $id not null,
    ended $id not null,
    card $id not null,                  -- 0 none, 1 yellow, 2 red
    due $id not null,                   -- the earliest live clock's deadline, else the last one's; far future when none
    entered_at $id not null,            -- when the state was entered
    sealed_line $id,                    -- as in matter
    place $id not null,
    l1 $id, l2 $id, l3 $id, l4 $id, l5 $id, l6 $id, l7 $id,
    primary key (matter, no)
);
create index part_by_l1 on part (l1, state, due, matter, no);
create index part_by_l2 on part (l2, state, due, matter, no) where l2 is not null;
create index part_by_l3 on part (l3, state, due, matter, no) where l3 is not null;
create index part_by_l4 on part (l4, state, due, matter, no) where l4 is not null;
create index part_by_l5 on part (l5, state, due, matter, no) where l5 is not null;
create index part_by_l6 on part (l6) where l6 is not null;
create index part_by_l7 on part (l7) where l7 is not null;
create index part_by_owner on part (owner_post, state, due, matter, no);

-- How often something limited happened: returns, transfers, reopenings.
create table tally (
    matter $id not null,
    part $id not null,
    name text not null,
    n $id not null,
    primary key (matter, part, name)
);

-- Who did what last, for rules that keep two steps in different hands.
create table done_by (
    matter $id not null,
    part $id not null,
    action text not null,
    party $id not null,
    primary key (matter, part, action)
);

create table clock (
    matter $id not null,
    part $id not null,
    name text not null,
    stage $id not null,                 -- 0 running, 1 paused, 2 stopped in time, 3 stopped late, 4 ran out
    started_at $id not null,
    period text not null,               -- "10wd"; empty: the day itself was named
    extension text not null,            -- counted on from its end
    pauses text not null,               -- over and counted: "from-until …" in µs
    paused_since $id,
    due $id not null,                   -- the deadline; it stays when it was missed
    told_due $id not null,              -- what the resident was told: a calendar correction never shortens it
    wakes $id,                          -- when the engine acts next
    extensions $id not null,
    calendar_version text not null,
    card $id not null,
    stopped_at $id,
    primary key (matter, part, name)
);
create index clock_wakes on clock (wakes) where wakes is not null and stage = 0;

create table hold (
    matter $id not null,
    name text not null,
    source_kind text not null,
    source_id $id not null,
    since $id not null,
    primary key (matter, name, source_kind, source_id)
);

-- Relations beyond owner and host: reporters (all of them after a merge), applicant, co-handlers, complained-of, parties.
create table involved (
    matter $id not null,
    role text not null,
    party $id,
    post $id,
    since $id not null
);
create index involved_by_matter on involved (matter, role);
create index involved_by_party on involved (party, role) where party is not null;
create index involved_by_post on involved (post, role) where post is not null;

create table upload (
    id $id primary key,
    blob text not null,
    type text not null,
    bytes $id not null,
    sealed_key $bytes not null,         -- the file's own key, wrapped by the county's upload key
    uploaded_at $id not null,
    claimed_by $id                      -- the entry that claimed it
);
create index upload_unclaimed on upload (uploaded_at) where claimed_by is null;

create table attachment (
    id $id primary key,
    matter $id not null,
    entry $id not null,
    blob text not null,
    type text not null,
    bytes $id not null,
    sealed_key $bytes not null          -- the file's key, wrapped by the resident's key: erased with it
);
create index attachment_by_matter on attachment (matter, entry);

-- One rating per answer; a row is made when the rating is asked, so that silence can be counted.
create table rating (
    matter $id not null,
    round $id not null,                 -- 1 for the first answer, one more after each reopening
    asked_at $id not null,
    rated_at $id,
    solved $id,
    grade $id,
    primary key (matter, round)
);

-- Every read of a resident's personal data by staff; the resident can see it.
create table read_log (
    id $id primary key,
    matter $id not null,
    account $id,
    post $id,
    what text not null,
    at $id not null
);
create index read_log_by_matter on read_log (matter, id);

-- Serials are taken in blocks per process, so no row is written by every intake.
create table number_block (
    year $id primary key,
    next_serial $id not null
);

create table notice (
    id $id primary key,
    about_kind text not null,
    about_id $id not null,
    name text not null,
    place $id not null,
    audience text not null,
    shows text not null,                -- JSON of what is shown; holds nothing of a resident that may not be public
    from_at $id not null,
    until_at $id not null,
    period text not null,
    restarted $id not null,
    withdrawn_at $id,
    version $id not null
);
create index notice_by_about on notice (about_kind, about_id);
create index notice_by_place on notice (place, from_at);

create table ballot (
    matter $id not null,
    name text not null,
    round $id not null,
    opened_at $id not null,
    closed_at $id,
    secret $id not null,
    electorate $id not null,
    present $id,
    yes $id,
    no $id,
    abstained $id,
    outcome text,                       -- passed, failed, no_quorum
    primary key (matter, name, round)
);
create table ballot_voter (
    matter $id not null,
    name text not null,
    round $id not null,
    party $id not null,
    voted $id not null,
    primary key (matter, name, round, party)
);
-- Secret votes are counters per choice: a vote has no party, no order and no time.
create table ballot_vote (
    matter $id not null,
    name text not null,
    round $id not null,
    choice text not null,
    votes $id not null,
    primary key (matter, name, round, choice)
);

-- A note to a post or a party inside the product.
create table note (
    id $id primary key,
    post $id,
    party $id,
    matter $id not null,
    kind text not null,
    at $id not null,
    read_at $id
);
create index note_by_post on note (post, id) where post is not null;
create index note_by_party on note (party, id) where party is not null;

create table measure (
    id $id primary key,
    about_kind text not null,
    about_id $id not null,
    kind text not null,
    unit text not null,
    quantity $id not null,              -- scaled by 1000
    entry $id not null,
    at $id not null
);
create index measure_by_about on measure (about_kind, about_id, kind);
