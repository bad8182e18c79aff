-- What pages read about the participants of a publication and their results.

-- Every result. Where a value comes from: the source of the official figure, else that of the same
-- published figure, else that of the whole round. Sources are numbered as the criteria need them.
create or replace function act.read_result(publication integer) returns setof data.read_result
language sql stable
begin atomic
  with here as materialized (
    select p.id, i.id as intake, i.method, i.year, i.source, not i.simulated and m.scale_min = 0
           and m.scale_max = 4 as programme,
           calc.blank(m.missing, m.higher_is_better, m.scale_min, m.scale_max) as blank,
           a.criterion as main, a.aggregate
    from data.publication p
    join data.intake i on i.id = p.intake
    join data.method m on m.id = i.method
    join calc.main a on a.method = m.id
    where p.id = read_result.publication
  ), known as materialized (
    select distinct on (f.region, f.measure, f.value) f.region, pub.criterion_of(f.measure)
           as criterion, f.value, f.source
    from here h
    join data.published_figure f on h.programme and f.year = h.year
      and f.confidence in ('stated', 'inferred')
    order by f.region, f.measure, f.value, f.id
  ), cited as materialized (
    select r.criterion, r.region, r."group", r.status, r.value, r.exact, r.computed, r.official,
           r.rank, r.label, r."of", r.rank_low, r.rank_high,
           c.ord, c.round_step, e.weight, coalesce(o.source, k.source, h.source) as source, o.source
             as said_by,
           case when r.status = 'no_data' then h.blank else r.value end as counted,
           r.coverage, r.applicable
    from here h
    join data.result r on r.publication = h.id
    join data.criterion c on c.method = h.method and c.code = r.criterion
    left join data.criterion_edge e on e.method = h.method and e.parent = h.main
      and e.child = r.criterion
    left join data.official o on o.intake = h.intake and o.region = r.region
      and o.criterion = r.criterion
    left join known k on k.region = r.region and k.criterion = r.criterion and k.value = r.value
  ), numbered as (
    select s.region, s.source, row_number() over (partition by s.region order by min(s.ord)) as ref
    from cited s
    where s.status = 'value' and s.source <> ''
    group by s.region, s.source
  ), total as (
    -- What a child adds to a mean: nothing where nothing was computed, or where values are
    -- multiplied. A missing child counts as what the method says.
    select s.region, sum(s.weight) filter (where s.counted is not null) as weight
    from cited s
    cross join here h
    where h.aggregate = 'mean' and (s.weight is not null or s.criterion = h.main)
    group by s.region
    having bool_or(s.criterion = h.main and s.computed is not null)
  )
  select h.id, s.criterion, s.region, s."group", s.status, s.value,
         pub.shown(s.value, s.round_step), s.exact, s.computed,
         pub.shown(s.computed, s.round_step), s.official, s.rank, s.label, s."of",
         floor(s.rank_low), ceil(s.rank_high), round(s.weight * s.counted / t.weight, 3), s.source,
         n.ref, pub.source_url(s.said_by), pub.source_name(s.said_by), s.coverage, s.applicable
  from here h
  cross join cited s
  left join total t on t.region = s.region
  left join numbered n on s.status = 'value' and n.region = s.region and n.source = s.source;
end;

-- The ministry's own rank of a region in a year, as published: the national one first, then the one
-- in a group, then the one in its province. At most one row; weak and conflicting rows are for the
-- city's page, where their caution stands.
create or replace function act.ministry_rank(region text, year integer)
returns table (value numeric, rank_scope text, "group" text, denominator integer, confidence text)
language sql stable
begin atomic
  select f.value, f.rank_scope, f."group", f.denominator, f.confidence
  from data.published_figure f
  where f.region = ministry_rank.region and f.year = ministry_rank.year and f.rank_scope is not null
    and f.confidence in ('stated', 'inferred')
  order by f.rank_scope = 'province', f.rank_scope = 'group', f.id
  limit 1;
end;

-- A published fact about a region in a year. No row for a fact that needs caution, or when there is
-- none.
create or replace function act.fact(region text, year integer, measure text)
returns table (value numeric, source text)
language sql stable
begin atomic
  select f.value, f.source
  from data.published_figure f
  where f.region = fact.region and f.year = fact.year and f.measure = fact.measure
    and f.confidence in ('stated', 'inferred')
  order by f.id
  limit 1;
end;

-- The participants with their main result, which is taken from data.read_result, and what there is
-- to tell about each.
create or replace function act.read_entrant(publication integer) returns setof data.read_entrant
language sql stable
begin atomic
  with here as materialized (
    select p.id, p.round, i.id as intake, i.method, i.year, i.simulated, not i.simulated
           and m.scale_min = 0 and m.scale_max = 4 as programme,
           a.criterion as main
    from data.publication p
    join data.intake i on i.id = p.intake
    join data.method m on m.id = i.method
    join calc.main a on a.method = m.id
    where p.id = read_entrant.publication
  ), tree as materialized (
    select c.code, c.kind = 'dimension' as dimension, coalesce(bool_or(e.parent = h.main), false)
           as part, count(e.parent) > 0 as child,
           min(e.weight) filter (where e.parent = h.main) as weight
    from here h
    join data.criterion c on c.method = h.method and c.code <> h.main
    left join data.criterion_edge e on e.method = h.method and e.child = c.code
    group by c.code, c.kind
  ), told as materialized (
    select r.region, bool_or(r.value is not null) as has_value,
           bool_or(r.value is not null and d.code is not null) as has_dimension,
           coalesce(bool_or(t.part) filter (where r.status <> 'no_data'), false) as parts,
           coalesce(bool_or(t.dimension and not t.part) filter (where r.status <> 'no_data'), false)
             as dimensions,
           coalesce(bool_or(not t.dimension and not t.part) filter (where r.status <> 'no_data'),
                    false) as others,
           coalesce(bool_or(t.dimension and not t.child), false) as apart,
           coalesce(bool_or(t.part or t.dimension), false) as wanted,
           count(*) filter (where t.part and r.value is not null) as parts_valued,
           sum(t.weight) filter (where r.status = 'value') as present, sum(t.weight)
             filter (where r.status <> 'not_applicable') as applicable,
           json_object_agg(d.code, trim_scale(r.value) order by d.ord)
             filter (where d.code is not null) as profile
    from here h
    join data.result r on r.publication = h.id
    left join tree t on t.code = r.criterion
    left join data.dimension d on d.code = r.criterion
    group by r.region
  )
  select h.id, a.region, h.simulated, h.year, h.round, a.name, pub.bare_name(a.name), a."group",
         g.slug, g.kind, g.member, v.code, v.slug, v.name,
         r.status, r.value, r.shown, r.exact, r.computed, r.computed_shown, r.official,
         r.rank, r.label, r."of", r.rank_low, r.rank_high,
         r.ref, o.source, r.source_url, r.source_name, t.has_value, t.has_dimension,
         t.parts, t.dimensions, t.others, t.apart, t.wanted and not t.parts and not t.dimensions,
         100 * t.present / nullif(t.applicable, 0),
         k.value, k.rank_scope, k."group", k.denominator, k.confidence = 'inferred',
         improvement.value, improvement.source, target.value, target.source,
         h.programme and exists (select from data.published_figure f where f.region = a.region
                                 and f.year = h.year),
         r.exact is not null and t.parts_valued > 0
           and row_number() over (order by r.exact is not null desc, t.parts_valued desc,
                                  r.official is not null desc, r.rank, a.region collate "C") = 1,
         t.profile
  from here h
  join data.participant a on a.intake = h.intake
  join data.region g on g.code = a.region
  left join data.province v on v.code = g.province
  join data.read_result r on r.publication = h.id and r.criterion = h.main and r.region = a.region
  join told t on t.region = a.region
  left join data.official o on o.intake = h.intake and o.criterion = h.main and o.region = a.region
  left join act.ministry_rank(a.region, h.year) k on not h.simulated and r.official is not null
  left join act.fact(a.region, h.year, 'improvement') improvement on h.programme
  left join act.fact(a.region, h.year, 'target') target on h.programme;
end;
