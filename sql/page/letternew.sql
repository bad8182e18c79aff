-- Page letternew: begins a letter: of which city and year, and its file. For a city's operator and
-- the office.

create or replace function page.letternew(lang text, kota text, tahun integer, kabar text,
                                          sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select coalesce(o.faults ->> 'file', case kabar when 'besar' then 'large' end)
             as file_word,
           o.faults ->> 'region' as bad_region,
           o.faults ->> 'year' as bad_year,
           nullif(o.word, 'invalid') as outcome_word,
           coalesce(o.word, kabar) is not null as refused,
           me.region as own_region,
           (select json_agg(x) from (
              select r.code,
                     r.name as region_label,
                     case when o.typed ? 'region' then r.code = o.typed ->> 'region'
                          else r.slug = kota end as chosen
              from pub.region r
              where me.role = 'office'
              order by r.bare, r.slug) x) as regions,
           (select json_agg(x) from (
              select y.year,
                     y.year = case when o.typed ->> 'year' ~ '^\d{4}$'
                                   then (o.typed ->> 'year')::integer else tahun end as chosen
              from generate_series(extract(year from now())::integer, 2019, -1) y (year)) x)
             as years
    from (select data.actor_role() as role, data.actor_region() as region offset 0) me
    cross join (
      select letternew.answer ->> 'outcome' as word,
             letternew.answer -> 'faults' as faults,
             letternew.sent as typed) o
    where me.role in ('office', 'operator')) d;
end;
