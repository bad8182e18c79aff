-- Cities take over quick wins that the portal shows for them from another source.
set local role tolok_owner;
alter table data.win
  add column claimed integer unique check (claimed between 1 and 9999),
  add column claimed_source text,
  add column claimed_by integer references data.account,
  add column claimed_at timestamptz,
  add check (num_nulls(claimed, claimed_source, claimed_by, claimed_at) in (0, 4)),
  drop column public_id;
alter table data.win
  add column public_id integer generated always as (coalesce(claimed, 10000 + id)) stored unique;
reset role;
