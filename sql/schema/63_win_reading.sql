-- Who reads which quick wins and versions, in a way that thousands of them are looked through in
-- milliseconds.

-- The rules of who may do what with a quick win: policies and acts ask these. Of the account there
-- are role, region and dimensions. They are asked for each row, with what was worked out once for
-- all rows: PL/pgSQL keeps its plans, which SQL functions that can not become part of a query make
-- anew each time.
create or replace function data.writes_win(region text, dimension text, my_role text,
                                           my_region text, my_dimensions text[]) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return coalesce(my_role in ('operator', 'owner') and region = my_region, false)
         and data.in_scope(dimension, my_dimensions);
end $$;

create or replace function data.reads_win(region text, dimension text, published integer,
                                          my_role text, my_region text,
                                          my_dimensions text[]) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return coalesce(my_role = 'office' or (my_role = 'assessor' and published is not null), false)
         or data.writes_win(region, dimension, my_role, my_region, my_dimensions);
end $$;

-- Of a quick win that one may read: drafts are the city's own, an assessor reads what the public
-- reads.
create or replace function data.reads_version(state text, my_role text) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return coalesce(my_role in ('operator', 'owner') or (my_role = 'office' and state <> 'draft')
                  or (my_role = 'assessor' and state = 'published'), false);
end $$;

-- What lists say of a quick win, which follows from its versions: the state of the newest one that
-- each reader may read, and when something happened to that last; a draft that mends what came
-- back is 'mending'. `own` for its city, `told` for
-- the office, which reads no drafts; `public_at` is when the published one was decided on.
alter table data.win
  add column if not exists own_state text,
  add column if not exists own_at timestamptz,
  add column if not exists told integer,
  add column if not exists told_state text,
  add column if not exists told_at timestamptz,
  add column if not exists public_at timestamptz;

create index win_waiting on data.win (told_at) where told_state = 'submitted';

-- The number of its public page: that which it had when its city took it over, else one above those
-- of the data file.
alter table data.win
  add column public_id integer generated always as (coalesce(claimed, 10000 + id)) stored unique;

create or replace function data.tell_win(win integer) returns void language sql
set search_path = pg_catalog, pg_temp as $$
  update data.win w
  set (own_state, own_at) = (
        select case when v.state = 'draft' and (
                      select o.state from data.win_version o
                      where o.win = v.win and o.decided_at is not null
                      order by o.n desc limit 1) in ('returned', 'rejected') then 'mending'
                    else v.state end,
               greatest(v.saved_at, v.submitted_at, v.decided_at) from data.win_version v
          where v.win = w.id order by v.n desc limit 1),
      (told, told_state, told_at) = (
        select v.n, v.state, greatest(v.saved_at, v.submitted_at, v.decided_at)
        from data.win_version v where v.win = w.id and data.reads_version(v.state, 'office')
          order by v.n desc limit 1),
      public_at = (select v.decided_at from data.win_version v where v.win = w.id
                   and data.reads_version(v.state, 'assessor') order by v.n desc limit 1)
  where w.id = tell_win.win;
$$;

create or replace function data.follow_version() returns trigger language plpgsql as $$
begin
  perform data.tell_win(new.win);
  return null;
end $$;
drop trigger if exists follow on data.win_version;
create trigger follow after insert or update on data.win_version for each row
  execute function data.follow_version();
