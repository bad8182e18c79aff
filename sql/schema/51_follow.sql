-- What makes the tables that pages read (50_read.sql) follow the others.

-- Facts change: all is made again. While code is being replaced act.refresh may be absent; then
-- all is made again afterwards.
create function data.follow() returns trigger language plpgsql as $$
begin
  if to_regprocedure('act.refresh(boolean)') is not null then
    perform act.refresh(true);
  end if;
  return null;
end $$;
do $$
declare
  source text;
begin
  foreach source in array array['region', 'province', 'dimension', 'published_figure'] loop
    execute format('create trigger follow_change after update or delete or truncate on data.%s '
                   'for each statement execute function data.follow()', source);
    if source <> 'region' then
      execute format('create trigger follow_insert after insert on data.%s '
                     'for each statement execute function data.follow()', source);
    end if;
  end loop;
end $$;

-- Cities publish quick wins one by one: only what follows from those that changed is made again.
create function data.follow_wins() returns trigger language plpgsql as $$
declare
  wins integer[];
  regions text[];
begin
  if to_regprocedure('act.refresh_wins(integer[], text[])') is null then
    return null;
  end if;
  if tg_op <> 'INSERT' then
    select array_agg(r.id), array_agg(r.region) into wins, regions from removed r;
  end if;
  if tg_op <> 'DELETE' then
    select wins || array_agg(a.id), regions || array_agg(a.region::text) into wins,
      regions from added a;
  end if;
  -- A statement that changed no row names none, and no names would mean all.
  if wins is not null then
    perform act.refresh_wins(wins, regions);
  end if;
  return null;
end $$;
create trigger follow_insert after insert on data.quick_win
  referencing new table as added for each statement execute function data.follow_wins();
create trigger follow_change after update on data.quick_win
  referencing old table as removed new table as added for each statement
    execute function data.follow_wins();
create trigger follow_end after delete on data.quick_win
  referencing old table as removed for each statement execute function data.follow_wins();
create trigger follow_truncate after truncate on data.quick_win for each statement
  execute function data.follow();

-- A new region is nobody's business until something is published about it, unless it is one of the
-- fifty.
create function data.follow_members() returns trigger language plpgsql as $$
begin
  if exists (select from added a where a.member)
    and to_regprocedure('act.refresh(boolean)') is not null then
    perform act.refresh(true);
  end if;
  return null;
end $$;
create trigger follow_insert after insert on data.region
  referencing new table as added for each statement execute function data.follow_members();
