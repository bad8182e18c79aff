-- What an address of the ranking or the method means: publication, criterion, the round to compare with. All are functions
-- that return rows, because PostgreSQL plans those into the query that calls them; a function that
-- returns one value would be planned anew at every call.

-- Who took part in a published round, under the name of that time, with the region's place.
create or replace view pub.entrant as
select p.id as publication, a.region, a.name, a."group", g.slug, g.kind, g.member,
       v.code as province, v.slug as province_slug, v.name as province_name
from data.publication p
join data.participant a on a.intake = p.intake
join data.region g on g.code = a.region
left join data.province v on v.code = g.province;

-- The round that an address without one means: the newest real one, else the newest of all.
create or replace function pub.standard_round() returns table (round text, simulated boolean)
language sql stable
begin atomic
  select p.round, p.simulated
  from pub.publication p
  where p.current
  order by p.simulated, p.year desc, p.round collate "C" desc
  limit 1;
end;

-- At most one row: the publication and the criterion by which it is asked to be ranked (NULL: its main one, as pub.main_of
-- says), with everything that tells how the criterion's values are read. No row when the round, the edition or the criterion is not there.
create or replace function pub.ranked(round text, edition integer, criterion text)
returns table (publication integer, round text, n integer, current boolean, year integer, simulated boolean,
               version text, title_id text, title_en text, source text, scale_min numeric, scale_max numeric,
               higher_is_better boolean, criterion text, name_id text, name_en text, round_step numeric, aggregate text,
               main boolean)
language sql stable
begin atomic
  with chosen as materialized (select p.* from pub.chosen(ranked.round, ranked.edition) p)
  select p.id, p.round, p.n, p.current, p.year, p.simulated, p.version, p.title_id, p.title_en, p.source,
         p.scale_min, p.scale_max, p.higher_is_better, c.code, c.name_id, c.name_en, c.round_step, c.aggregate, c.main
  from chosen p
  cross join lateral (select q.*, row_number() over (order by q.root desc, (q.kind = 'index') desc, q.ord) = 1 as main
                      from pub.criterion q
                      where q.publication = p.id) c
  where case when ranked.criterion is null then c.main else c.code = ranked.criterion end;
end;

-- At most one row: the newest publication of the round before, among rounds of the same method version, real with real and
-- simulated with simulated. What a publication's values may be compared with.
create or replace function pub.comparable_before(publication integer)
returns table (publication integer, round text, year integer, simulated boolean, title_id text, title_en text)
language sql stable
begin atomic
  select q.id, q.round, q.year, q.simulated, q.title_id, q.title_en
  from pub.publication p
  join pub.publication q on q.current and q.version = p.version and q.simulated = p.simulated
                        and (q.year, q.round collate "C") < (p.year, p.round collate "C")
  where p.id = comparable_before.publication
  order by q.year desc, q.round collate "C" desc
  limit 1;
end;

-- A region's name without its kind, by which lists are ordered: Kota Kediri and Kabupaten Kediri stand together.
create or replace function pub.bare_name(name text) returns text
language sql immutable parallel safe
return regexp_replace(name, '^(Kabupaten|Kota) ', '');

-- The ministry's own rank of a region in a year, as published: the national one first, then the one in a group, then the one in
-- its province. At most one row; weak and conflicting rows are for the city's page, where their caution stands.
create or replace function pub.ministry_rank(region text, year integer)
returns table (value numeric, rank_scope text, "group" text, denominator integer, confidence text)
language sql stable
begin atomic
  select f.value, f.rank_scope, f."group", f.denominator, f.confidence
  from pub.figure f
  where f.region = ministry_rank.region and f.year = ministry_rank.year and f.rank_scope is not null
    and f.confidence in ('stated', 'inferred')
  order by f.rank_scope = 'province', f.rank_scope = 'group', f.id
  limit 1;
end;
