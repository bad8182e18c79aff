-- Small choices that every page makes in the same way.

-- The text in the language asked for: 'en', else Indonesian.
create or replace function pub.pick(lang text, id text, en text) returns text
language sql immutable parallel safe
return case when lang = 'en' then en else id end;

-- Where a value lies on its scale, in percent of the scale's length with two decimals; values beyond an
-- end lie on that end. NULL for no value.
create or replace function pub.percent(value numeric, scale_min numeric, scale_max numeric) returns numeric
language sql immutable parallel safe
return case when value is not null
            then round(100 * (least(greatest(value, scale_min), scale_max) - scale_min) / (scale_max - scale_min), 2) end;

-- The publication that an address means: number `edition` of a round, or its newest. No row when there is none.
create or replace function pub.chosen(round text, edition integer) returns setof pub.publication
language sql stable
begin atomic
  select p.* from pub.publication p
  where p.round = chosen.round and case when edition is null then p.current else p.n = edition end;
end;

-- The criterion that the publications of a method are ranked by, its root of kind index, else its first root, and the scale of
-- its values.
create or replace view pub.main as
select m.id as method, m.scale_min, m.scale_max, c.code as criterion, c.round_step
from data.method m
cross join lateral (
  select c.code, c.round_step
  from data.criterion c
  where c.method = m.id and not exists (select from data.criterion_edge e where e.method = c.method and e.child = c.code)
  order by (c.kind = 'index') desc, c.ord
  limit 1) c;

-- The same of a publication: one row. It returns a row because PostgreSQL plans such a function into the query that calls it;
-- one that returns a value would be planned anew at every call.
create or replace function pub.main_of(publication integer) returns table (criterion text)
language sql stable
begin atomic
  select m.criterion from pub.publication p join pub.main m on m.method = p.method where p.id = main_of.publication;
end;
