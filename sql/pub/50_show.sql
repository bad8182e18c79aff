-- How figures, rounds and sources are shown: the choices that all pages share.

-- A value with the decimals that it is read with: those of the criterion's rounding step, else two,
-- and up to three where the value has more (a computed 3.315 beside an official 3.31). NULL for no
-- value.
create or replace function pub.shown(value numeric, round_step numeric) returns numeric
language sql immutable parallel safe
return round(value, greatest(coalesce(scale(trim_scale(round_step)), 2),
                             least(3, scale(trim_scale(value)))));

-- A statistic of many values (median, quartile) with the decimals of one of them and no more. NULL
-- for no value.
create or replace function pub.shown_average(value numeric, round_step numeric) returns numeric
language sql immutable parallel safe
return round(value, coalesce(scale(trim_scale(round_step)), 2));

-- A name inside a sentence: with a small first letter, unless it begins like an abbreviation.
create or replace function pub.inline(name text) returns text
language sql immutable parallel safe
return case when name ~ '^[[:upper:]]([[:lower:]]|$)' then lower(left(name, 1)) || substr(name, 2)
  else name end;

-- The web address in a source text; NULL when it has none.
create or replace function pub.source_url(source text) returns text
language sql immutable parallel safe
return substring(source from 'https?://[^[:space:]<>"]+');

-- What a source is called in short: the host of its address, else its own text.
create or replace function pub.source_name(source text) returns text
language sql immutable parallel safe
return coalesce(substring(source from 'https?://(?:www\.)?([^/[:space:]<>"]+)'), source);

-- What a source says beside its address; NULL when that is nothing.
create or replace function pub.source_rest(source text) returns text
language sql immutable parallel safe
return nullif(btrim(replace(source, coalesce(pub.source_url(source), source), ''), ' ;,'), '');

-- What menus and headings call a round: its year where that is its code, else its title, which says
-- so when the round is simulated; `word` is that word in the title's language.
create or replace function pub.round_label(round text, year integer, simulated boolean, title text,
                                           word text) returns text
language sql immutable parallel safe
return case when round = year::text then round
            when simulated and title !~* 'simula' then title || ' (' || word || ')'
            else title end;

-- A region's name without its kind, by which lists are ordered: Kota Kediri and Kabupaten Kediri
-- stand together.
create or replace function pub.bare_name(name text) returns text
language sql immutable parallel safe
return regexp_replace(name, '^(Kabupaten|Kota) ', '');

-- The same with a long kind in three letters, for a chart: Kab. Kediri.
create or replace function pub.short_name(name text) returns text
language sql immutable parallel safe
return regexp_replace(name, '^(Kab)upaten ', '\1. ');

-- The same where there is room for sixteen letters: a kota without its kind.
create or replace function pub.tight_name(name text) returns text
language sql immutable parallel safe
return regexp_replace(regexp_replace(pub.short_name(name), '^Kota ', ''), '^(.{14}).{3,}$', '\1…');

-- A number as sentences say it: a word up to eleven.
create or replace function pub.said_number(lang text, number bigint) returns text
language sql immutable parallel safe
return coalesce(
  (case when lang = 'en'
     then '{zero,one,two,three,four,five,six,seven,eight,nine,ten,eleven}'::text[]
     else '{nol,satu,dua,tiga,empat,lima,enam,tujuh,delapan,sembilan,sepuluh,sebelas}'
   end)[number + 1], number::text);

-- What a part is called beside the whole that it belongs to: without the name of the whole, unless
-- that is all it has.
create or replace function pub.part_name(name text, whole text) returns text
language sql immutable parallel safe
return case when strpos(lower(name), lower(whole)) > 0
  and length(btrim(overlay(name placing ''
                           from strpos(lower(name), lower(whole)) for length(whole)))) > 0
            then upper(left(btrim(overlay(name placing ''
                                          from strpos(lower(name),
                                                      lower(whole)) for length(whole))), 1))
                 || substr(btrim(overlay(name placing ''
                                         from strpos(lower(name), lower(whole)) for length(whole))),
                                           2)
            else name end;

-- What became of a value since the one before it: how far it moved, whether it rose or fell, and
-- whether that is better by a direction of 1, higher is better, or -1. NULL without both.
create or replace function pub.change(value numeric, previous numeric, step numeric,
                                      direction integer)
returns table (change numeric, change_shown numeric, moved_word text, grade_word text)
language sql immutable
begin atomic
  select c.change, pub.shown(c.change, step),
         case sign(c.change) when 1 then 'rose' when -1 then 'fell' end,
         case sign(c.change) * direction when 1 then 'better' when -1 then 'worse' end
  from (select value - previous as change) c;
end;

-- Whether a source says this main value of a region only between the lines.
create or replace function pub.implied(region text, year integer, value numeric) returns boolean
language sql stable
begin atomic
  select exists (
    select from pub.figure f
    where f.region = implied.region and f.measure = 'overall' and f.confidence = 'inferred'
      and f.year = implied.year and f.value = implied.value);
end;
