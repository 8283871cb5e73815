-- The record. `header` is the canonical bytes that were hashed (docs/record.md); the columns beside it only find it again
-- and are checked against it. Nothing in `entry` is ever updated, but pos once on PostgreSQL.
create table entry (
    id          $id primary key,
    chain_kind  text not null,
    chain_id    $id not null,
    seq         $id not null,
    recorded_at $id not null,
    pos         $id,
    hash        $bytes not null,
    header      $bytes not null,
    commitments $bytes not null,
    unique (chain_kind, chain_id, seq)
);
create unique index entry_pos on entry (pos);
create index entry_unsequenced on entry (recorded_at, chain_kind, chain_id, seq) where pos is null;

-- Values and salts, apart from the header so that they can be erased: one row of open fields (sealed_with 0) and one per
-- resident's key.
create table entry_field (
    entry       $id not null,
    sealed_with $id not null,
    content     $bytes not null,
    primary key (entry, sealed_with)
);

-- How far each follower has read.
create table follower (
    name text primary key,
    pos  $id not null
);

-- The county log (RFC 6962): level 0 holds leaves in tiles of 256 hashes; level n the roots of complete tiles below.
create table log_node (
    level  $id not null,
    tile   $id not null,
    hashes $bytes not null,
    primary key (level, tile)
);
-- Finds a leaf by the first eight bytes of its hash.
create table log_leaf (
    prefix $id not null,
    leaf   $id not null,
    primary key (prefix, leaf)
);
create table log_head (
    size      $id primary key,
    county    text not null,
    root      $bytes not null,
    signed_at $id not null,
    signature $bytes not null
);

-- What was erased and must stay erased, whatever copy is restored. The keys' store has the same list.
create table erasure (
    kind       text not null,
    key_id     $id not null,
    chain_kind text not null,
    chain_id   $id not null,
    seq        $id not null,
    field      text not null,
    erased_at  $id not null,
    primary key (kind, key_id, chain_kind, chain_id, seq, field)
);
