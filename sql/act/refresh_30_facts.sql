-- What pages read about regions, published figures and quick wins.

-- Regions that have a page. Their rounds are taken from data.read_entrant and data.read_publication, which come first.
create or replace function act.read_region() returns setof data.read_region
language sql stable
begin atomic
  with attended as materialized (
    select e.region, e.publication, e.has_value, e.value, e.shown, e.at, p.ord, p.simulated, p.label_id, p.label_en
    from data.read_entrant e
    join data.read_publication p on p.id = e.publication and p.current
  ), first as materialized (
    -- The newest real round in which it has a value, else its newest real round, else a simulated one.
    select distinct on (a.region) a.region, a.publication from attended a order by a.region, a.simulated, a.has_value desc, a.ord desc
  ), newest as materialized (
    select distinct on (a.region) a.region, a.value, a.shown, a.at, a.label_id, a.label_en
    from attended a
    where not a.simulated and a.value is not null
    order by a.region, a.ord desc
  ), past as materialized (
    select a.region, bool_or(not a.simulated) as real, bool_or(a.simulated) as simulated from attended a where a.value is not null group by a.region
  ), fact as materialized (
    select f.region, bool_or(f.measure = 'target' and f.telling) as targets, bool_or(f.telling) as telling
    from (select g.*, g.year is not null and g.measure in ('improvement', 'target') and g.confidence in ('stated', 'inferred') as telling
          from data.published_figure g) f
    group by f.region
  ), win as materialized (
    select w.region, count(*) as wins from data.quick_win w group by w.region
  )
  select r.code, r.slug, r.name, pub.bare_name(r.name), r.kind, v.code, v.slug, v.name, r.population, round(r.area_km2, 1), r.member, r.cohort_year,
         r.kind is not null and (r.member or n.region is not null or f.region is not null or w.region is not null),
         first.publication, n.value, n.shown, n.label_id, n.label_en, f.region is not null, coalesce(w.wins, 0),
         coalesce(past.real, false) or coalesce(f.telling, false), coalesce(past.simulated, false), coalesce(f.targets, false),
         m.x, m.y, case when m.near then round((m.x * 9.4 - 208) / 2.4, 2) end, case when m.near then round((m.y * 3.6 - 242) / 0.72, 2) end,
         r.longitude, lower(ext.unaccent(concat_ws(' ', r.name, v.name, r.code, act.place_words(r.code)))), n.at
  from data.region r
  left join data.province v on v.code = r.province
  left join first on first.region = r.code
  left join newest n on n.region = r.code
  left join past on past.region = r.code
  left join fact f on f.region = r.code
  left join win w on w.region = r.code
  cross join lateral (
    select pub.map_x(r.longitude) as x, pub.map_y(r.latitude) as y, pub.near(r.longitude, r.latitude) as near) m
  where r.member or f.region is not null or w.region is not null or exists (select from data.read_entrant e where e.region = r.code);
end;

-- Published figures.
create or replace function act.read_figure() returns setof data.read_figure
language sql stable
begin atomic
  select f.id, f.region, f.year, f.measure, m.ord, m.unit,
         coalesce(m.name_id, replace(f.measure, '_', ' ')), coalesce(m.name_en, replace(f.measure, '_', ' ')), f.value,
         case when m.unit in ('score', 'target', 'difference') then pub.shown(f.value, null) else trim_scale(f.value) end,
         f.rank_scope, f."group", f.denominator, f.confidence, f.note, f.source, pub.source_url(f.source), pub.source_name(f.source)
  from data.published_figure f
  left join pub.measure m on m.code = f.measure;
end;

-- Quick wins.
create or replace function act.read_win() returns setof data.read_win
language sql stable
begin atomic
  with win as materialized (
    select w.*, r.slug, r.name, pub.bare_name(r.name) as bare, r.kind, v.code as province, v.slug as province_slug, v.name as province_name,
           string_to_array(pub.plain(r.name), ' ') as named,
           setweight(act.vector(w.title), 'A') || setweight(act.vector(w.summary), 'B') as said,
           setweight(act.vector(concat_ws(' ', w.agency, t.problem, t.solution, t.lesson)), 'C')
           || setweight(act.vector(concat_ws(' ', r.name, v.name, act.place_words(r.code))), 'D') as around
    from data.quick_win w
    join data.region r on r.code = w.region
    left join data.province v on v.code = r.province
    left join pub.win_story t on t.id = w.id
  ), word as materialized (
    select w.id, l.lexeme as word, pub.stem_id(l.lexeme) as stem, 'A' = any (l.weights) as titled
    from win w
    cross join lateral unnest(w.said) l
    where l.lexeme ~ '^[^0-9]{3,}$' and l.lexeme !~ pub.small_words() and l.lexeme <> all (w.named)
      and l.lexeme <> all ('{smart,city,quick,win,program,layanan,pelayanan,aplikasi,kota,kabupaten,daerah,sistem,informasi,salah,satu,dua,tiga,inovasi,
                             evaluasi,dipaparkan,diinventarisir,unggulan,percepatan,prioritas,penopang,hasil,penghasil,menjadi,super,governance,branding,
                             economy,living,society,environment}')
  ), stem as materialized (
    select s.stem, count(distinct s.id) as wins, array_agg(distinct s.word) as forms from word s group by s.stem
  ), telling as (
    -- Of the words that others use too, the six that fewest use; those in the title are twice as telling.
    select t.id, t.forms, row_number() over (partition by t.id order by case when t.titled then 1 else 2 end * t.wins, t.stem) as place
    from (select w.id, bool_or(w.titled) as titled, s.stem, s.wins, s.forms
          from word w join stem s on s.stem = w.stem and s.wins > 1
          group by w.id, s.stem, s.wins, s.forms) t
  ), theme as (
    select t.id, string_agg(quote_literal(f), '|')::tsquery as words from telling t cross join unnest(t.forms) f where t.place <= 6 group by t.id
  )
  select w.id, w.region, w.slug, w.name, w.bare, w.kind, w.province, w.province_slug, w.province_name, d.code, d.ord, d.name_id, d.name_en,
         w.title, w.summary, w.agency, left(replace(pub.plain(a.name), ' ', '-'), 64), a.name, w.year,
         row_number() over (partition by w.region order by w.year desc nulls last, w.id desc) = 1,
         w.source, pub.source_url(w.source), pub.source_name(w.source), pub.source_rest(w.source),
         pub.plain(w.title), w.said || w.around, coalesce(t.words, '')
  from win w
  cross join lateral (select act.agency_name(w.agency) as name) a
  left join theme t on t.id = w.id
  left join data.dimension d on d.code = w.dimension;
end;

-- Every word of those, and of the directory; both are taken from their tables, which come first.
create or replace function act.read_word() returns setof data.read_word
language sql stable
begin atomic
  select w.word, pub.stem_id(w.word), pub.stem_en(w.word), sum(w.wins), bool_or(w.place)
  from (select l.lexeme as word, count(*) as wins, false as place
        from data.read_win r cross join lateral unnest(r.whole) l
        group by l.lexeme
        union all
        select p.word, 0, true
        from data.read_region r cross join lateral regexp_split_to_table(pub.plain(r.words), ' ') p (word)
        where r.listed and p.word ~ '^[^0-9]'
        group by p.word) w
  group by w.word;
end;
