-- Tables that pages read hold no places on pictures, and publishing fills what is frozen with it.
set local role tolok_owner;
alter table data.read_criterion drop column stroke;
alter table data.read_group
  drop column median_at,
  drop column quartile_at,
  drop column quartile_width;
alter table data.read_result
  drop column bar,
  drop column at,
  drop column rank_low_at,
  drop column rank_high_at,
  drop column rank_at;
alter table data.read_entrant
  drop column bar,
  drop column at,
  drop column governance,
  drop column branding,
  drop column economy,
  drop column living,
  drop column society,
  drop column environment,
  add column profile json;
alter table data.read_region
  drop column x,
  drop column y,
  drop column near_x,
  drop column near_y,
  add column latitude numeric;
drop function data.follow() cascade;
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
create trigger follow_truncate after truncate on data.quick_win
  for each statement execute function data.follow();
reset role;
