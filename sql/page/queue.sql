-- Page queue: what waits for the office, filtered and sorted by its address, forty a page; several
-- are assigned or decided at once.

create or replace function page.queue(lang text, cari text, kota text, dimensi text, umur text,
                                      pembaca text, urut text, halaman integer, sent jsonb,
                                      answer jsonb) returns setof json
language sql stable
begin atomic
  with found as materialized (
    select q.* from pub.desk_queue(queue.cari, queue.kota, queue.dimensi, queue.umur,
                                   queue.pembaca, coalesce(queue.urut, 'tertua')) q
  ), counted as (
    select count(*) as count from found
  )
  select row_to_json(d) from (
    select c.count as waiting,
           c.count = 0 as nothing,
           queue.cari,
           queue.umur as umur_word,
           queue.pembaca as pembaca_word,
           coalesce(queue.urut, 'tertua') as urut_word,
           num_nonnulls(queue.cari, queue.kota, queue.dimensi, queue.umur, queue.pembaca) > 0
             as filtered,
           queue.kota,
           queue.dimensi,
           coalesce(halaman, 1) as page_number,
           case when halaman > 1 then halaman - 1 end as previous_page,
           case when c.count > 40 * coalesce(halaman, 1) then coalesce(halaman, 1) + 1 end
             as next_page,
           case when c.count > 40 then (c.count + 39) / 40 end as last_page,
           nullif(answer ->> 'outcome', 'done') as outcome_word,
           answer -> 'faults' ->> 'win' as bad_win_word,
           answer -> 'faults' ->> 'reason' as bad_reason_word,
           answer -> 'faults' ->> 'reader' as bad_reader,
           answer -> 'faults' ->> 'verdict' as bad_verdict,
           sent ->> 'reason' as reason,
           sent ->> 'verdict' as verdict_word,
           (select json_agg(x) from (
              select r.slug as city_code, r.name as city_label,
                     r.slug is not distinct from queue.kota as chosen
              from pub.region r
              where exists (select from data.win w
                            where w.region = r.code and w.told_state = 'submitted')
              order by r.bare, r.slug) x) as cities,
           (select json_agg(x) from (
              select m.code, pub.pick(lang, m.name_id, m.name_en) as name,
                     m.code is not distinct from queue.dimensi as chosen
              from pub.dimension m order by m.ord) x) as dimensions,
           (select json_agg(x) from (
              select a.id as person, a.name as person_name,
                     a.id::text is not distinct from queue.pembaca as chosen
              from data.account a
              where a.role = 'office' and a.state = 'active'
              order by a.name, a.id) x) as readers,
           (select json_agg(x) from (
              select s.code, case lang when 'en' then s.name_en else s.text end as standard,
                     coalesce(sent -> 'standard' ? s.code, false) as ticked
              from pub.standard_reason s order by s.ord) x) as standards,
           (select json_agg(x) from (
              select f.id,
                     f.row_version as seen,
                     f.title as win,
                     f.city,
                     pub.pick(lang, m.name_id, m.name_en) as dimension_name,
                     date_trunc('second', f.at) as at,
                     nullif(extract(day from now() - f.at)::integer, 0) as days,
                     data.person_name(f.reader) as reader_name,
                     f.unopened,
                     coalesce(sent -> 'win' ? (f.id || ':' || f.row_version), false) as ticked,
                     (select nullif(count(*), 1) from data.win_version v
                      where v.win = f.id and v.submitted_at is not null) as times
              from found f
              left join pub.dimension m on m.code = f.dimension
              where f.place > 40 * (coalesce(halaman, 1) - 1)
                and f.place <= 40 * coalesce(halaman, 1)
              order by f.place) x) as wins
    from (select (select data.actor_role()) as role) me
    cross join counted c
    where me.role = 'office') d;
end;
