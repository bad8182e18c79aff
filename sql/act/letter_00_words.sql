-- What acts on letters share (sql/schema/72_letter.sql).

-- The answer with the letter as it is then.
create or replace function act.said(word text, held data.letter, faults jsonb default null)
returns data.outcome
language sql immutable
return row(word, held.id, null, held.row_version, faults)::data.outcome;

-- What a form sent in a language, as it is stored.
create or replace function act.letter_read(lang text, fields jsonb) returns jsonb
language sql stable as $$
  select coalesce(jsonb_object_agg(f.name, case f.part
    when 'group' then to_jsonb(pub.group_meant(fields ->> f.name))
    else pub.meant(lang, f.kind, fields ->> f.name) end), '{}')
  from pub.letter_field f
  where jsonb_typeof(fields -> f.name) = 'string'
    and fields ->> ('keep_' || f.name) is distinct from 'theirs';
$$;

-- What is wrong with one text of a letter of that year, or null. Scores lie on the programme's
-- scale, ranks are whole and not beyond all regions that there are.
create or replace function act.letter_fault(f pub.letter_field, t text, year integer) returns text
language plpgsql stable as $$
begin
  return case
    when t is null or t = '' then null
    when f.name = 'issued' then case
      when not act.is_day(t) or length(t) <> 10 then 'date'
      when t::date > (now() at time zone interval '7:00')::date then 'future'
      when left(t, 4)::integer < letter_fault.year
        or left(t, 4)::integer > letter_fault.year + 3 then 'far' end
    when f.kind = 'line' and length(t) > case when f.part = 'group' then 60 else 200 end then 'long'
    when f.kind = 'line' and t ~* '://|[<>]' then 'link'
    when f.part = 'group' and lower(t) in ('umum', 'reguler', 'regular') then 'regular'
    when act.field_fault(t, f.kind) is not null then act.field_fault(t, f.kind)
    when f.unit = 'score' then case
      when t::numeric not between 0 and 4 then 'scale'
      when t ~ '[.]\d{4,}$' then 'decimals' end
    when f.unit = 'difference' then case
      when t::numeric not between -4 and 4 then 'scale'
      when t ~ '[.]\d{4,}$' then 'decimals' end
    when f.unit = 'rank' or f.part = 'of'
      then case when t !~ '^[1-9]\d{0,2}$' then 'rank' end end;
end $$;

-- The same of all that was sent, {field: word}, or null.
create or replace function act.letter_wrong(fields jsonb, year integer) returns jsonb
language sql stable as $$
  select jsonb_object_agg(f.name, w.fault)
  from pub.letter_field f
  cross join lateral act.letter_fault(f, fields ->> f.name, letter_wrong.year) w (fault)
  where w.fault is not null;
$$;

-- The fact that stands for a measure of a region and year.
create or replace function act.fact_of(region text, year integer, measure text)
returns setof data.published_figure
language sql stable rows 1 as $$
  select f.* from data.published_figure f
  where f.region = fact_of.region and f.year = fact_of.year and f.measure = fact_of.measure
  order by f.letter is null, array_position(array['stated', 'inferred', 'weak', 'conflicting'],
                                            f.confidence), f.id
  limit 1;
$$;

-- What a letter would change of the facts: figures that come, that stand otherwise, and those of
-- the letter that it corrects which it has no more.
create or replace function act.letter_changes(l data.letter, words jsonb)
returns table (measure text, figure integer, old_value numeric, new_value numeric, old_of integer,
               new_of integer, old_group text, new_group text, old_source text,
               old_confidence text)
language sql stable as $$
  select f.measure, o.id, o.value, n.value, o.denominator, n."of", o."group", n."group", o.source,
         o.confidence
  from pub.letter_field f
  left join lateral act.fact_of(l.region, l.year, f.measure) o on true
  cross join lateral (
    -- What a letter can not say of a figure stays.
    select (words ->> f.name)::numeric as value,
           case when f.unit = 'rank' then (words ->> (f.name || '_of'))::integer
                else o.denominator end as "of",
           case when f.measure = 'national_rank_in_group' then words ->> (f.name || '_group')
                else o."group" end as "group") n
  where f.part = 'value'
    and case when words ? f.name
             then o.id is null
                  or (o.value, o.denominator, o."group")
                     is distinct from (n.value, n."of", n."group")
             else o.letter in (select p.id from data.letter p
                               where l.corrects in (p.id, p.corrects)) end
  order by f.ord;
$$;

-- What keeps a letter from being sent, {field: word}, or null: what lacks, what does not go
-- together, and a figure that stands otherwise and would be replaced without a reason.
create or replace function act.letter_lacks(l data.letter, words jsonb) returns jsonb
language plpgsql stable as $$
begin
  return nullif(coalesce((
      select jsonb_object_agg(f.name, 'missing') from pub.letter_field f
      where f.box = 'head' and words ->> f.name is null), '{}')
    || coalesce((
      select jsonb_object_agg(v.name, 'rank_of')
      from pub.letter_field v join pub.letter_field o on o.measure = v.measure and o.part = 'of'
      where v.part = 'value' and (words ->> v.name)::numeric > (words ->> o.name)::numeric), '{}')
    || coalesce((
      select jsonb_object_agg(v.name, 'alone')
      from pub.letter_field v join pub.letter_field o on o.measure = v.measure and o.part <> 'value'
      where v.part = 'value' and words ->> v.name is null and words ->> o.name is not null), '{}')
    || case when words ? 'national_rank_in_group' and not words ? 'national_rank_in_group_group'
            then '{"national_rank_in_group_group": "missing"}' else '{}'::jsonb end
    || case when not exists (select from pub.letter_field f where f.part = 'value'
                             and words ? f.name)
            then '{"overall": "none"}' else '{}'::jsonb end
    || case when not words ? 'reason' and exists (
              select from act.letter_changes(l, words) c
              where c.old_value is not null or c.new_value is null)
            then '{"reason": "missing"}' else '{}'::jsonb end
    || coalesce(act.letter_wrong(words, l.year), '{}'), '{}');
end $$;

-- The letter that who asks may read, locked; all null: there is none for them.
create or replace function act.letter_hold(me data.account, letter integer) returns data.letter
language plpgsql as $$
declare
  held data.letter;
begin
  select l.* into held from data.letter l
  where l.id = letter_hold.letter and data.reads_letter(l.region, me.role, me.region)
  for update;
  return held;
end $$;

-- How each act on a letter begins (act.begun).
create or replace function act.letter_begun(me data.account, held data.letter, seen integer,
                                            key text, asked text[], may boolean,
                                            faults jsonb default null) returns data.outcome
language sql as $$
  select act.begun(me, key, asked, may, faults, seen is distinct from held.row_version,
                   act.said('', held));
$$;

-- How it ends: the letter is another one than those who look at it have seen.
create or replace function act.letter_done(me data.account, key text, letter integer)
returns data.outcome
language sql as $$
  with changed as (
    update data.letter l set row_version = l.row_version + 1 where l.id = letter
    returning l as held
  )
  select act.once_done(me.id, key, act.said('done', c.held)) from changed c;
$$;
