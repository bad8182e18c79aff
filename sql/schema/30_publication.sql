-- Publications: immutable runs of a ranking.

create table data.publication (
  id           integer generated always as identity primary key,
  round        data.code not null references data.round,
  n            integer not null check (n > 0),     -- 1, 2, ... within the round: ?terbitan=n
  intake       integer not null unique references data.intake,
  published_at timestamptz not null default now(),
  supersedes   integer unique references data.publication,   -- the one before it in the round
  -- why it replaces the one before it, as the operator said
  reason       text check (reason <> ''),
  previous_digest text,                   -- digest of the publication before it, whatever its round
  digest       text not null,             -- SHA-256 of the package's SHA256SUMS
  unique (round, n)
);
alter table data.round
  add foreign key (draft) references data.intake deferrable initially deferred,
  add foreign key (publication) references data.publication deferrable initially deferred;

-- One row per publication, participant and criterion, whether it has a value or not.
create table data.result (
  -- Results are written before the publication that they belong to, since its digest covers them.
  publication integer not null references data.publication deferrable initially deferred,
  -- One of the intake's participants, who are frozen and refer to data.region themselves.
  region      data.code not null,
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
  -- the part of the weight that has a figure, of what applies; null: nothing applies
  coverage    numeric check (coverage between 0 and 1),
  -- and the part that applies, of all
  applicable  numeric not null check (applicable between 0 and 1),
  primary key (publication, criterion, region),
  check ((status = 'value') = (value is not null)),
  check ((value is null) = (rank is null))
);
create index on data.result (region, publication);

-- Nothing that was published is ever changed: only `tolok reset`, which drops the database, removes
-- it.
create function data.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is immutable: a new publication supersedes an old one', tg_table_name
    using errcode = 'restrict_violation';
end $$;
create trigger immutable before update or delete or truncate on data.publication
  for each statement execute function data.refuse_change();
create trigger immutable before update or delete or truncate on data.result
  for each statement execute function data.refuse_change();

-- A publication that is there is complete: no result is ever added to it.
create function data.refuse_late_result() returns trigger language plpgsql as $$
begin
  if exists (select from data.publication p where p.id in (select a.publication from added a)) then
    raise exception 'results of a publication are immutable' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger complete after insert on data.result
  referencing new table as added for each statement execute function data.refuse_late_result();

-- Inputs and method of a published intake are frozen with it: no row is added, changed or removed.
-- `changed` holds the old or the new rows of the statement.
create function data.refuse_published_intake() returns trigger language plpgsql as $$
begin
  if exists (select from data.publication p where p.intake in (select c.intake from changed c)) then
    raise exception '% of a published round is immutable',
      tg_table_name using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create function data.refuse_published_method() returns trigger language plpgsql as $$
begin
  if exists (select from data.publication p join data.intake i on i.id = p.intake
             where i.method in (select (to_jsonb(c) ->> tg_argv[0])::integer from changed c)) then
    raise exception '% of a published round is immutable',
      tg_table_name using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create function data.refuse_published_row() returns trigger language plpgsql as $$
begin
  if exists (select from data.publication p where p.intake = old.id) then
    raise exception '% of a published round is immutable',
      tg_table_name using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger frozen before update or delete on data.intake
  for each row execute function data.refuse_published_row();

do $$
declare
  guard record;
  event record;
begin
  for guard in values ('participant', 'refuse_published_intake', ''),
    ('mark', 'refuse_published_intake', ''),
                      ('official', 'refuse_published_intake', ''),
                      ('intake_text', 'refuse_published_intake', ''),
                        ('method', 'refuse_published_method', 'id'),
                      ('criterion', 'refuse_published_method', 'method'),
                      ('criterion_edge', 'refuse_published_method', 'method') loop
    for event in values ('insert', 'new'), ('update', 'old'), ('update', 'new'),
      ('delete', 'old') loop
      execute format('create trigger frozen_%1$s_%2$s after %1$s on data.%3$s '
                     'referencing %2$s table as changed '
                     'for each statement execute function data.%4$s(%5$L)',
                     event.column1, event.column2, guard.column1, guard.column2, guard.column3);
    end loop;
    execute format('create trigger frozen_truncate before truncate on data.%s '
                   'for each statement execute function data.refuse_change()', guard.column1);
  end loop;
end $$;
