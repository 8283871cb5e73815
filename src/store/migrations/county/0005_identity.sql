-- Accounts, sessions, failures to sign in, one-time codes.
create table account (
    id                   $id primary key,
    login                text not null unique,
    party                $id not null,
    password             text not null,
    totp                 $bytes,
    totp_confirmed       $id not null default 0,
    totp_last_step       $id not null default 0,
    password_must_change $id not null default 0,
    created_at           $id not null,
    disabled_at          $id
);
create index account_by_party on account (party);

-- The token itself is known to the browser alone.
create table session (
    id           $id primary key,
    token_hash   $bytes not null unique,
    account      $id not null references account (id),
    created_at   $id not null,
    last_used_at $id not null
);
create index session_by_account on session (account);
create index session_by_use on session (last_used_at);

-- name: keyed hash of a login or of an address; neither is stored.
create table sign_in_failure (
    name     $bytes primary key,
    failures $id not null,
    last_at  $id not null
);
create index sign_in_failure_by_time on sign_in_failure (last_at);

-- One per subject: a new code ends the one before. unproved: codes sent since one was last proved.
create table one_time_code (
    subject_kind text not null,
    subject_id   $id not null,
    code_hash    $bytes not null,
    sent_at      $id not null,
    tries        $id not null,
    unproved     $id not null,
    primary key (subject_kind, subject_id)
);
