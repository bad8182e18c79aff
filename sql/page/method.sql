-- Page method: how the figures of a round were made: one region walked through, settings, tree, and
-- our sums beside the official figures.

create or replace function page.method(lang text, putaran text, terbitan integer) returns setof json
language sql stable
begin atomic
  with recursive here as (
    select p.*, pub.pick(lang, c.name_id, c.name_en) as main_name
    from (select coalesce(putaran, s.round) as round from pub.standard_round() s) s
    cross join lateral pub.chosen(s.round, terbitan) p
    join pub.criterion c on c.publication = p.id and c.main
  ), criterion as (
    select c.* from here h join pub.criterion c on c.publication = h.id
  ), edge as (
    select e.*, sum(e.weight) over (partition by e.parent) as whole
    from here h
    join pub.edge e on e.publication = h.id
  ), walk as (
    -- From the roots down; a criterion with several parents stands under each of them.
    select c.code, null::text as parent, null::numeric as weight, null::numeric as whole,
           0 as level, array[c.ord] as place
    from criterion c
    where c.root
    union all
    select e.child, e.parent, e.weight, e.whole, w.level + 1, w.place || e.ord
    from walk w
    join edge e on e.parent = w.code
  ), guide as (
    -- Who is walked through: an example of this publication, or else of another of its kind and
    -- scale, of the same method first, then the newest.
    select p.*, e.region, p.id <> h.id as borrowed
    from here h
    join pub.publication p
      on (p.id = h.id or p.current and p.simulated = h.simulated)
         and (p.scale_min, p.scale_max) = (h.scale_min, h.scale_max)
    join pub.entrant e on e.publication = p.id and e.example
    order by p.id <> h.id, p.method <> h.method, p.ord desc
    limit 1
  ), part as (
    select q.*
    from guide g
    cross join lateral pub.example_parts(g.id, g.region) q
  ), share as (
    select b.id, array_agg(c.code order by c.code) as codes,
           array_agg(c.share order by c.code) as shares
    from here h
    join pub.publication b on b.id = h.id or b.current and b.simulated = h.simulated
    left join pub.criterion c on c.publication = b.id and c.part_ord is not null
    group by b.id
  ), checked as (
    select r.*, abs(r.computed - r.official) as off
    from here h
    join pub.result r
      on r.publication = h.id and r.official is not null and r.computed is not null
  )
  select row_to_json(d) from (
    select (select row_to_json(x)
            from (select '/metode/' || h.round as location where putaran is null) x) as http,
           h.simulated,
           h.round,
           pub.pick(lang, h.label_id, h.label_en) as round_label,
           h.n as edition,
           not h.current as old_edition,
           h.version,
           date_trunc('second', h.published_at) as published_at,
           h.digest,
           h.record,
           h.source,
           pub.source_url(h.source) as source_url,
           h.main_name,
           pub.inline(h.main_name) as main_inline,
           nullif(h.main_aggregate, 'leaf') as sum_word,
           (select count(*) > 1 from criterion c where c.root) as several_roots,
           trim_scale(h.scale_min) as scale_min,
           trim_scale(h.scale_max) as scale_max,
           trim_scale(h.main_step) as main_step,
           h.rounding as rounding_word,
           h.rank_on as rank_on_word,
           h.ties as ties_word,
           h.missing as missing_word,
           trim_scale(100 * h.min_coverage) as coverage,
           not h.higher_is_better as lower_wins,
           case when h.main_aggregate <> 'leaf' then nullif(h.draws, 0) end as draws,
           trim_scale(100 * h.weight_spread) as spread,
           (select json_agg(x) from (
              select '/metode/' || r.round as href,
                     pub.pick(lang, r.label_id, r.label_en) as label,
                     r.round = putaran as here,
                     false as "empty"
              from pub.publication r
              where r.current and r.simulated = h.simulated
              order by r.ord) x) as rounds,
           -- The newest simulated round has a menu of its own.
           (select '/metode/' || t.round from pub.publication t
            where t.current and t.simulated and not h.simulated
            order by t.ord desc limit 1) as trial_href,

           -- In display order.
           (select json_agg(x) from (
              select c.code,
                     pub.pick(lang, c.name_id, c.name_en) as name,
                     least(w.level, 5) as level,
                     trim_scale(w.weight) as weight,
                     trim_scale(round(100 * w.weight / w.whole, 2)) as share,
                     nullif(c.aggregate, 'leaf') as sum_word,
                     trim_scale(c.round_step) as step,
                     (select string_agg(pub.pick(lang, q.name_id, q.name_en), ', ' order by q.ord)
                      from edge e
                      join criterion q on q.code = e.parent
                      where e.child = w.code and e.parent <> w.parent) as elsewhere
              from walk w
              join criterion c on c.code = w.code
              order by w.place) x) as tree,

           -- The sum behind one region's main figure, child by child, with as many decimals as
           -- repeating it takes: `part` is what a child adds to a mean, or multiplies a geometric
           -- mean by. Where it stands among others, what the ministry said, and who says it.
           (select row_to_json(x) from (
              select e.name as example_city,
                     e.slug as example_slug,
                     g.round as example_round,
                     pub.pick(lang, g.label_id, g.label_en) as example_label,
                     g.borrowed,
                     g.main_aggregate as sum_word,
                     trim_scale(g.main_step) as main_step,
                     pub.said_number(lang, s.count) as parts_said,
                     pub.shown(e.value, g.main_step) as example_value,
                     a.others,
                     a.above,
                     a.below,
                     case when pub.enough(e."of", null) then e.rank end as example_rank,
                     e."of" as example_of,
                     k.value as ministry_rank,
                     lower(pub.pick(lang, k.name_id, k.name_en)) as ministry_name,
                     k.denominator as ministry_of,
                     pub.source_name(e.said_by) as source_name,
                     pub.source_url(e.said_by) as source_url,
                     trim_scale(e.exact) as example_exact,
                     trim_scale(round(e.exact, 6)) as example_exact_shown,
                     e.computed_shown as example_computed,
                     case when e.official is not null then e.shown end as example_official,
                     case when e.official <> e.computed
                          then pub.shown(e.computed - e.official, g.main_step)
                          end as example_difference,
                     trim_scale(s.weights) as example_weights,
                     s.parts <> round(e.exact, 6) as inexact,
                     (select json_agg(y) from (
                        select pub.pick(lang, c.name_id, c.name_en) as name,
                               pub.pick(lang, c.about_id, c.about_en) as about,
                               trim_scale(p.weight) as weight,
                               p.value,
                               case when p.value = v.shown then v.shown
                                    else trim_scale(round(p.value, 6)) end as shown,
                               trim_scale(round(p.part, 6)) as part,
                               p.status as status_word,
                               case when p.value is null
                                    then trim_scale(p.taken) end as taken_as
                        from part p
                        join pub.criterion c on c.publication = g.id and c.code = p.child
                        cross join lateral (
                          select pub.shown(p.value, c.round_step) as shown) v
                        order by p.ord) y) as parts
              from guide g
              join pub.entrant e on e.publication = g.id and e.region = g.region
              cross join lateral pub.among(g.id, g.region) a
              left join lateral (
                select f.*
                from pub.figure f
                where g.programme and f.region = g.region and f.year = g.year and f.unit = 'rank'
                order by f.ord, f.id
                limit 1) k on true
              cross join lateral (
                select sum(p.weight) as weights,
                       count(*),
                       case g.main_aggregate
                         when 'mean' then sum(round(p.part, 6))
                         else round(exp(sum(ln(round(p.part, 6)))
                                        filter (where round(p.part, 6) > 0)), 6)
                         end as parts
                from part p
                where p.taken is not null) s) x) as example,
           (select json_agg(x) from (
              select pub.pick(lang, c.name_id, c.name_en) as dimension_name,
                     pub.pick(lang, c.about_id, c.about_en) as dimension_about
              from criterion c
              where c.kind = 'dimension' and c.dimension is not null
                and c.about_id is not null
              order by c.dimension_ord, c.ord) x) as dimensions,

           -- Every figure that was both published and computed, the largest difference first.
           (select count(*) from checked) as check_count,
           (select pub.shown(max(r.off), h.main_step) from checked r) as check_largest,
           (select json_agg(x) from (
              select e.slug,
                     e.name,
                     case when not c.main
                          then pub.pick(lang, c.name_id, c.name_en) end as criterion_name,
                     r.computed,
                     r.computed_shown,
                     r.official,
                     r.shown as official_shown,
                     r.computed - r.official as difference,
                     pub.shown(r.computed - r.official, c.round_step) as difference_shown,
                     r.source_name,
                     r.source_url
              from checked r
              join criterion c on c.code = r.criterion
              join pub.entrant e on e.publication = h.id and e.region = r.region
              order by c.ord, r.off desc, e.name) x) as checks,

           -- The other rounds of the same kind, and whether their figures may be compared with
           -- those of this one: that is so where the method is the same. Otherwise what differs:
           -- the scale, what the main figure is made of, the weights, how rounds and gaps are dealt
           -- with; `other_version`: only the name.
           (select json_agg(x) from (
              select '/metode/' || r.round as href,
                     pub.pick(lang, r.label_id, r.label_en) as label,
                     r.version,
                     o.same,
                     o.leaf as one_is_leaf,
                     o.scale as other_scale,
                     o.parts as other_parts,
                     o.weights as other_weights,
                     o.rules as other_rules,
                     not (o.same or o.leaf or o.scale or o.parts or o.weights or o.rules)
                       as other_version
              from pub.publication r
              join share mine on mine.id = h.id
              join share theirs on theirs.id = r.id
              cross join lateral (
                select r.method = h.method as same,
                       (r.scale_min, r.scale_max) is distinct from (h.scale_min, h.scale_max)
                         as scale,
                       (r.main_aggregate = 'leaf') <> (h.main_aggregate = 'leaf') as leaf,
                       (r.main_aggregate = 'leaf') = (h.main_aggregate = 'leaf')
                         and (mine.codes is distinct from theirs.codes
                              or r.main_aggregate <> h.main_aggregate) as parts,
                       coalesce(mine.codes = theirs.codes and mine.shares <> theirs.shares, false)
                         as weights,
                       (r.rounding, r.rank_on, r.ties, r.missing, r.min_coverage, r.main_step)
                       is distinct from
                       (h.rounding, h.rank_on, h.ties, h.missing, h.min_coverage, h.main_step)
                         as rules) o
              where r.current and r.round <> h.round and r.simulated = h.simulated
              order by r.ord) x) as comparable
    from here h) d;
end;
