-- Days are ISO text in the county's zone; spans are half open: from_day <= day < until_day, '9999-12-31' while open.
create table place_kind (
    name text not null primary key,
    level $id not null unique,
    household $id not null,
    suffixes text not null
);

create table station_kind (
    name text not null primary key,
    standards text not null
);

-- One row per thing that is cached in memory; moves when the thing changes.
create table territory_version (
    name text not null primary key,
    version $id not null
);
insert into territory_version (name, version) values ('tree', 1), ('category', 1), ('staffing', 1);

create table place (
    id $id not null primary key,
    kind text not null references place_kind (name),
    level $id not null,
    household $id not null,
    short_code text not null unique,
    latitude_e7 $id,
    longitude_e7 $id,
    outline text
);

create table place_span (
    place $id not null references place (id),
    from_day text not null,
    until_day text not null,
    parent $id references place (id),
    level $id not null,
    household $id not null,
    name text not null,
    code text,
    l1 $id not null,
    l2 $id not null,
    l3 $id not null,
    l4 $id not null,
    l5 $id not null,
    l6 $id not null,
    l7 $id not null,
    primary key (place, from_day),
    check (from_day < until_day)
);
create index place_span_parent on place_span (parent, household, place);
create index place_span_code on place_span (code) where code is not null;
create index place_span_l1 on place_span (l1, level, place);
create index place_span_l2 on place_span (l2, level, place) where l2 <> 0;
create index place_span_l3 on place_span (l3, level, place) where l3 <> 0;
create index place_span_l4 on place_span (l4, level, place) where l4 <> 0;
create index place_span_l5 on place_span (l5, level, place) where l5 <> 0;
create index place_span_upper on place_span (level, place) where household = 0;

create table place_change (
    id $id not null primary key,
    kind text not null,
    source $id not null references place (id),
    target $id references place (id),
    day text not null,
    reason text not null,
    recorded_at $id not null
);
create index place_change_source on place_change (source, id);
create index place_change_target on place_change (target, id) where target is not null;

create table station (
    id $id not null primary key,
    kind text not null references station_kind (name),
    place $id not null references place (id),
    name text not null,
    hours text not null,
    contact text not null,
    short_code text not null unique,
    from_day text not null,
    until_day text not null,
    version $id not null
);
create index station_place on station (place, id);

create table station_standard (
    station $id not null references station (id),
    item text not null,
    day text not null,
    met $id not null,
    evidence text not null,
    checked_by $id not null,
    primary key (station, item, day)
);

create table category (
    id $id not null primary key,
    parent $id references category (id),
    level $id not null,
    code text not null unique,
    name text not null,
    also text not null,
    no_photo $id not null,
    urgency text not null,
    from_day text not null,
    until_day text not null
);
create index category_parent on category (parent, id);
