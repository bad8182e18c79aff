-- What a visitor's words look for. These functions are PL/pgSQL because it keeps the plans of what
-- they ask.

-- The word of the catalogue that a mistyped one most likely means; with `place` a word of a place
-- in the directory. NULL when none is near.
create or replace function pub.nearest_word(typed text, place boolean) returns text
language plpgsql stable as $$
begin
  return (
    select v.word
    from pub.word v
    cross join lateral (select ext.levenshtein_less_equal(v.word, nearest_word.typed,
                                                          2) as letters) d
    where v.word operator(ext.%) nearest_word.typed and (v.place or not nearest_word.place)
      and length(nearest_word.typed) between 4 and 60 and d.letters <= case
        when length(nearest_word.typed) < 5 then 1 else 2 end
    order by d.letters, ext.similarity(v.word, nearest_word.typed) desc, v.wins desc, v.word
    limit 1);
end $$;

-- The same search without signs that mean nothing: words, quotation marks around words that belong
-- together, a minus before a word to leave out, "atau" between alternatives. Small words go, unless
-- there is nothing else or they stand in quotation marks.
create or replace function pub.cleaned(words text) returns text
language plpgsql stable as $$
declare
  signs constant text := regexp_replace(regexp_replace(' ' || lower(ext.unaccent(words)),
                                                       '[^[:alnum:]"-]+', ' ', 'g'),
                                        '(?<! )-|-(?![[:alnum:]"])', ' ', 'g');
  rest constant text := regexp_replace(regexp_replace(signs, '\matau\M', 'or', 'g'),
                                       pub.small_words(), '', 'g');
begin
  return case when signs ~ '"' or rest !~ '[[:alnum:]]' then signs else rest end;
end $$;

-- Each word of a search with all words of the catalogue that it finds: itself, other forms of it,
-- words that mean the same, and, when there is nothing like it, the word that was meant (`meant`).
create or replace function pub.asked_words(typed text[], last text)
returns table (word text, meant text, forms text[])
language plpgsql stable rows 4 as $$
#variable_conflict use_column
declare
  wanted text;
  also   text[];
begin
  foreach word in array asked_words.typed loop
    meant := null;
    for step in 1 .. 2 loop
      wanted := coalesce(meant, word);
      also := wanted || coalesce((
        select array_agg(distinct s.other)
        from (select unnest(w.words) as other from pub.same_words w
              where w.words && array[wanted, pub.stem_id(wanted), pub.stem_en(wanted)]) s), '{}');
      forms := (
        select array_agg(v.word)
        from pub.word v
        where v.word = any (also)
           or v.stem_id = any (array(select pub.stem_id(w) from unnest(also) w))
           or v.stem_en = any (array(select pub.stem_en(w) from unnest(also) w)));
      exit when forms is not null or step = 2
             or (word = asked_words.last and exists (select from pub.word v
                                                     where v.word like asked_words.last || '%'));
      meant := pub.nearest_word(word, false);
      exit when meant is null;
    end loop;
    return next;
  end loop;
end $$;

-- Each word of a search as what may stand in its place, `'sampah'|'persampahan'`, for tsquery; the
-- last word begins with what was typed.
create or replace function pub.alternatives(word text, meant text, forms text[], last text)
  returns text
language sql immutable
return (select '(' || string_agg(quote_literal(w) || case when w = alternatives.last then ':*'
                                 else '' end, '|') || ')'
        from (select distinct unnest(array[alternatives.word,
                                           coalesce(alternatives.meant, alternatives.word)]
                                             || alternatives.forms) as w) u);

-- A search: `query` finds, `exact` has the words as they were typed, `pattern` is what to mark in a
-- text (half a word at the end already finds), `plain` what a title may be equal to, `corrected`
-- how the search reads with the words that were meant; NULL without a mistake. When no quick win
-- has all words, it is `partial`: numbers that none has are left aside, and of the words one may be
-- missing. Without words all of them are NULL.
create or replace function pub.asked(words text)
returns table (query tsquery, exact tsquery, pattern text, plain text, corrected text,
               partial boolean)
language plpgsql stable rows 1 as $$
#variable_conflict use_column
declare
  clean  text := pub.cleaned(asked.words);
  last   text;
  parsed text[];
  parts  text[];
  idle   text[];    -- numbers that nothing has
begin
  if clean ~ '[[:alnum:]]' then
    -- Every second piece is a word in quotation marks, the others say how they belong together.
    parsed := array(select m[1] from regexp_matches(websearch_to_tsquery('pg_catalog.simple',
      clean)::text, '''[^'']+''|[^'']+', 'g') m);
    last := case when asked.words ~ '[[:alnum:]]{3}$' and clean !~ '["-]'
      then substring(clean from '([[:alnum:]]+)$') end;
    plain := pub.plain(asked.words);
    with found as materialized (
      select f.word, f.meant, f.forms, pub.alternatives(f.word, f.meant, f.forms, last) as piece,
        f.forms is null and f.word !~ '[^0-9]' as idle
      from pub.asked_words(array(select distinct btrim(p, '''') from unnest(parsed) p
                                 where p like '''%'), last) f
    )
    select (select string_agg(coalesce(f.piece, p.text), '' order by p.ord)
            from unnest(parsed) with ordinality p (text, ord)
              left join found f on p.text = quote_literal(f.word))::tsquery,
           coalesce(string_agg(quote_literal(coalesce(f.meant, f.word)), '|')
                    filter (where not f.idle), string_agg(quote_literal(f.word), '|'))::tsquery,
           '\m(' || (select string_agg(distinct w || case when w = last then '[[:alnum:]]*'
                                       else '' end, '|')
                     from found g cross join unnest(coalesce(g.meant, g.word) || g.forms) w)
                       || ')\M',
           case when bool_or(f.meant is not null)
                then (select string_agg(coalesce(g.meant, w.word), ' ' order by w.ord)
                      from regexp_split_to_table(plain, ' ') with ordinality w (word, ord)
                        left join found g on g.word = w.word) end,
           array_agg(f.piece) filter (where not f.idle), array_agg(f.word) filter (where f.idle)
    into query, exact, pattern, corrected, parts, idle
    from found f;
    partial := cardinality(parsed) > 1 and not exists (select from unnest(parsed) p
                                                       where p not like '''%' and p <> ' & ')
               and not exists (select from pub.quick_win w where w.whole @@ query);
    if partial and idle is not null and parts is not null then
      query := array_to_string(parts, ' & ')::tsquery;
      plain := (select string_agg(w.word, ' ' order by w.ord)
                from regexp_split_to_table(plain, ' ') with ordinality w (word, ord)
                  where w.word <> all (idle));
    end if;
    if partial and cardinality(parts) between 2 and 8
      and not exists (select from pub.quick_win w where w.whole @@ query) then
      query := (
        select string_agg('(' || (select string_agg(p.piece, ' & ')
                                  from unnest(parts) with ordinality p (piece, n) where p.n <> o.n)
                                    || ')', ' | ')
        from generate_subscripts(parts, 1) o (n))::tsquery;
    end if;
  end if;
  return next;
end $$;

-- A text in pieces, in their order: those that a search looked for, and what stands between them.
create or replace function pub.pieces(text text, pattern text)
returns table (n bigint, piece text, hit boolean)
language sql immutable
begin atomic
  -- What was looked for is put between two signs that no text has, so that every second piece is a
  -- hit.
  select p.n, p.piece, p.n % 2 = 0
  from string_to_table(coalesce(regexp_replace(pieces.text, pieces.pattern,
                                               chr(1) || '\1' || chr(1), 'gi'), pieces.text),
                                                 chr(1)) with ordinality p (piece, n)
  where p.piece <> '' or p.n = 1;
end;
