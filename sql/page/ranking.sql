-- Ranking of one round by one criterion. Filters choose rows; ranks and medians always come from the whole group.

create or replace function page.ranking(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text, pulau text,
                                        urut text, terbitan integer)
returns table (status integer, location text, part boolean, simulated boolean, round text,
               round_label text, edition integer, old_edition boolean, criterion text, criterion_name text, criterion_inline text,
               incomplete boolean, complete boolean, participants bigint, ranked bigint,
               unranked bigint, some_missing boolean, some_ranked boolean, none_ranked boolean, median numeric,
               lowest numeric, highest numeric, has_range boolean, one_value boolean, scale_min numeric, scale_max numeric, compared boolean,
               previous_label text, method_differs boolean, ministry boolean, has_sources boolean, no_sources boolean, has_profiles boolean, several_groups boolean,
               has_provinces boolean, has_kinds boolean, only_kota boolean, only_kabupaten boolean,
               by_rank boolean, by_value boolean, by_name boolean, by_province boolean, by_change boolean,
               filtered boolean, matching bigint, some_match boolean, nothing_matches boolean, source text,
               quartile_low numeric, quartile_high numeric, higher_better boolean, lower_better boolean, paired bigint, rose bigint, fell bigint,
               same bigint, unfiltered boolean)
language sql stable
begin atomic
  with named as (
    select p.id, p.round, p.n, p.current, p.simulated, p.before, p.earlier, p.source, p.scale_min, p.scale_max,
           c.code, c.main, c.participants, c.ranked, c.groups, c.provinces, c.kinds, c.official, c.sourced,
           c.round_step, c.lowest, c.quartile_low, c.median, c.quartile_high, c.highest,
           pub.pick(lang, p.label_id, p.label_en) as label, pub.pick(lang, c.name_id, c.name_en) as criterion_name,
           provinsi is not null or jenis is not null or kelompok is not null or pulau is not null as filtered,
           p.higher_is_better, not p.simulated and c.ranked < c.participants as incomplete
    from (select coalesce(putaran, round) as round from pub.standard_round()) s
    cross join lateral pub.chosen(s.round, terbitan) p
    join pub.criterion c on c.publication = p.id and c.code = coalesce(ukuran, p.main)
  )
  select case when putaran is null then 302 end, case when putaran is null then '/peringkat/' || n.round end,
         not n.main, n.simulated, n.round, n.label, n.n, not n.current, n.code, n.criterion_name, pub.inline(n.criterion_name),
         n.incomplete, not n.incomplete, n.participants, n.ranked, n.participants - n.ranked,
         n.ranked < n.participants, n.ranked > 0, n.ranked = 0,
         pub.shown_average(n.median, n.round_step), pub.shown(n.lowest, n.round_step), pub.shown(n.highest, n.round_step),
         n.lowest < n.highest, n.lowest = n.highest,
         trim_scale(n.scale_min), trim_scale(n.scale_max), n.before is not null, pub.pick(lang, b.label_id, b.label_en),
         n.before is null and n.earlier,
         n.main and n.official and not n.simulated, n.sourced, not n.sourced,
         n.main and n.ranked > 0 and n.ranked <= (select g.ranked from pub.criterion g where g.publication = n.id and g.code = 'governance'),
         n.groups > 1, n.provinces > 1, n.kinds > 1,
         jenis = 'kota', jenis = 'kabupaten',
         urut = 'peringkat', urut = 'nilai', urut = 'nama', urut = 'provinsi', urut = 'perubahan',
         n.filtered, m.matching, m.matching > 0, m.matching = 0,
         n.source,
         pub.shown_average(n.quartile_low, n.round_step), pub.shown_average(n.quartile_high, n.round_step),
         n.higher_is_better, not n.higher_is_better, c.paired, c.rose, c.fell, c.paired - c.rose - c.fell, not n.filtered
  from named n
  left join pub.publication b on b.id = n.before
  cross join lateral (
    select case when n.filtered then (
             select count(*) from pub.entrant e
             cross join pub.island_digits(pulau) i
             where e.publication = n.id and pub.passes(e."group", e.province, e.province_slug, e.kind, kelompok, provinsi, jenis, i.digits))
           else n.participants end as matching) m
  cross join lateral (
    -- How many have a value in the round before too, and a higher or lower one now.
    select count(*) as paired, count(*) filter (where r.value > b.value) as rose, count(*) filter (where r.value < b.value) as fell
    from pub.result b
    join pub.result r on r.publication = n.id and r.criterion = n.code and r.region = b.region and r.value is not null
    where b.publication = n.before and b.criterion = n.code and b.value is not null) c;
end;

create or replace function page.ranking_rounds(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text, pulau text,
                                               urut text, terbitan integer)
returns table (href text, label text, here boolean, empty boolean)
language sql stable
begin atomic
  select '/peringkat/' || r.round || coalesce('?' || nullif(concat_ws('&',
           case when c.code is not null then 'ukuran=' || ukuran end, 'provinsi=' || provinsi, 'jenis=' || jenis,
           'pulau=' || pulau, 'urut=' || nullif(urut, 'peringkat')), ''), ''),
         pub.pick(lang, r.label_id, r.label_en), r.round = putaran, coalesce(c.ranked = 0, false)
  from pub.publication r
  left join pub.criterion c on c.publication = r.id and c.code = ukuran
  where r.current
  order by r.ord;
end;

-- The criteria to choose from: those that have a value, and the one that was asked for.
create or replace function page.ranking_measures(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text, pulau text,
                                                 urut text, terbitan integer)
returns table (code text, name text, chosen boolean, first_of_kind boolean, last_of_kind boolean, is_index boolean,
               is_component boolean, is_dimension boolean, is_subdimension boolean, is_indicator boolean, is_other boolean)
language sql stable
begin atomic
  select c.code, pub.pick(lang, c.name_id, c.name_en), c.code = coalesce(ukuran, p.main),
         c.kind is distinct from lag(c.kind) over w, c.kind is distinct from lead(c.kind) over w,
         c.kind = 'index', c.kind = 'component', c.kind = 'dimension', c.kind = 'subdimension', c.kind = 'indicator', c.kind = 'other'
  from pub.chosen(putaran, terbitan) p
  join pub.criterion c on c.publication = p.id
  where (c.ranked > 0 or c.code = coalesce(ukuran, p.main))
    and (ukuran is null or exists (select from pub.criterion q where q.publication = p.id and q.code = ukuran))
  window w as (order by c.ord)
  order by c.ord;
end;

create or replace function page.ranking_groups(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text, pulau text,
                                               urut text, terbitan integer)
returns table (group_name text, chosen boolean)
language sql stable
begin atomic
  select f."group", coalesce(f."group" = kelompok, false)
  from pub.chosen(putaran, terbitan) p
  join pub.field f on f.publication = p.id and f.criterion = p.main
  where f."group" <> ''
  order by f.size desc, f."group";
end;

-- The provinces that take part, by name, and the island groups that they are of, from west to east.
create or replace function page.ranking_places(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text, pulau text,
                                               urut text, terbitan integer)
returns table (slug text, name text, is_province boolean, is_island boolean, chosen boolean)
language sql stable
begin atomic
  with province as materialized (
    select e.province, e.province_slug as slug, e.province_name as name
    from pub.chosen(putaran, terbitan) p
    join pub.entrant e on e.publication = p.id
    where e.province is not null
    group by e.province, e.province_slug, e.province_name
  ), place as (
    select p.slug, p.name, 0 as ord, coalesce(p.slug = provinsi, false) as chosen from province p
    union all
    select i.code, pub.pick(lang, i.name_id, i.name_en), i.ord, coalesce(i.code = pulau, false)
    from pub.island i
    where exists (select from province p where pub.on_island(p.province, i.digits))
  )
  select l.slug, l.name, l.ord = 0, l.ord > 0, l.chosen
  from place l
  order by l.ord, l.name;
end;

-- The regions that have a value: group by group, the largest group first.
create or replace function page.ranking_rows(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text, pulau text,
                                             urut text, terbitan integer)
returns table (first_of_group boolean, last_of_group boolean, group_name text, named_group boolean,
               group_of integer, intervals boolean, has_median boolean, median_shown numeric, median_x numeric,
               slug text, name text, province_name text, label text, value numeric, shown numeric,
               bar text, differs boolean, computed numeric, computed_shown numeric,
               change numeric, change_shown numeric, previous numeric, previous_shown numeric, rose boolean, fell boolean, known_change boolean,
               fresh boolean, better boolean, worse boolean,
               rank_from numeric, rank_to numeric, spread boolean, span_from numeric, span_to numeric, rank_x numeric,
               ministry_rank numeric, ministry_known boolean, ministry_unknown boolean, ministry_group text, ministry_grouped boolean,
               ministry_of integer, in_nation boolean, in_province boolean, counted boolean, uncounted boolean,
               implied boolean, source_url text, source_name text, linked boolean, unlinked boolean,
               governance numeric, branding numeric, economy numeric, living numeric, society numeric, environment numeric)
language sql stable
begin atomic
  with here as materialized (
    select p.id, p.before, p.higher_is_better, c.code, c.main, c.round_step
    from pub.chosen(putaran, terbitan) p
    join pub.criterion c on c.publication = p.id and c.code = coalesce(ukuran, p.main)
  ), listed as (
    select r."group", r.value, r.shown, r.bar, r.computed, r.computed_shown, r.official, r.rank, r.label, r."of", r.rank_low, r.rank_high,
           r.rank_low_at, r.rank_high_at, r.rank_at, r.source_url, r.source_name, h.round_step, h.higher_is_better, g.size, g.intervals, g.median_shown, g.median_at, g.ranked,
           e.name, e.bare, e.slug, e.province_name, e.governance, e.branding, e.economy, e.living, e.society, e.environment,
           e.ministry_rank, e.ministry_scope, e.ministry_group, e.ministry_of, e.ministry_implied, h.main and e.ministry_rank is not null as of_ministry,
           r.value - b.value as change, b.value as previous, b.shown as previous_shown,
           case urut when 'nama' then e.bare when 'provinsi' then e.province_name end as word,
           case urut when 'nilai' then -r.value when 'perubahan' then b.value - r.value end as figure
    from here h
    join pub.result r on r.publication = h.id and r.criterion = h.code and r.value is not null
    join pub.entrant e on e.publication = h.id and e.region = r.region
    join pub.field g on g.publication = h.id and g.criterion = h.code and g."group" = r."group"
    -- Row by row on purpose: joined freely, each region's figures of all rounds would be read.
    left join lateral (
      select q.value, q.shown from pub.result q where q.publication = h.before and q.criterion = h.code and q.region = r.region limit 1) b on true
    cross join pub.island_digits(pulau) i
    where pub.passes(r."group", e.province, e.province_slug, e.kind, kelompok, provinsi, jenis, i.digits)
  )
  select lag(l."group") over w is distinct from l."group", lead(l."group") over w is distinct from l."group",
         l."group", l."group" <> '',
         l."of", l.intervals, l.ranked >= 5, l.median_shown, l.median_at,
         l.slug, l.name, l.province_name, l.label, l.value, l.shown, l.bar,
         l.official <> l.computed, l.computed, l.computed_shown,
         l.change, pub.shown(l.change, l.round_step), l.previous, l.previous_shown,
         l.change > 0, l.change < 0, l.change is not null, l.change is null,
         (l.change > 0) = l.higher_is_better and l.change <> 0, (l.change > 0) <> l.higher_is_better and l.change <> 0,
         l.rank_low, l.rank_high, l.intervals and (l.rank_low, l.rank_high) <> (l.rank, l.rank), l.rank_low_at, l.rank_high_at, l.rank_at,
         case when l.of_ministry then trim_scale(l.ministry_rank) end, l.of_ministry, not l.of_ministry,
         case when l.of_ministry then l.ministry_group end, l.of_ministry and l.ministry_group is not null,
         case when l.of_ministry then l.ministry_of end, case when l.of_ministry then l.ministry_scope = 'national' end,
         case when l.of_ministry then l.ministry_scope = 'province' end, l.of_ministry and l.ministry_of is not null,
         l.of_ministry and l.ministry_of is null, case when l.of_ministry then l.ministry_implied end,
         l.source_url, l.source_name, l.source_url is not null, l.source_name is not null and l.source_url is null,
         l.governance, l.branding, l.economy, l.living, l.society, l.environment
  from listed l
  window w as (order by l.size desc, l."group", l.word, l.figure, l.rank, l.bare, l.slug)
  order by l.size desc, l."group", l.word, l.figure, l.rank, l.bare, l.slug;
end;

-- The participants without a value: never ranked, listed apart.
create or replace function page.ranking_missing(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text, pulau text,
                                                urut text, terbitan integer)
returns table (slug text, name text, province_name text, unknown boolean, excluded boolean)
language sql stable
begin atomic
  select e.slug, e.name, e.province_name, r.status = 'no_data', r.status = 'not_applicable'
  from pub.chosen(putaran, terbitan) p
  join pub.criterion c on c.publication = p.id and c.code = coalesce(ukuran, p.main)
  join pub.result r on r.publication = p.id and r.criterion = c.code and r.value is null
  join pub.entrant e on e.publication = p.id and e.region = r.region
  cross join pub.island_digits(pulau) i
  where c.ranked < c.participants
    and pub.passes(r."group", e.province, e.province_slug, e.kind, kelompok, provinsi, jenis, i.digits)
  order by e.bare, e.slug;
end;

-- Every value for the charts, and the one before it that it may be compared with; those that pass the filters are `listed`. Groups
-- share the scale, so they share the picture.
create or replace function page.ranking_dots(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text, pulau text,
                                             urut text, terbitan integer)
returns table (name text, short text, value numeric, shown numeric, previous numeric, previous_shown numeric, listed boolean, others boolean)
language sql stable
begin atomic
  with dot as (
    select e.name, r.value, r.shown, b.value as previous, b.shown as previous_shown,
           pub.passes(r."group", e.province, e.province_slug, e.kind, kelompok, provinsi, jenis, i.digits) as listed
    from pub.chosen(putaran, terbitan) p
    join pub.criterion c on c.publication = p.id and c.code = coalesce(ukuran, p.main)
    join pub.result r on r.publication = p.id and r.criterion = c.code and r.value is not null
    join pub.entrant e on e.publication = p.id and e.region = r.region
    left join lateral (
      select q.value, q.shown from pub.result q where q.publication = p.before and q.criterion = c.code and q.region = r.region limit 1) b on true
    cross join pub.island_digits(pulau) i
  )
  select d.name, pub.short_name(d.name), d.value, d.shown, d.previous, d.previous_shown, d.listed, not d.listed
  from dot d
  order by d.value, d.name;
end;
