-- Page ranking: one round by one criterion. Filters choose rows; ranks, medians and pictures always
-- come from the whole group.

create or replace function page.ranking(lang text, putaran text, ukuran text, kelompok text,
  provinsi text, jenis text, pulau text, penduduk text, q text, urut text, terbitan integer,
  daerah text) returns setof json
language sql stable
begin atomic
  with here as (
    select c.*, p.id, p.round, p.n, p.current, p.simulated, p.before, p.earlier, p.source,
           p.scale_min, p.scale_max, p.label_id, p.label_en, p.direction, p.main as index,
           i.digits,
           case when q is not null then array(
             select '%' || w || '%'
             from regexp_split_to_table(pub.place_name(q), ' ') w) end as patterns,
           pub.pick(lang, c.name_id, c.name_en) as name,
           coalesce(provinsi, jenis, kelompok, pulau, penduduk, q) is not null as filtered
    from (select coalesce(putaran, round) as round from pub.standard_round()) s
    cross join lateral pub.chosen(s.round, terbitan) p
    join pub.criterion c on c.publication = p.id and c.code = coalesce(ukuran, p.main)
    cross join pub.island_digits(pulau) i
  ), province as (
    select distinct e.province, e.province_slug as slug, e.province_name as name
    from here h
    join pub.entrant e on e.publication = h.id and e.province is not null
    where h.provinces > 1
  ), figure as (
    -- Everybody who has a value, with the one before it that it may be compared with.
    select e.name, r.value, r.shown, b.value as previous, b.shown as previous_shown, m.change,
           m.change_shown,
           r."group", r.rank, e.bare, e.slug,
           pub.passes(r."group", e.province, e.province_slug, e.kind, g.population, e.name,
                      kelompok, provinsi, jenis, h.digits, penduduk, h.patterns) as listed,
           case urut when 'nama' then e.bare when 'provinsi' then e.province_name end as word,
           case urut when 'nilai' then -r.value when 'perubahan' then -m.change end as figure,
           x as line
    from here h
    join pub.result r on r.publication = h.id and r.criterion = h.code and r.value is not null
    join pub.entrant e on e.publication = h.id and e.region = r.region
    left join pub.region g on g.code = r.region
    -- Row by row on purpose: joined freely, each region's figures of all rounds would be read.
    left join lateral (
      select q.value, q.shown
      from pub.result q
      where q.publication = h.before and q.criterion = h.code and q.region = r.region
      limit 1) b on true
    cross join lateral pub.change(r.value, b.value, h.round_step, h.direction) m
    cross join lateral (
      select e.slug,
             e.name,
             e.slug = daerah as marked,
             e.province_name,
             r.label,
             r.value,
             r.shown,
             case when r.official <> r.computed then r.computed end as computed,
             r.computed_shown,
             m.*,
             b.value as previous,
             b.shown as previous_shown,
             case when (r.rank_low, r.rank_high) <> (r.rank, r.rank)
                  then r.rank_low end as rank_from,
             r.rank_high as rank_to,
             trim_scale(e.ministry_rank) as ministry_rank,
             e.ministry_scope as scope_word,
             pub.group_said(lang, e.ministry_group) as ministry_group,
             e.ministry_of,
             e.ministry_implied as implied,
             r.source_url,
             r.source_name) x
  )
  select row_to_json(d) from (
    select (select row_to_json(x)
            from (select '/peringkat/' || h.round as location where putaran is null) x) as http,
           not h.main as part,
           h.simulated,
           h.round,
           pub.pick(lang, h.label_id, h.label_en) as round_label,
           case when not h.current then h.n end as edition,
           h.code as criterion,
           h.name as criterion_name,
           pub.inline(h.name) as criterion_inline,
           h.simulated or h.ranked = h.participants as complete,
           h.participants,
           h.ranked,
           nullif(o.members, 0) as members,
           o.members_ranked,
           nullif(h.ranked - o.members_ranked, 0) as others_ranked,
           nullif(h.participants - h.ranked, 0) as unranked,
           pub.shown(h.lowest, h.round_step) as lowest,
           case when h.lowest < h.highest then pub.shown(h.highest, h.round_step) end as highest,
           pub.shown_average(h.quartile_low, h.round_step) as quartile_low,
           pub.shown_average(h.median, h.round_step) as median,
           pub.shown_average(h.quartile_high, h.round_step) as quartile_high,
           trim_scale(h.scale_min) as scale_min,
           trim_scale(h.scale_max) as scale_max,
           (select pub.pick(lang, b.label_id, b.label_en)
            from pub.publication b
            where b.id = h.before) as previous_label,
           h.before is null and h.earlier as method_differs,
           c.paired,
           c.rose,
           c.fell,
           c.paired - c.rose - c.fell as same,
           h.main and h.official and not h.simulated as ministry,
           h.sourced as sources,
           (select json_agg(x) from (
              select d.code as dimension,
                     pub.pick(lang, d.name_id, d.name_en) as dimension_name
              from pub.dimension d
              join pub.criterion k on k.publication = h.id and k.code = d.code and k.ranked > 0
              order by d.ord) x) as dimensions,
           (select m from pub.mine(daerah, h.id, h.code) m) as mine,
           coalesce(pub.source_rest(h.source), h.source) as source,
           pub.source_url(h.source) as source_url,
           h.filtered,
           case when h.filtered then (
             select nullif(count(*), 0)
             from pub.entrant e
             left join pub.region g on g.code = e.region
             where e.publication = h.id
               and pub.passes(e."group", e.province, e.province_slug, e.kind, g.population, e.name,
                              kelompok, provinsi, jenis, h.digits, penduduk,
                              h.patterns)) end as matching,
           penduduk as size_word,
           q,
           h.kinds > 1 as both_kinds,
           jenis as only_word,
           urut as by_word,
           (select json_agg(x) from (
              select '/peringkat/' || r.round || coalesce('?' || nullif(concat_ws('&',
                       case when c.code is not null then 'ukuran=' || ukuran end,
                       'provinsi=' || provinsi, 'jenis=' || jenis, 'pulau=' || pulau,
                       'penduduk=' || penduduk,
                       'urut=' || nullif(urut, 'peringkat')), ''), '') as href,
                     pub.pick(lang, r.label_id, r.label_en) as label,
                     r.round = putaran as here,
                     c.ranked = 0 as "empty"
              from pub.publication r
              left join pub.criterion c on c.publication = r.id and c.code = ukuran
              where r.current and r.simulated = h.simulated
              order by r.ord) x) as rounds,
           -- The newest simulated round has a menu of its own.
           (select '/peringkat/' || t.round from pub.publication t
            where t.current and t.simulated and not h.simulated
            order by t.ord desc limit 1) as trial_href,
           -- The criteria to choose from: those that have a value, and the one that was asked for.
           (select json_agg(x) from (
              select c.kind as kind_word, json_agg(y order by c.ord) as measures
              from pub.criterion c
              cross join lateral (
                select c.code,
                       pub.pick(lang, c.name_id, c.name_en) as name,
                       c.code = h.code as chosen) y
              where c.publication = h.id and (c.ranked > 0 or c.code = h.code)
              group by c.kind
              order by min(c.ord)) x) as kinds,
           (select json_agg(x) from (
              select f."group" as group_name,
                     substring(f."group" from '^kohort (\d{4})$') as cohort,
                     f."group" = 'umum' as regular, f."group" = kelompok as chosen
              from pub.group_stat f
              where f.publication = h.id and f.criterion = h.index and f."group" <> ''
                and h.groups > 1
              order by f.size desc, f."group") x) as groups,
           (select json_agg(x) from (
              select p.slug, p.name, p.slug = provinsi as chosen
              from province p
              order by p.name) x) as provinces,
           -- From west to east.
           (select json_agg(x) from (
              select i.code as slug,
                     pub.pick(lang, i.name_id, i.name_en) as name,
                     i.code = pulau as chosen
              from pub.island i
              where exists (select from province p where pub.on_island(p.province, i.digits))
              order by i.ord, 2) x) as islands,
           -- For the pictures. Groups share the scale, so they share the picture.
           (select json_agg(x) from (
              select f.name, pub.short_name(f.name) as short, pub.tight_name(f.name) as tight,
                     f.value, f.shown, f.previous, f.previous_shown, f.change_shown, f.listed,
                     f.slug = daerah as marked
              from figure f
              order by f.value, f.name) x) as dots,
           -- Group by group, the largest first.
           (select json_agg(x) from (
              -- Where there is no other, nobody is told that the participants are "umum".
              select case when h.groups > 1 or g."group" <> 'umum'
                          then nullif(g."group", '') end as group_name,
                     substring(g."group" from '^kohort (\d{4})$') as cohort,
                     g."group" = 'umum' as regular,
                     g.ranked as group_of,
                     g.ranked < 3 as few,
                     g.intervals,
                     case when g.ranked >= 5 then g.median_shown end as median_shown,
                     trim_scale(g.median) as median,
                     f.rows
              from pub.group_stat g
              join (
                select f."group",
                       json_agg(f.line order by f.word, f.figure, f.rank, f.bare, f.slug) as rows
                from figure f
                where f.listed
                group by f."group") f using ("group")
              where g.publication = h.id and g.criterion = h.code
              order by g.size desc, g."group") x) as tables,
           -- Never ranked, listed apart.
           (select json_agg(x) from (
              select e.slug,
                     e.name,
                     e.slug = daerah as marked,
                     case when r.status = 'no_data' then e.province_name end as province_name,
                     r.status = 'not_applicable' as excluded
              from pub.result r
              join pub.entrant e on e.publication = h.id and e.region = r.region
              left join pub.region g on g.code = r.region
              where r.publication = h.id and r.criterion = h.code and r.value is null
                and h.ranked < h.participants
                and pub.passes(r."group", e.province, e.province_slug, e.kind, g.population, e.name,
                               kelompok, provinsi, jenis, h.digits, penduduk, h.patterns)
              order by e.bare, e.slug) x) as missing
    from here h
    cross join lateral (
      select count(*) as members, count(r.value) as members_ranked
      from pub.entrant e
      join pub.result r
        on r.publication = h.id and r.criterion = h.code and r.region = e.region
      where e.publication = h.id and e.member) o
    cross join (
      select count(f.previous) as paired,
             count(*) filter (where f.change > 0) as rose,
             count(*) filter (where f.change < 0) as fell
      from figure f) c) d;
end;
