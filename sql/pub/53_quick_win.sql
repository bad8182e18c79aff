-- Searching the quick wins.

-- What a visitor's words look for: Indonesian stems, the words as they stand, and words that begin with the last one,
-- so that half a word already finds. NULL for no words.
create or replace function pub.wanted(words text) returns tsquery
language sql stable parallel safe
return case when btrim(words) <> '' then
  websearch_to_tsquery('pg_catalog.indonesian', words) || websearch_to_tsquery('pg_catalog.simple', words)
  || case when words ~ '[[:alnum:]]{3,}$' and words !~ '["-]'
          then to_tsquery('pg_catalog.simple', array_to_string(regexp_split_to_array(
                 btrim(lower(regexp_replace(words, '[^[:alnum:]]+', ' ', 'g'))), ' +'), ' & ') || ':*')
          else ''::tsquery end
end;

-- The quick wins that fit a visitor's words and city, and whether each fits the other choices; every NULL means any.
-- `dimension` 'lain': the source names none. A word may also be in the region's name. `fit` orders them: words of the title count most.
create or replace function pub.searched_wins(words text, dimension text, province text, kind text, year integer, city text)
returns table (id integer, dimension text, dimension_ord integer, dimension_id text, dimension_en text, title text, summary text,
               year integer, kind text, province_slug text, province_name text, slug text, name text, fit real,
               in_dimension boolean, in_province boolean, in_kind boolean, in_year boolean)
language sql stable
begin atomic
  with asked as materialized (select pub.wanted(searched_wins.words) as query)
  select w.id, w.dimension, w.dimension_ord, w.dimension_id, w.dimension_en, w.title, w.summary, w.year, w.kind,
         w.province_slug, w.province_name, w.slug, w.name, coalesce(ts_rank(w.whole, a.query), 0),
         searched_wins.dimension is null or coalesce(w.dimension, 'lain') = searched_wins.dimension,
         searched_wins.province is null or coalesce(w.province_slug = searched_wins.province, false),
         searched_wins.kind is null or coalesce(w.kind = searched_wins.kind, false),
         searched_wins.year is null or coalesce(w.year = searched_wins.year, false)
  from asked a
  join pub.quick_win w on searched_wins.words is null or w.whole @@ a.query
  where searched_wins.city is null or w.slug = searched_wins.city;
end;

-- Those that fit everything.
create or replace function pub.found_wins(words text, dimension text, province text, kind text, year integer, city text)
returns table (id integer, dimension text, dimension_ord integer, dimension_id text, dimension_en text, title text, summary text,
               year integer, slug text, name text, fit real)
language sql stable
begin atomic
  select w.id, w.dimension, w.dimension_ord, w.dimension_id, w.dimension_en, w.title, w.summary, w.year, w.slug, w.name, w.fit
  from pub.searched_wins(found_wins.words, found_wins.dimension, found_wins.province, found_wins.kind, found_wins.year, found_wins.city) w
  where w.in_dimension and w.in_province and w.in_kind and w.in_year;
end;

-- Up to six quick wins of other regions that share words with one, those of its dimension first.
create or replace function pub.similar_wins(win integer)
returns table (id integer, place bigint)
language sql stable
begin atomic
  select o.id, row_number() over (order by o.dimension is not distinct from w.dimension desc, ts_rank(o.search, q.words) desc, o.year desc nulls last, o.id)
  from pub.quick_win w
  cross join lateral (
    select string_agg(quote_literal(t.lexeme), ' | ')::tsquery as words
    from unnest(to_tsvector('pg_catalog.indonesian', w.title || ' ' || w.summary)) t
    where t.lexeme !~ '^[0-9]+$' and t.lexeme not in ('smart', 'city', 'quick', 'win', 'program', 'layan', 'aplikasi', 'kota', 'daerah')) q
  join pub.quick_win o on o.region <> w.region and o.search @@ q.words
  where w.id = similar_wins.win
  order by 2
  limit 6;
end;
