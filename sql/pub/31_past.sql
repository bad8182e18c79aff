-- Which rounds a page shows that follows regions through time.

-- The rounds of one kind, real or simulated, in which any of the regions takes part, from the
-- newest on: up to `wanted` of them, none newer than the round of that year and code, and none
-- older than needed, however many there are.
create or replace function pub.attended(regions text[], simulated boolean, last_year integer,
                                        last_round text, wanted integer)
returns table (year integer, round text, publication integer)
language sql stable
begin atomic
  select distinct n.year, n.round, n.publication
  from unnest(attended.regions) g (region)
  cross join lateral (
    select e.year, e.round, e.publication
    from pub.entrant e
    join pub.publication p on p.id = e.publication and p.current
    where e.region = g.region and e.simulated = attended.simulated
      and (e.year, e.round) <= (attended.last_year, attended.last_round collate "C")
    order by e.year desc, e.round desc
    limit wanted) n
  order by n.year desc, n.round desc
  limit wanted;
end;

-- The ten newest of these rounds; where publication `here` is of a round with ten newer ones, the
-- ten that end with its round. Place 1 is the newest of them. What has no room is hinted at: place
-- 11 is the next older one, place 0 the newest of all. PL/pgSQL because it keeps the plan, and a
-- generic one, since planning takes longer than running.
create or replace function pub.past(regions text[], simulated boolean, here integer)
returns table (place bigint, publication integer)
language plpgsql stable rows 10
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  no_year constant integer := 2147483647;
  last_year integer := no_year;
  last_round text := '';
  newest integer[];
begin
  newest := array(select a.publication from pub.attended(past.regions, past.simulated, no_year, '',
                                                         11) a order by a.year desc, a.round desc);
  if newest[11] is not null and past.here is not null and past.here <> all (newest[:10]) then
    -- Nine newer rounds have room beside it.
    select p.year, p.round into last_year, last_round
    from pub.publication p
    join pub.publication t on t.id = newest[10] and (p.year, p.round) < (t.year, t.round)
    where p.id = past.here and p.simulated = past.simulated;
  end if;
  if last_year is null or last_year = no_year then
    return query select n.place, n.publication
      from unnest(newest) with ordinality n (publication, place);
  else
    return query
    select 0::bigint, newest[1]
    union all
    select row_number() over (order by a.year desc, a.round desc), a.publication
    from pub.attended(past.regions, past.simulated, last_year, last_round, 11) a;
  end if;
end $$;
