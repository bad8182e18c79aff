-- Ranking of one round by one criterion. Filters choose rows; ranks and medians always come from the whole group.

create or replace function page.ranking(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text,
                                        urut text, terbitan integer)
returns table (status integer, location text, title text, description text, simulated boolean, round text,
               round_label text, edition integer, old_edition boolean, criterion text, criterion_name text, criterion_inline text,
               incomplete boolean, complete boolean, participants bigint, ranked bigint,
               unranked bigint, some_missing boolean, some_ranked boolean, none_ranked boolean, median numeric,
               lowest numeric, highest numeric, has_range boolean, one_value boolean, scale_min numeric, scale_max numeric, compared boolean,
               previous_label text, method_differs boolean, ministry boolean, has_sources boolean, no_sources boolean, has_profiles boolean, several_groups boolean,
               has_provinces boolean, has_kinds boolean, only_kota boolean, only_kabupaten boolean,
               by_rank boolean, by_value boolean, by_name boolean, by_province boolean, by_change boolean,
               filtered boolean, matching bigint, some_match boolean, nothing_matches boolean, source text,
               has_dots boolean, quartile_low numeric, quartile_high numeric, median_at numeric, box_x numeric, box_width numeric,
               scale_25 numeric, scale_50 numeric, scale_75 numeric)
language sql stable
begin atomic
  with asked as materialized (
    select a.*, b.publication as before,
           pub.round_label(b.round, b.year, b.simulated, pub.pick(lang, b.title_id, b.title_en)) as before_label
    from (select coalesce(putaran, round) as round from pub.standard_round()) s
    cross join lateral pub.ranked(s.round, terbitan, ukuran) a
    left join lateral pub.comparable_before(a.publication) b on true
  ), field as (
    select count(*) as participants, count(r.value) as ranked, count(distinct r."group") as groups,
           count(distinct g.province) as provinces, count(distinct g.kind) as kinds,
           (percentile_cont(0.25) within group (order by r.value))::numeric as quartile_low,
           (percentile_cont(0.5) within group (order by r.value))::numeric as median,
           (percentile_cont(0.75) within group (order by r.value))::numeric as quartile_high,
           min(r.value) as lowest, max(r.value) as highest,
           bool_or(r.official is not null) as official, bool_or(o.source is not null) as sourced,
           count(*) filter (where (kelompok is null or r."group" = kelompok)
                              and (provinsi is null or g.province_slug = provinsi)
                              and (jenis is null or g.kind = jenis)) as matching
    from asked a
    join pub.result r on r.publication = a.publication and r.criterion = a.criterion
    join pub.entrant g on g.publication = r.publication and g.region = r.region
    left join pub.official o on o.publication = r.publication and o.criterion = r.criterion and o.region = r.region
  ), named as (
    select a.*, f.*, a.scale_max - a.scale_min as span, pub.round_label(a.round, a.year, a.simulated, pub.pick(lang, a.title_id, a.title_en)) as label,
           pub.pick(lang, a.name_id, a.name_en) as criterion_name,
           provinsi is not null or jenis is not null or kelompok is not null as filtered,
           not a.simulated and f.ranked < f.participants as incomplete
    from asked a, field f
  )
  select case when putaran is null then 302 end, case when putaran is null then '/peringkat/' || n.round end,
         concat_ws(' ', 'Peringkat', n.label, case when not n.main then 'menurut ' || pub.inline(n.criterion_name) end),
         concat_ws(' ', n.criterion_name, n.label || ':', n.ranked, 'dari', n.participants, 'daerah, dengan sumber tiap angka.'),
         n.simulated, n.round, n.label, n.n, not n.current, n.criterion, n.criterion_name, pub.inline(n.criterion_name),
         n.incomplete, not n.incomplete, n.participants, n.ranked, n.participants - n.ranked,
         n.ranked < n.participants, n.ranked > 0, n.ranked = 0,
         pub.shown_average(n.median, n.round_step), pub.shown(n.lowest, n.round_step), pub.shown(n.highest, n.round_step),
         n.lowest < n.highest, n.lowest = n.highest,
         trim_scale(n.scale_min), trim_scale(n.scale_max), n.before is not null,
         n.before_label,
         n.before is null and exists (select from pub.publication b
                                      where b.current and b.simulated = n.simulated
                                        and (b.year, b.round collate "C") < (n.year, n.round collate "C")),
         n.main and n.official and not n.simulated, coalesce(n.sourced, false), not coalesce(n.sourced, false),
         n.main and n.ranked > 0
           and (select count(*) from pub.result r
                where r.publication = n.publication and r.criterion = 'governance' and r.value is not null) >= n.ranked,
         n.groups > 1, n.provinces > 1, n.kinds > 1,
         jenis = 'kota', jenis = 'kabupaten',
         urut = 'peringkat', urut = 'nilai', urut = 'nama', urut = 'provinsi', urut = 'perubahan',
         n.filtered, n.matching, n.matching > 0, n.matching = 0,
         n.source,
         n.ranked >= 8, pub.shown_average(n.quartile_low, n.round_step), pub.shown_average(n.quartile_high, n.round_step),
         pub.percent(n.median, n.scale_min, n.scale_max), pub.percent(n.quartile_low, n.scale_min, n.scale_max),
         pub.percent(n.quartile_high, n.scale_min, n.scale_max) - pub.percent(n.quartile_low, n.scale_min, n.scale_max),
         trim_scale(n.scale_min + 0.25 * n.span), trim_scale(n.scale_min + 0.5 * n.span), trim_scale(n.scale_min + 0.75 * n.span)
  from named n;
end;

create or replace function page.ranking_rounds(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text,
                                               urut text, terbitan integer)
returns table (href text, label text, here boolean, empty boolean)
language sql stable
begin atomic
  select '/peringkat/' || r.round || coalesce('?' || nullif(concat_ws('&',
           case when c.code is not null then 'ukuran=' || ukuran end, 'provinsi=' || provinsi, 'jenis=' || jenis,
           'urut=' || nullif(urut, 'peringkat')), ''), ''),
         pub.round_label(r.round, r.year, r.simulated, pub.pick(lang, r.title_id, r.title_en)),
         r.round = putaran,
         c.code is not null and not exists (select from pub.result v
                                            where v.publication = r.publication and v.criterion = c.code and v.value is not null)
  from pub.round r
  left join pub.criterion c on c.publication = r.publication and c.code = ukuran
  order by r.ord;
end;

-- The criteria to choose from: those that have a value, and the one that was asked for.
create or replace function page.ranking_measures(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text,
                                                 urut text, terbitan integer)
returns table (code text, name text, chosen boolean, first_of_kind boolean, last_of_kind boolean, is_index boolean,
               is_component boolean, is_dimension boolean, is_subdimension boolean, is_indicator boolean, is_other boolean)
language sql stable
begin atomic
  with offered as (
    select c.code, c.ord, c.kind, pub.pick(lang, c.name_id, c.name_en) as name, c.code = a.criterion as chosen
    from pub.ranked(putaran, terbitan, ukuran) a
    join pub.criterion c on c.publication = a.publication
    left join lateral (select true as found
                       from pub.result r
                       where r.publication = a.publication and r.criterion = c.code and r.value is not null
                       limit 1) v on true
    where c.code = a.criterion or v.found
  )
  select o.code, o.name, o.chosen,
         o.kind is distinct from lag(o.kind) over w, o.kind is distinct from lead(o.kind) over w,
         o.kind = 'index', o.kind = 'component', o.kind = 'dimension', o.kind = 'subdimension',
         o.kind = 'indicator', o.kind = 'other'
  from offered o
  window w as (order by o.ord)
  order by o.ord;
end;

create or replace function page.ranking_groups(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text,
                                               urut text, terbitan integer)
returns table (group_name text, chosen boolean)
language sql stable
begin atomic
  select p."group", coalesce(p."group" = kelompok, false)
  from pub.chosen(putaran, terbitan) c
  join pub.participant p on p.publication = c.id
  where p."group" <> ''
  group by p."group"
  order by count(*) desc, p."group";
end;

create or replace function page.ranking_provinces(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text,
                                                  urut text, terbitan integer)
returns table (slug text, name text, chosen boolean)
language sql stable
begin atomic
  select g.province_slug, g.province_name, coalesce(g.province_slug = provinsi, false)
  from pub.chosen(putaran, terbitan) c
  join pub.entrant g on g.publication = c.id
  where g.province is not null
  group by g.province_slug, g.province_name
  order by g.province_name;
end;

-- The regions that have a value: group by group, the largest group first.
create or replace function page.ranking_rows(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text,
                                             urut text, terbitan integer)
returns table (first_of_group boolean, last_of_group boolean, group_name text, named_group boolean,
               group_of integer, intervals boolean, has_median boolean, median_shown numeric, median_x numeric,
               slug text, name text, province_name text, label text, value numeric, shown numeric,
               bar text, differs boolean, computed numeric, computed_shown numeric,
               change numeric, change_shown numeric, rose boolean, fell boolean, known_change boolean,
               fresh boolean, better boolean, worse boolean,
               rank_from numeric, rank_to numeric, spread boolean, span_from numeric, span_to numeric, rank_x numeric,
               ministry_rank numeric, ministry_known boolean, ministry_unknown boolean, ministry_group text, ministry_grouped boolean,
               ministry_of integer, in_nation boolean, in_province boolean, counted boolean, uncounted boolean,
               implied boolean, source_url text, source_name text, linked boolean, unlinked boolean,
               governance numeric, branding numeric, economy numeric, living numeric, society numeric, environment numeric)
language sql stable
begin atomic
  with asked as materialized (
    select a.*, b.publication as before
    from pub.ranked(putaran, terbitan, ukuran) a
    left join lateral pub.comparable_before(a.publication) b on true
  ), field as materialized (
    select r.*, p.name, pub.bare_name(p.name) as bare, p.slug, p.kind, p.province_slug, p.province_name
    from asked a
    join pub.result r on r.publication = a.publication and r.criterion = a.criterion
    join pub.entrant p on p.publication = a.publication and p.region = r.region
  ), earlier as materialized (
    select b.region, b.value
    from asked a
    join pub.result b on b.publication = a.before and b.criterion = a.criterion and b.value is not null
  ), six as materialized (
    select v.region, max(v.y) filter (where v.criterion = 'governance') as governance, max(v.y) filter (where v.criterion = 'branding') as branding,
           max(v.y) filter (where v.criterion = 'economy') as economy, max(v.y) filter (where v.criterion = 'living') as living,
           max(v.y) filter (where v.criterion = 'society') as society, max(v.y) filter (where v.criterion = 'environment') as environment
    from (select r.region, r.criterion, round(24 - 0.2 * pub.percent(r.value, a.scale_min, a.scale_max), 1) as y
          from asked a
          join pub.result r on r.publication = a.publication and r.value is not null
                           and r.criterion in ('governance', 'branding', 'economy', 'living', 'society', 'environment')) v
    group by v.region
  ), grouped as (
    select f."group", count(*) as size, bool_and(f.rank_low is not null) filter (where f.value is not null) as intervals,
           (percentile_cont(0.5) within group (order by f.value))::numeric as median, count(f.value) as ranked
    from field f
    group by f."group"
  ), listed as (
    select f.*, a.scale_min, a.scale_max, a.round_step, a.higher_is_better, a.main and not a.simulated and f.official is not null as of_ministry,
           a.year, a.before, s.size, s.intervals, s.median, s.ranked,
           b.value as previous, f.value - b.value as change
    from asked a
    cross join field f
    join grouped s on s."group" = f."group"
    left join earlier b on b.region = f.region
    where f.value is not null
      and (kelompok is null or f."group" = kelompok)
      and (provinsi is null or f.province_slug = provinsi)
      and (jenis is null or f.kind = jenis)
  )
  select row_number() over w = 1, row_number() over w = count(*) over (partition by l."group"),
         l."group", l."group" <> '',
         l."of", l.intervals, l.ranked >= 5, pub.shown_average(l.median, l.round_step), pub.percent(l.median, l.scale_min, l.scale_max),
         l.slug, l.name, l.province_name, l.label, l.value, pub.shown(l.value, l.round_step),
         pub.bar(l.value, l.scale_min, l.scale_max),
         l.official <> l.computed, l.computed, pub.shown(l.computed, l.round_step),
         l.change, pub.shown(l.change, l.round_step),
         l.change > 0, l.change < 0, l.change is not null, l.change is null,
         (l.change > 0) = l.higher_is_better and l.change <> 0, (l.change > 0) <> l.higher_is_better and l.change <> 0,
         floor(l.rank_low), ceil(l.rank_high), l.intervals and (floor(l.rank_low), ceil(l.rank_high)) <> (l.rank, l.rank),
         pub.percent(floor(l.rank_low), 1, greatest(l."of", 2)), pub.percent(ceil(l.rank_high), 1, greatest(l."of", 2)),
         pub.percent(l.rank, 1, greatest(l."of", 2)),
         trim_scale(m.value), m.value is not null, m.value is null, m."group", m."group" is not null, m.denominator,
         m.rank_scope = 'national', m.rank_scope = 'province', m.denominator is not null, m.value is not null and m.denominator is null,
         m.confidence = 'inferred',
         pub.source_url(o.source), pub.source_name(o.source),
         pub.source_url(o.source) is not null, o.source is not null and pub.source_url(o.source) is null,
         coalesce(x.governance, 24), coalesce(x.branding, 24), coalesce(x.economy, 24), coalesce(x.living, 24),
         coalesce(x.society, 24), coalesce(x.environment, 24)
  from listed l
  left join six x on x.region = l.region
  left join pub.ministry_rank(l.region, l.year) m on l.of_ministry
  left join pub.official o on o.publication = l.publication and o.criterion = l.criterion and o.region = l.region
  window w as (partition by l."group"
               order by case urut when 'nama' then l.bare when 'provinsi' then l.province_name end,
                        case urut when 'nilai' then -l.value when 'perubahan' then -l.change end, l.rank, l.bare)
  order by l.size desc, l."group", row_number() over w;
end;

-- The participants without a value: never ranked, listed apart.
create or replace function page.ranking_missing(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text,
                                                urut text, terbitan integer)
returns table (slug text, name text, province_name text, unknown boolean, excluded boolean)
language sql stable
begin atomic
  with field as materialized (
    select r."group", r.status, r.value, g.slug, g.name, g.kind, g.province_slug, g.province_name
    from pub.ranked(putaran, terbitan, ukuran) a
    join pub.result r on r.publication = a.publication and r.criterion = a.criterion
    join pub.entrant g on g.publication = a.publication and g.region = r.region
  )
  select f.slug, f.name, f.province_name, f.status = 'no_data', f.status = 'not_applicable'
  from field f
  where f.value is null
    and (kelompok is null or f."group" = kelompok)
    and (provinsi is null or f.province_slug = provinsi)
    and (jenis is null or f.kind = jenis)
  order by pub.bare_name(f.name), f.slug;
end;

-- Every value as a dot on the scale; equal places are stacked. Groups share the scale, so they share the picture.
create or replace function page.ranking_dots(lang text, putaran text, ukuran text, kelompok text, provinsi text, jenis text,
                                             urut text, terbitan integer)
returns table (x numeric, y numeric, name text, shown numeric)
language sql stable
begin atomic
  with placed as (
    select p.name, pub.shown(r.value, a.round_step) as shown, r.value,
           round(pub.percent(r.value, a.scale_min, a.scale_max) * 0.8) / 0.8 as x
    from pub.ranked(putaran, terbitan, ukuran) a
    join pub.result r on r.publication = a.publication and r.criterion = a.criterion
    join pub.participant p on p.publication = a.publication and p.region = r.region
    where r.value is not null
  ), stacked as (
    select s.*, row_number() over (partition by s.x order by s.value, s.name) - 1 as above, count(*) over (partition by s.x) as height
    from placed s
  )
  select round(s.x, 2), round(96 - s.above * least(11, 74.0 / greatest(max(s.height) over () - 1, 1)), 1), s.name, s.shown
  from stacked s
  where (select count(*) from placed) >= 8
  order by s.x, s.above;
end;
