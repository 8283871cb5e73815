-- What every use case may leave behind in its own transaction: messages to send, work to do, the answer given, blobs named.

create table outbox (
    id $id primary key,
    channel text not null,
    sealed_for $id not null,          -- whose key seals recipient and payload; 0: nobody's
    recipient $bytes not null,
    template text not null,
    payload $bytes not null,
    language text not null,
    dedupe_key text,
    not_before $id not null,
    attempts $id not null default 0,
    lease_until $id,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
    last_error text,
    created $id not null,
    settled $id
);
create unique index outbox_dedupe on outbox (dedupe_key) where dedupe_key is not null;
create index outbox_due on outbox (not_before, id) where state = 'waiting';
create index outbox_settled on outbox (settled) where state <> 'waiting';
create index outbox_sealed_for on outbox (sealed_for) where sealed_for <> 0;

create table job (
    id $id primary key,
    kind text not null,
    dedupe_key text,
    payload $bytes not null,
    due $id not null,
    attempts $id not null default 0,
    lease_until $id,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
    last_error text,
    created $id not null,
    settled $id
);
create unique index job_dedupe on job (dedupe_key) where dedupe_key is not null and state = 'waiting';
create index job_due on job (due, id) where state = 'waiting';
create index job_settled on job (settled) where state <> 'waiting';

create table stored_answer (
    scope text not null,
    request_key text not null,
    request_hash $bytes not null,
    status $id not null,
    body $bytes not null,
    created $id not null,
    primary key (scope, request_key)
);
create index stored_answer_created on stored_answer (created);

create table blob (
    name text primary key,
    size $id not null,
    created $id not null
);
