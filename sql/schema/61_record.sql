-- The chain of publications.

-- What a stranger needs to check that nothing was put between, taken out or changed afterwards: one
-- record per publication of a round that is not simulated, each with the digest of the one before
-- it. `record` is one JSON object, to the byte, as act.record_text writes it.
create table data.record (
  seq         integer primary key check (seq > 0),
  publication integer not null unique references data.publication,
  record      text not null,
  digest      data.sha256 not null unique
);

create trigger immutable before update or delete or truncate on data.record
  for each statement execute function data.refuse_change();
