-- The regions of the directory.

-- What a visitor's words look for there: a pattern for each word, one that nothing has where there
-- is no word, and how they read with the places that were meant; NULL without a mistake.
create or replace function pub.asked_places(words text)
returns table (patterns text[], corrected text)
language plpgsql stable rows 1 as $$
#variable_conflict use_column
begin
  select coalesce(array_agg('%' || p.wanted || '%' order by p.ord), array['?']),
         case when bool_or(p.wanted <> p.word) then string_agg(p.wanted, ' ' order by p.ord) end
  into patterns, corrected
  from (
    select w.ord, w.word,
           -- A word of quick wins is no mistyped place: who types "sampah" does not mean Sampang.
           case when exists (select from pub.region r where r.listed
                             and strpos(r.words, w.word) > 0)
                  or exists (select from pub.word v where v.word = w.word) then w.word
                else coalesce(pub.nearest_word(w.word, true), w.word) end as wanted
    from regexp_split_to_table(pub.place_name(asked_places.words),
                               ' ') with ordinality w (word, ord)
    where w.word <> '') p;
  return next;
end $$;

-- The fifty, and every other kota and kabupaten about which something real was published; regions
-- that only a package knows stand on the pages of their rounds alone. Every word asked for must be
-- part of the name, the province or the code.
create or replace function pub.directory(words text, province text, kind text)
  returns setof pub.region
language sql stable
begin atomic
  select r.*
  from pub.region r
  where r.listed
    and (directory.province is null or r.province_slug = directory.province)
    and (directory.kind is null or r.kind = directory.kind)
    -- The words become patterns once, not once for each region.
    and (directory.words is null or r.words like all (array(
      select unnest(a.patterns) from pub.asked_places(directory.words) a)));
end;
