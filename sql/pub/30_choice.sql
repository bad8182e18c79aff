-- Small choices that every page makes in the same way.

-- The text in the language asked for: 'en', else Indonesian.
create or replace function pub.pick(lang text, id text, en text) returns text
language sql immutable parallel safe
return case when lang = 'en' then en else id end;

-- The publication that an address means: number `edition` of a round, or its newest. No row when
-- there is none. It returns a row because PostgreSQL plans such a function into the query that
-- calls it; one that returns a value would be planned anew at every call.
create or replace function pub.chosen(round text, edition integer) returns setof pub.publication
language sql stable
begin atomic
  select p.* from pub.publication p
  where p.round = chosen.round and case when edition is null then p.current else p.n = edition end;
end;

-- The round that an address without one means: the newest real one, else the newest of all.
create or replace function pub.standard_round() returns table (round text, simulated boolean)
language sql stable
begin atomic
  select p.round, p.simulated from pub.publication p where p.standard;
end;
