-- Publications: immutable runs of a ranking.

create table data.publication (
  id           integer generated always as identity primary key,
  round        data.code not null references data.round,
  n            integer not null check (n > 0),     -- 1, 2, ... within the round: ?terbitan=n
  intake       integer not null unique references data.intake,
  published_at timestamptz not null default now(),
  supersedes   integer unique references data.publication,   -- the one before it in the round
  previous_digest text,                   -- digest of the publication before it, whatever its round
  digest       text not null,             -- SHA-256 of the package's SHA256SUMS
  unique (round, n)
);
alter table data.round
  add foreign key (draft) references data.intake deferrable initially deferred,
  add foreign key (publication) references data.publication deferrable initially deferred;

-- One row per publication, participant and criterion, whether it has a value or not.
create table data.result (
  publication integer not null references data.publication,
  region      data.code not null references data.region,
  criterion   data.code not null,
  "group"     text not null,
  status      text not null check (status in ('value', 'not_applicable', 'no_data')),
  value       numeric,                    -- official where there is one, else computed
  exact       numeric,                    -- 15 decimals, before the node's rounding
  computed    numeric,                    -- exact after the node's rounding
  official    numeric,
  rank        integer,
  label       text,                       -- '3', or '3=' when shared
  "of"        integer,                    -- how many are ranked in this group
  rank_low    numeric,                    -- 5th, 50th and 95th percentile of the drawn ranks
  rank_median numeric,
  rank_high   numeric,
  primary key (publication, criterion, region),
  check ((status = 'value') = (value is not null)),
  check ((value is null) = (rank is null))
);
create index on data.result (region, publication);

-- Nothing that was published is ever changed: only `tolok reset`, which drops the database, removes it.
create function data.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is immutable: a new publication supersedes an old one', tg_table_name
    using errcode = 'restrict_violation';
end $$;
create trigger immutable before update or delete or truncate on data.publication
  for each statement execute function data.refuse_change();
create trigger immutable before update or delete or truncate on data.result
  for each statement execute function data.refuse_change();

-- Inputs and method of a published intake are frozen with it.
create function data.refuse_published_intake() returns trigger language plpgsql as $$
declare
  old_intake integer := case tg_table_name when 'intake' then (to_jsonb(old) ->> 'id')::integer
                                           else (to_jsonb(old) ->> 'intake')::integer end;
begin
  if exists (select from data.publication where intake = old_intake) then
    raise exception '% of a published round is immutable', tg_table_name using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger frozen before update or delete on data.intake
  for each row execute function data.refuse_published_intake();
create trigger frozen before update on data.participant
  for each row execute function data.refuse_published_intake();
create trigger frozen before update on data.mark
  for each row execute function data.refuse_published_intake();
create trigger frozen before update on data.official
  for each row execute function data.refuse_published_intake();
