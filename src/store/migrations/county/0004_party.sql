create table unit_kind (
    name text not null primary key,
    team $id not null
);

create table post_kind (
    name text not null primary key,
    seats text not null,
    desk $id not null,
    leader $id not null,
    per_seat $id not null,
    rights text not null,
    superior text not null,
    term_months $id not null,
    position $id not null
);

create table liaison_rule (
    name text not null primary key,
    from_of text not null,
    from_kinds text not null,
    from_at text not null,
    to_of text not null,
    to_kinds text not null,
    to_at text not null,
    per_from text not null,
    per_to text not null,
    by_seat $id not null,
    near text not null,
    position $id not null
);

create table party (
    id $id not null primary key,
    kind text not null,
    unit_kind text not null,
    unit_key text,
    name text not null,
    place $id not null references place (id),
    parent $id references party (id),
    from_day text not null,
    until_day text not null
);
create unique index party_unit_key on party (unit_key) where unit_key is not null;
create index party_place on party (place, id);
create index party_unit on party (unit_kind, place, id) where kind <> 'person';

-- Sealed with the person's own key; blind is the keyed hash of the normal form, so equals can be found and nothing read.
create table contact (
    party $id not null references party (id),
    field text not null,
    key $id not null,
    sealed $bytes not null,
    blind $bytes,
    primary key (party, field)
);
create index contact_blind on contact (field, blind) where blind is not null;

create table post (
    id $id not null primary key,
    kind text not null references post_kind (name),
    place $id not null references place (id),
    unit $id references party (id),
    station $id references station (id),
    superior $id references post (id) deferrable initially deferred,
    desk $id not null,
    position $id not null,
    from_day text not null,
    until_day text not null
);
create index post_place on post (place, kind, id);
create index post_kind_id on post (kind, id);
create index post_unit on post (unit, kind, id) where unit is not null;
create index post_station on post (station, kind, id) where station is not null;
create index post_superior on post (superior, desk) where superior is not null;

create table holding (
    id $id not null primary key,
    post $id not null references post (id),
    party $id not null references party (id),
    from_day text not null,
    until_day text not null,
    acting_for $id references party (id),
    check (from_day < until_day)
);
create index holding_post on holding (post, from_day);
create index holding_party on holding (party, from_day);

create table liaison (
    id $id not null primary key,
    rule text not null references liaison_rule (name),
    from_of text not null,
    from_id $id not null,
    to_of text not null,
    to_id $id not null,
    from_day text not null,
    until_day text not null,
    check (from_day < until_day)
);
create index liaison_from on liaison (from_id, rule);
create index liaison_to on liaison (to_id, rule);

create table proposal (
    id $id not null primary key,
    rule text not null references liaison_rule (name),
    place $id not null references place (id),
    day text not null,
    staffing_version $id not null,
    state text not null,
    kept $id not null,
    newly_assigned $id not null,
    moved $id not null,
    outside_group $id not null,
    smallest_load $id not null,
    largest_load $id not null,
    proposed_at $id not null,
    decided_at $id,
    decided_by $id references party (id)
);
create index proposal_place on proposal (place, id);

create table proposal_change (
    proposal $id not null references proposal (id),
    household $id not null references place (id),
    before_post $id references post (id),
    after_post $id not null references post (id),
    primary key (proposal, household)
);
