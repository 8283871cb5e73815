-- keys.db: not in the data backup; its own copies live 30 days. Every secret here is wrapped by the master key.
create table ring_key (
    purpose text primary key,
    wrapped $bytes not null
);
-- One per resident; made in batches ahead of need. `wrapped` is null once erased.
create table resident_key (
    id        $id primary key,
    wrapped   $bytes,
    erased_at $id
);
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
