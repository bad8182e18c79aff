-- How the figures of a round were made: settings, tree, one region's sum worked out, and our sums beside the official figures.

create or replace function page.method(lang text, round text, terbitan integer)
returns table (status integer, location text, simulated boolean, round text, round_label text,
               edition integer, old_edition boolean, version text, published_at timestamptz, digest text, source text,
               source_url text, has_source_url boolean, main_name text, main_inline text, main_is_leaf boolean, main_is_tree boolean,
               several_roots boolean,
               scale_min numeric, scale_max numeric, half_up boolean, half_even boolean, rank_on_value boolean, rank_on_exact boolean,
               ties_skip boolean, ties_dense boolean, missing_drop boolean, missing_as_minimum boolean, missing_strict boolean,
               coverage numeric, lower_wins boolean, has_intervals boolean, no_intervals boolean, draws integer, spread numeric,
               has_example boolean, no_example boolean, inexact boolean, example_city text, example_slug text, example_exact numeric, example_exact_shown numeric, example_computed numeric,
               example_official numeric, example_differs boolean, example_agrees boolean, example_difference numeric, example_weights numeric,
               is_mean boolean, is_geomean boolean, main_step numeric, main_steps boolean,
               has_others boolean, has_checks boolean, check_count bigint, check_largest numeric)
language sql stable
begin atomic
  select case when method.round is null then 302 end, case when method.round is null then '/metode/' || a.round end,
         a.simulated, a.round, a.label, a.n, not a.current, a.version, a.published_at, a.digest, a.source,
         pub.source_url(a.source), pub.source_url(a.source) is not null,
         a.main_name, pub.inline(a.main_name), a.main_aggregate = 'leaf', a.main_aggregate <> 'leaf',
         (select count(*) > 1 from pub.criterion c where c.publication = a.id and c.root),
         trim_scale(a.scale_min), trim_scale(a.scale_max), a.rounding = 'half_up', a.rounding = 'half_even',
         a.rank_on = 'value', a.rank_on = 'exact', a.ties = 'competition', a.ties = 'dense',
         a.missing = 'drop', a.missing = 'scale_min', a.missing = 'strict', trim_scale(100 * a.min_coverage), not a.higher_is_better,
         a.draws > 0 and a.main_aggregate <> 'leaf', a.draws = 0 or a.main_aggregate = 'leaf', a.draws, trim_scale(100 * a.weight_spread),
         e.region is not null, e.region is null and a.main_aggregate <> 'leaf', x.parts <> round(e.exact, 6), e.name, e.slug, trim_scale(e.exact), trim_scale(round(e.exact, 6)), e.computed_shown, case when e.official is not null then e.shown end,
         e.official <> e.computed, e.official = e.computed, pub.shown(e.computed - e.official, a.main_step), trim_scale(x.weights),
         a.main_aggregate = 'mean', a.main_aggregate = 'geomean', trim_scale(a.main_step), a.main_step is not null,
         exists (select from pub.publication q where q.current and q.round <> a.round and q.simulated = a.simulated),
         k.n > 0, k.n, pub.shown(k.largest, a.main_step)
  from (
    select p.id, p.round, p.n, p.current, p.year, p.simulated, p.version, p.method, p.published_at, p.digest, p.source, p.scale_min, p.scale_max,
           p.rounding, p.rank_on, p.ties, p.missing, p.min_coverage, p.higher_is_better, p.draws, p.weight_spread, p.main, p.main_aggregate, p.main_step,
           pub.pick(lang, c.name_id, c.name_en) as main_name, pub.pick(lang, p.label_id, p.label_en) as label
    from (select coalesce(method.round, round) as round from pub.standard_round()) s
    cross join lateral pub.chosen(s.round, terbitan) p
    join pub.criterion c on c.publication = p.id and c.main) a
  cross join lateral (
    select count(*) as n, max(abs(o.computed - o.official)) as largest
    from pub.result o
    where o.publication = a.id and o.official is not null and o.computed is not null) k
  left join pub.entrant e on e.publication = a.id and e.example
  cross join lateral (
    select sum(q.weight) as weights,
           case a.main_aggregate when 'mean' then sum(round(q.part, 6)) else round(exp(sum(ln(nullif(round(q.part, 6), 0)))), 6) end as parts
    from pub.example_parts(a.id, e.region) q where q.taken is not null) x;
end;

create or replace function page.method_rounds(lang text, round text, terbitan integer)
returns table (href text, label text, here boolean, empty boolean)
language sql stable
begin atomic
  select '/metode/' || r.round, pub.pick(lang, r.label_id, r.label_en), r.round = method_rounds.round, false
  from pub.publication r
  where r.current
  order by r.ord;
end;

-- The other rounds of the same kind, and whether their figures may be compared with those of this one: that is so where the method is the same.
-- Otherwise what differs: the scale, what the main figure is made of, the weights, how rounds and gaps are dealt with; `other_version`: only the name.
create or replace function page.method_comparable(lang text, round text, terbitan integer)
returns table (href text, label text, version text, same boolean, other boolean, other_scale boolean, one_is_leaf boolean, other_parts boolean, other_weights boolean,
               other_rules boolean, other_version boolean)
language sql stable
begin atomic
  select '/metode/' || r.round, pub.pick(lang, r.label_id, r.label_en), r.version, d.same, not d.same, d.scale, d.leaf, d.parts, d.weights, d.rules,
         not (d.same or d.scale or d.leaf or d.parts or d.weights or d.rules)
  from pub.chosen(method_comparable.round, terbitan) p
  join pub.publication r on r.current and r.round <> p.round and r.simulated = p.simulated
  cross join lateral (
    select array_agg(c.code order by c.code) as codes, array_agg(c.share order by c.code) as shares
    from pub.criterion c where c.publication = p.id and c.part_ord is not null) mine
  cross join lateral (
    select array_agg(c.code order by c.code) as codes, array_agg(c.share order by c.code) as shares
    from pub.criterion c where c.publication = r.id and c.part_ord is not null) theirs
  cross join lateral (
    select r.method = p.method as same, (r.scale_min, r.scale_max) is distinct from (p.scale_min, p.scale_max) as scale,
           (r.main_aggregate = 'leaf') <> (p.main_aggregate = 'leaf') as leaf,
           (r.main_aggregate = 'leaf') = (p.main_aggregate = 'leaf') and (mine.codes is distinct from theirs.codes or r.main_aggregate <> p.main_aggregate) as parts,
           coalesce(mine.codes = theirs.codes and mine.shares <> theirs.shares, false) as weights,
           (r.rounding, r.rank_on, r.ties, r.missing, r.min_coverage, r.main_step) is distinct from
           (p.rounding, p.rank_on, p.ties, p.missing, p.min_coverage, p.main_step) as rules) d
  order by r.ord;
end;

-- The tree from its roots down, in display order; a criterion with several parents stands under each of them.
create or replace function page.method_tree(lang text, round text, terbitan integer)
returns table (code text, name text, level integer, is_root boolean, weighted boolean, weight numeric, share numeric,
               is_leaf boolean, is_mean boolean, is_geomean boolean, stepped boolean, step numeric, elsewhere text, shared boolean)
language sql stable
begin atomic
  with recursive criterion as materialized (
    select c.code, c.ord, c.root, c.aggregate, c.round_step, c.name_id, c.name_en
    from pub.chosen(method_tree.round, terbitan) p join pub.criterion c on c.publication = p.id
  ), edge as materialized (
    select e.*, sum(e.weight) over (partition by e.parent) as whole
    from pub.chosen(method_tree.round, terbitan) p join pub.edge e on e.publication = p.id
  ), walk as (
    select c.code, null::text as parent, null::numeric as weight, null::numeric as whole, 0 as level, array[c.ord] as place
    from criterion c
    where c.root
    union all
    select e.child, e.parent, e.weight, e.whole, w.level + 1, w.place || e.ord
    from walk w join edge e on e.parent = w.code
  )
  select c.code, pub.pick(lang, c.name_id, c.name_en), least(w.level, 5), w.level = 0, w.level > 0, trim_scale(w.weight),
         trim_scale(round(100 * w.weight / w.whole, 2)),
         c.aggregate = 'leaf', c.aggregate = 'mean', c.aggregate = 'geomean', c.round_step is not null, trim_scale(c.round_step),
         o.names, o.names is not null
  from walk w
  join criterion c on c.code = w.code
  left join lateral (select string_agg(pub.pick(lang, q.name_id, q.name_en), ', ' order by q.ord) as names
                     from edge e join criterion q on q.code = e.parent
                     where e.child = w.code and e.parent <> w.parent) o on true
  order by w.place;
end;

-- The sum behind one region's main figure, child by child, with as many decimals as repeating it takes: part is what a child adds to a mean, or multiplies a geometric mean by.
create or replace function page.method_example(lang text, round text, terbitan integer)
returns table (name text, weight numeric, value numeric, shown numeric, part numeric, has_value boolean, no_data boolean,
               not_applicable boolean, taken_as numeric, at_minimum boolean)
language sql stable
begin atomic
  select pub.pick(lang, c.name_id, c.name_en), trim_scale(x.weight), x.value, case when x.value = pub.shown(x.value, c.round_step) then pub.shown(x.value, c.round_step) else trim_scale(round(x.value, 6)) end,
         trim_scale(round(x.part, 6)), x.value is not null, x.status = 'no_data', x.status = 'not_applicable',
         trim_scale(x.taken), x.value is null and x.taken is not null
  from pub.chosen(method_example.round, terbitan) p
  join pub.entrant e on e.publication = p.id and e.example
  join pub.example_parts(p.id, e.region) x on true
  join pub.criterion c on c.publication = p.id and c.code = x.child
  order by x.ord;
end;

-- Every figure that was both published and computed, the largest difference first.
create or replace function page.method_checks(lang text, round text, terbitan integer)
returns table (slug text, name text, criterion_name text, other boolean, computed numeric, computed_shown numeric, official numeric, official_shown numeric,
               difference numeric, difference_shown numeric, source_url text, source_name text, linked boolean, unlinked boolean)
language sql stable
begin atomic
  select e.slug, e.name, pub.pick(lang, c.name_id, c.name_en), not c.main, r.computed, r.computed_shown,
         r.official, r.shown, r.computed - r.official, pub.shown(r.computed - r.official, c.round_step),
         r.source_url, r.source_name, r.source_url is not null, r.source_name is not null and r.source_url is null
  from pub.chosen(method_checks.round, terbitan) p
  join pub.result r on r.publication = p.id and r.official is not null and r.computed is not null
  join pub.criterion c on c.publication = p.id and c.code = r.criterion
  join pub.entrant e on e.publication = p.id and e.region = r.region
  order by c.ord, abs(r.computed - r.official) desc, e.name;
end;
