-- What pages read about publications. Each function act.read_x returns what table data.read_x must
-- hold.

-- All publications but rehearsals, which are nobody's but of those who take part, at the desk.
create or replace function act.read_publication() returns setof data.read_publication
language sql stable
begin atomic
  with every as materialized (
    select p.id, p.round, p.n, p.id is not distinct from r.publication as current,
           dense_rank() over (order by i.simulated, i.year, p.round collate "C") as ord,
           p.published_at, p.supersedes, p.reason, p.digest, p.previous_digest, i.id as intake,
           i.title_id, i.title_en, i.year, i.simulated, i.source, m.*,
           a.criterion as main, a.aggregate, a.round_step
    from data.publication p
    join data.round r on r.code = p.round
    join data.intake i on i.id = p.intake
    cross join lateral (select m.id as method, m.version, m.scale_min, m.scale_max, m.rounding,
                        m.rank_on, m.ties, m.missing, m.min_coverage,
                               m.higher_is_better, m.draws, m.weight_spread
                        from data.method m where m.id = i.method) m
    join calc.main a on a.method = m.method
    where not exists (select from data.round_run x where x.round = p.round and x.rehearsal)
  )
  select e.id, e.round, e.n, e.current,
         e.id = (select s.id from every s where s.current order by s.simulated, s.ord desc limit 1),
         e.ord,
         (select b.id from every b
          where b.current and b.method = e.method and b.simulated = e.simulated and b.ord < e.ord
            order by b.ord desc limit 1),
         exists (select from every b where b.current and b.simulated = e.simulated
                 and b.ord < e.ord),
         e.published_at, e.supersedes, e.reason, e.digest, e.previous_digest, e.intake, e.title_id,
         e.title_en,
         pub.round_label(e.round, e.year, e.simulated, e.title_id, 'simulasi'),
         pub.round_label(e.round, e.year, e.simulated, e.title_en, 'simulated'),
         e.year, e.simulated, not e.simulated and e.scale_min = 0 and e.scale_max = 4, e.source,
         e.method, e.version, e.scale_min, e.scale_max, e.rounding, e.rank_on, e.ties, e.missing,
         e.min_coverage,
         e.higher_is_better, case when e.higher_is_better then 1 else -1 end, e.draws,
         e.weight_spread, e.main, e.aggregate, e.round_step,
         calc.blank(e.missing, e.higher_is_better, e.scale_min, e.scale_max), c.digest
  from every e left join data.record c on c.publication = e.id;
end;

-- The tree of a publication, and how the values of each criterion lie.
create or replace function act.read_criterion(publication integer) returns setof data.read_criterion
language sql stable
begin atomic
  with here as materialized (
    select p.id, i.id as intake, i.method, a.criterion as main
    from data.publication p
    join data.intake i on i.id = p.intake
    join calc.main a on a.method = i.method
    where p.id = read_criterion.publication
  ), edge as materialized (
    select e.child, bool_or(e.parent = h.main) as part, min(e.ord) filter (where e.parent = h.main)
           as ord,
           min(e.weight) filter (where e.parent = h.main) as weight,
           string_agg(p.name_id, ', ' order by p.ord) as parents_id,
           string_agg(p.name_en, ', ' order by p.ord) as parents_en
    from here h
    join data.criterion_edge e on e.method = h.method
    join data.criterion p on p.method = h.method and p.code = e.parent
    group by e.child
  ), weighed as (
    select e.*, trim_scale(round(100 * e.weight / sum(e.weight) over (), 1)) as share from edge e
  ), field as (
    select r.criterion, count(*) as participants, count(r.value) as ranked,
           bool_or(r.official is not null) as official, bool_or(o.source is not null) as sourced,
           min(r.value) as lowest, (percentile_cont(0.25) within group (order by r.value))::numeric
             as quartile_low,
           (percentile_cont(0.5) within group (order by r.value))::numeric as median,
           (percentile_cont(0.75) within group (order by r.value))::numeric as quartile_high,
           max(r.value) as highest
    from here h
    join data.result r on r.publication = h.id
    left join data.official o on o.intake = h.intake and o.region = r.region
      and o.criterion = r.criterion
    group by r.criterion
  )
  select h.id, c.code, c.ord, c.height, c.aggregate, c.round_step, c.kind, c.name_id, c.name_en,
         coalesce(d.about_id, m.about_id), coalesce(d.about_en, m.about_en), e.child is null,
         c.code = h.main, d.code, d.ord,
         e.parents_id, e.parents_en, e.ord, e.weight, e.share,
         coalesce(f.participants, 0), coalesce(f.ranked, 0), w.groups, w.provinces, w.kinds,
         coalesce(f.official, false), coalesce(f.sourced, false), f.lowest, f.quartile_low,
         f.median, f.quartile_high, f.highest
  from here h
  cross join (
    select count(distinct a."group") as groups, count(distinct g.province) as provinces,
           count(distinct g.kind) as kinds
    from here h
    join data.participant a on a.intake = h.intake
    join data.region g on g.code = a.region) w
  join data.criterion c on c.method = h.method
  left join weighed e on e.child = c.code
  left join data.dimension d on d.code = c.code and c.kind = 'dimension'
  left join pub.measure m on m.code = c.code and c.kind = 'component'
  left join field f on f.criterion = c.code;
end;

-- How the values of each criterion lie in each group.
create or replace function act.read_group(publication integer) returns setof data.read_group
language sql stable
begin atomic
  with field as (
    select r.publication, r.criterion, r."group", count(*) as size, count(r.value) as ranked,
           calc.group_whole(count(r.value), count(r.rank_low) filter (where r.value is not null))
             as intervals,
           min(r.value) as lowest, (percentile_cont(0.25) within group (order by r.value))::numeric
             as quartile_low,
           (percentile_cont(0.5) within group (order by r.value))::numeric as median,
           (percentile_cont(0.75) within group (order by r.value))::numeric as quartile_high,
           max(r.value) as highest
    from data.result r
    where r.publication = read_group.publication
    group by r.publication, r.criterion, r."group"
  )
  select f.publication, f.criterion, f."group", f.size, f.ranked, f.intervals, f.lowest,
         f.quartile_low, f.median, f.quartile_high, f.highest,
         pub.shown_average(f.median, c.round_step), pub.shown_average(f.quartile_low, c.round_step),
         pub.shown_average(f.quartile_high, c.round_step)
  from data.publication p
  join data.intake i on i.id = p.intake
  join field f on f.publication = p.id
  join data.criterion c on c.method = i.method and c.code = f.criterion;
end;
