-- Searching the quick wins.

-- The quick wins that fit a visitor's words and city, and whether each fits the other choices;
-- every NULL means any. `dimension` 'lain': the source names none. A word may also be in the
-- region's name. `fit` orders them: the words as typed count more than words that mean the same,
-- those in the title more than those in the text, and a title that is or begins with what was typed
-- most.
create or replace function pub.searched_wins(words text, dimension text, province text, kind text,
                                             year integer, city text, agency text, topic text,
                                             size text)
returns table (id integer, dimension text, dimension_ord integer, dimension_id text,
               dimension_en text, title text, summary text, year integer, kind text,
               province_slug text, province_name text, slug text, name text, bare text,
               agency_slug text, agency_name text, size text, topics text[], substance integer,
               measured boolean, picture integer, copies bigint, fit real, in_dimension boolean,
               in_province boolean, in_kind boolean, in_year boolean, in_agency boolean,
               in_topic boolean, in_size boolean)
language sql stable
begin atomic
  select w.id, w.dimension, w.dimension_ord, w.dimension_id, w.dimension_en, w.title, w.summary,
         w.year, w.kind, w.province_slug, w.province_name, w.slug, w.name, w.bare, w.agency_slug,
         w.agency_name, w.size, w.topics, w.substance, w.measured, w.picture,
         (select count(distinct c.region) from pub.quick_win c where c.copied = w.id), w.fit,
         searched_wins.dimension is null or coalesce(w.dimension, 'lain') = searched_wins.dimension,
         searched_wins.province is null or coalesce(w.province_slug = searched_wins.province,
                                                    false),
         searched_wins.kind is null or coalesce(w.kind = searched_wins.kind, false),
         searched_wins.year is null or coalesce(w.year = searched_wins.year, false),
         searched_wins.agency is null or coalesce(w.agency_slug = searched_wins.agency, false),
         searched_wins.topic is null or searched_wins.topic = any (w.topics),
         searched_wins.size is null or coalesce(w.size = searched_wins.size, false)
  -- In two halves, so that words are looked up in the index whatever the plan was made for.
  from (
    select q.*, (case when q.plain = a.plain then 4 when starts_with(q.plain, a.plain) then 1
                 else 0 end
                 + 2 * ts_rank('{0.02,0.1,0.4,1}', q.whole, a.exact) + ts_rank('{0.02,0.1,0.4,1}',
                   q.whole, a.query))::real as fit
    from pub.asked(searched_wins.words) a
    join pub.quick_win q on q.whole @@ a.query
    union all
    select q.*, 0 from pub.quick_win q where searched_wins.words is null) w
  where searched_wins.city is null or w.slug = searched_wins.city;
end;

-- Those that fit everything.
create or replace function pub.found_wins(words text, dimension text, province text, kind text,
                                          year integer, city text, agency text)
returns table (id integer, dimension text, dimension_ord integer, dimension_id text,
               dimension_en text, title text, summary text,
               year integer, slug text, name text, bare text, fit real)
language sql stable
begin atomic
  select w.id, w.dimension, w.dimension_ord, w.dimension_id, w.dimension_en, w.title, w.summary,
    w.year, w.slug, w.name, w.bare, w.fit
  from pub.searched_wins(found_wins.words, found_wins.dimension, found_wins.province,
                         found_wins.kind, found_wins.year, found_wins.city,
                         found_wins.agency, null, null) w
  where w.in_dimension and w.in_province and w.in_kind and w.in_year and w.in_agency;
end;

-- The words with which a quick win says what it is about, those of its title and summary that are
-- not in most of them anyhow nor in the name of its region, and their stems.
create or replace function pub.telling_words(whole tsvector, name text)
returns table (word text, stem text, titled boolean)
language sql stable
begin atomic
  select l.lexeme, pub.stem_id(l.lexeme), 'A' = any (l.weights)
  from unnest(telling_words.whole) l
  where l.weights && '{A,B}' and l.lexeme ~ '^[^0-9]{3,}$' and l.lexeme !~ pub.small_words()
    and l.lexeme <> all (string_to_array(pub.plain(telling_words.name), ' '))
    and l.lexeme <> all ('{smart,city,quick,win,program,layanan,pelayanan,aplikasi,kota,kabupaten,
                           daerah,sistem,informasi,salah,satu,dua,tiga,inovasi,evaluasi,dipaparkan,
                           diinventarisir,unggulan,percepatan,prioritas,penopang,hasil,penghasil,
                           menjadi,super,governance,branding,economy,living,society,environment}');
end;

-- What quick wins share that are like this one: any form of the six telling words that fewest
-- others use; those of its title are twice as telling. NULL when it has none.
create or replace function pub.theme(whole tsvector, name text) returns tsquery
language sql stable
begin atomic
  select string_agg(quote_literal(f.word), '|' order by f.word)::tsquery
  from (
    select s.stem
    from pub.telling_words(theme.whole, theme.name) t
    join pub.stem s on s.stem = t.stem and s.wins > 1
    group by s.stem, s.wins
    order by case when bool_or(t.titled) then 1 else 2 end * s.wins, s.stem
    limit 6) t
  join pub.word f on f.stem_id = t.stem and f.told > 0;
end;

-- Up to six quick wins of other regions that share telling words with one, those of the title
-- first; in the same dimension they count half as much again.
create or replace function pub.similar_wins(win integer)
returns table (id integer, place bigint)
language sql stable
begin atomic
  select o.id, row_number() over (order by ts_rank('{0,0,0.3,1}', o.whole, t.theme) * case
                                  when o.dimension = w.dimension then 1.5 else 1 end desc,
                                           o.year desc nulls last, o.id)
  from pub.quick_win w
  cross join lateral (select pub.theme(w.whole, w.name) as theme offset 0) t
  join pub.quick_win o on o.region <> w.region and o.whole @@ t.theme
  where w.id = similar_wins.win
  order by 2
  limit 6;
end;

-- A page on a region's own site that a source of ours names, that of the quick win first: its host
-- ends like kotakediri.go.id, kedirikota.go.id or kediri.go.id. No row when no source is such a
-- page.
create or replace function pub.official_page(region text, win integer)
returns table (url text, name text)
language sql stable rows 1
begin atomic
  select s.source_url, s.source_name
  from pub.region r
  cross join lateral (select regexp_replace(lower(r.bare), '[^a-z]', '', 'g') as bare,
                      case r.kind when 'kota' then 'kota' else 'kab(upaten)?' end as kind) n
  cross join lateral (
    select w.source_url, w.source_name, case when w.id = official_page.win then 9999
      else coalesce(w.year, 0) end as year
    from pub.quick_win w where w.region = r.code
    union all
    select f.source_url, f.source_name, coalesce(f.year, 0) from pub.figure f
      where f.region = r.code) s
  where r.code = official_page.region
    and s.source_name ~ ('(^|\.)(' || n.bare || '(' || n.kind || ')?|(' || n.kind || ')' || n.bare
                         || ')\.go\.id$')
  order by s.year desc, s.source_url
  limit 1;
end;
