-- What an address of the ranking or the method means: publication and criterion.

-- The round that an address without one means: the newest real one, else the newest of all.
create or replace function pub.standard_round() returns text
language sql stable
begin atomic
  select coalesce(pub.newest_round(),
                  (select r.round from pub.round r order by r.year desc, r.round collate "C" desc limit 1));
end;

-- One row: the publication and the criterion by which it is asked to be ranked (NULL: its main one), with
-- everything that says how the criterion's values are read. No row when the round, the edition or the criterion is not there.
create or replace function pub.ranked(round text, edition integer, criterion text)
returns table (publication integer, round text, n integer, current boolean, year integer, simulated boolean,
               version text, title_id text, title_en text, scale_min numeric, scale_max numeric,
               higher_is_better boolean, criterion text, name_id text, name_en text, round_step numeric,
               kind text, main boolean)
language sql stable
begin atomic
  select p.id, p.round, p.n, p.current, p.year, p.simulated, p.version, p.title_id, p.title_en,
         p.scale_min, p.scale_max, p.higher_is_better, c.code, c.name_id, c.name_en, c.round_step, c.kind,
         c.code = pub.main_criterion(p.id)
  from pub.chosen(ranked.round, ranked.edition) p
  join pub.criterion c on c.publication = p.id and c.code = coalesce(ranked.criterion, pub.main_criterion(p.id));
end;

-- The newest publication of the round before, among rounds of the same method version, real with real and
-- simulated with simulated: what a publication's values may be compared with. NULL when there is none.
create or replace function pub.comparable_before(publication integer) returns integer
language sql stable
begin atomic
  select q.publication
  from pub.publication p
  join pub.round q on q.version = p.version and q.simulated = p.simulated
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
