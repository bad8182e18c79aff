-- Letters that are handed in, what they say, and what they change of the published facts.
set local role tolok_owner;
-- Letters with which the ministry tells a city its results, as somebody hands them in: the city's
-- operator or the office. What is written in it becomes published facts when somebody else of the
-- office has compared both. A wrong figure is put right the same way, by a letter that `corrects`
-- the one before it.
create table data.letter (
  id          integer generated always as identity primary key,
  region      data.code not null references data.region,
  year        integer not null check (year between 2019 and 2100),   -- of the evaluation
  -- replaced: its figures stand as a correction of it says
  state       text not null default 'draft'
    check (state in ('draft', 'submitted', 'returned', 'confirmed', 'replaced', 'withdrawn')),
  -- grows with every change; who saves says which one they saw
  row_version integer not null default 1,
  corrects    integer references data.letter,
  number      data.line,                  -- as it stands in its head
  issued      text check (issued ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
  publisher   data.line,                  -- who signed it
  reason      data.prose,                 -- why it replaces figures that stand otherwise
  reply       data.prose,                 -- why it was returned
  digest      data.sha256 not null references data.file,
  small       data.sha256 references data.file,          -- the same picture as pages show it
  name        data.line not null check (name <> '' and length(name) <= 120),
  -- everybody may read the file: what it holds besides is nobody's business unless the office says
  open        boolean not null default false,
  by_office   boolean not null,           -- the office hands it in for the city, and writes it
  created_by  integer not null references data.account,
  created_at  timestamptz not null default now(),
  saved_by    integer not null references data.account,
  saved_at    timestamptz not null default now(),
  submitted_by integer references data.account,
  submitted_at timestamptz,
  decided_by  integer references data.account,
  decided_at  timestamptz,
  -- everybody who handed it in or wrote in it: none of them agrees to it
  writers     integer[] not null,
  check (state not in ('submitted', 'confirmed', 'replaced') or (
    number <> '' and issued is not null and publisher <> '' and submitted_by is not null)),
  check (state <> 'returned' or reply <> ''),
  check (state not in ('confirmed', 'replaced') or decided_by <> all (writers))
);
create function data.tell_writers() returns trigger language plpgsql as $$
begin
  new.writers := array(
    select distinct w.account
    from unnest(case when tg_op = 'UPDATE' then old.writers end
                || array[new.created_by, new.saved_by, new.submitted_by]) w (account)
    where w.account is not null order by w.account);
  return new;
end $$;
create trigger writers before insert or update on data.letter for each row
  execute function data.tell_writers();
create index on data.letter (region);
create index on data.letter (digest);
create index on data.letter (small);
create index on data.letter (corrects);
-- A letter is handed in once, and has one correction at a time.
create unique index letter_number
  on data.letter (region, lower(regexp_replace(number, '\s', '', 'g')))
  where corrects is null and state <> 'withdrawn';
create unique index letter_file on data.letter (region, digest)
  where corrects is null and state <> 'withdrawn';
create unique index letter_correction on data.letter (corrects)
  where state in ('draft', 'submitted', 'returned');

-- Its figures. In a draft anything may be missing.
create table data.letter_figure (
  letter      integer not null references data.letter on delete cascade,
  measure     text not null,              -- of pub.letter_field
  value       numeric,
  "group"     data.line,                  -- of a rank in a group
  denominator integer check (denominator > 0),
  -- how sure it is (data.published_figure)
  confidence  text not null default 'stated' check (confidence in ('stated', 'inferred', 'weak')),
  primary key (letter, measure)
);

-- What was sent stays what was sent.
create function data.guard_letter() returns trigger language plpgsql as $$
declare
  steps constant text[] := array['draft>submitted', 'draft>withdrawn', 'submitted>returned',
                                 'submitted>confirmed', 'submitted>withdrawn', 'returned>draft',
                                 'returned>submitted', 'returned>withdrawn',
                                 'confirmed>replaced'];
  status constant text[] := array['state', 'row_version', 'reply', 'open', 'submitted_by',
                                  'submitted_at', 'decided_by', 'decided_at'];
begin
  if old.state <> new.state and old.state || '>' || new.state <> all (steps) then
    raise exception 'a letter that is % can not become %', old.state, new.state
      using errcode = 'restrict_violation';
  elsif old.state not in ('draft', 'returned')
    and to_jsonb(old) - status <> to_jsonb(new) - status then
    raise exception 'a letter that was handed in stays as it was sent'
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger guard before update on data.letter for each row
  execute function data.guard_letter();
create function data.guard_letter_figure() returns trigger language plpgsql as $$
begin
  -- How sure a figure is, the second person says.
  if exists (select from data.letter l where l.id in (old.letter, new.letter)
             and l.state not in ('draft', 'returned'))
    and (tg_op <> 'UPDATE'
         or to_jsonb(old) - 'confidence' is distinct from to_jsonb(new) - 'confidence') then
    raise exception 'a letter that was handed in keeps its figures'
      using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger guard before insert or update or delete on data.letter_figure for each row
  execute function data.guard_letter_figure();

-- Figures that came by a letter have numbers above those of the data file.
alter table data.published_figure add column letter integer references data.letter;
create index on data.published_figure (letter);
create sequence data.figure_number as integer start 10001;

-- Every change of a published fact since the first start: what stood there before (null: nothing)
-- and what stands there now (null: it was taken away), of which letter and why.
create table data.fact_change (
  id          integer generated always as identity primary key,
  at          timestamptz not null default now(),
  letter      integer not null references data.letter,
  figure      integer not null,           -- of data.published_figure
  region      data.code not null references data.region,
  year        integer not null,
  measure     text not null,
  old_value   numeric,
  new_value   numeric,
  old_of      integer,
  new_of      integer,
  old_group   text,
  new_group   text,
  old_source  text,
  new_source  text,
  reason      text
);
create index on data.fact_change (region);
create index on data.fact_change (letter);
create trigger immutable before update or delete or truncate on data.fact_change
  for each statement execute function data.refuse_change();

-- Bytes that are being written need not be of a quick win.
alter table data.file_pending alter column win drop not null;

-- Who reads a letter and its file: its city's operator, and the office.
create function data.reads_letter(region text, my_role text, my_region text) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return coalesce(my_role = 'office' or (my_role = 'operator' and region = my_region), false);
end $$;
-- Who writes one until it is sent.
create function data.writes_letter(region text, by_office boolean, my_role text, my_region text)
returns boolean language plpgsql immutable parallel safe as $$
begin
  return coalesce(case when by_office then my_role = 'office'
                       else my_role = 'operator' and region = my_region end, false);
end $$;
do $$
declare
  name text;
begin
  foreach name in array array['letter', 'letter_figure', 'fact_change'] loop
    execute format('alter table data.%s enable row level security, force row level security', name);
    execute format('create policy owner on data.%s to tolok_owner using (true) with check (true)',
                   name);
  end loop;
end $$;
create policy desk on data.letter for select to tolok_desk using (
  data.reads_letter(region, (select data.actor_role()), (select data.actor_region())));
create policy desk on data.letter_figure for select to tolok_desk using (
  exists (select from data.letter l where l.id = letter_figure.letter));
create policy desk on data.fact_change for select to tolok_desk using (
  exists (select from data.letter l where l.id = fact_change.letter));
drop policy desk on data.file;
create policy desk on data.file for select to tolok_desk using (
  exists (select from data.win_file f where file.digest in (f.digest, f.small))
  or exists (select from data.letter l where file.digest in (l.digest, l.small)));

-- A figure that comes or changes changes what pages read of its region and year, and nothing else.
create function data.follow_figures() returns trigger language plpgsql as $$
declare
  regions text[];
  years integer[];
begin
  if to_regprocedure('act.refresh_figures(text[], integer[])') is null then
    return null;
  end if;
  if tg_op <> 'INSERT' then
    select array_agg(r.region::text), array_agg(r.year) into regions, years from removed r;
  end if;
  if tg_op <> 'DELETE' then
    select regions || array_agg(a.region::text), years || array_agg(a.year) into regions, years
    from added a;
  end if;
  if regions is not null then
    perform act.refresh_figures(array(select distinct x from unnest(regions) x order by x), years);
  end if;
  return null;
end $$;
drop trigger follow_change on data.published_figure;
drop trigger follow_insert on data.published_figure;
create trigger follow_insert after insert on data.published_figure
  referencing new table as added for each statement execute function data.follow_figures();
create trigger follow_change after update on data.published_figure
  referencing old table as removed new table as added for each statement
    execute function data.follow_figures();
create trigger follow_end after delete on data.published_figure
  referencing old table as removed for each statement execute function data.follow_figures();
create trigger follow_truncate after truncate on data.published_figure for each statement
  execute function data.follow();
reset role;
