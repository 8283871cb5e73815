-- Whose vote is still waited for, by person: ballot_voter.voted is 0 until they vote (1) or the ballot closes without them (2).
update ballot_voter set voted = 2 where voted = 0 and exists (select 1 from ballot b where b.matter = ballot_voter.matter and
    b.name = ballot_voter.name and b.round = ballot_voter.round and b.closed_at is not null);
create index ballot_voter_awaited on ballot_voter (party, matter) where voted = 0;

-- What was corrected in what a notice shows, the last time: names, one a line; null: nothing was.
alter table notice add column corrected text;
