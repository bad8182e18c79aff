-- Page letters: letters that were handed in, those that wait first: for the office all, for a city
-- its own.

create or replace function page.letters(lang text, halaman integer) returns setof json
language sql stable
begin atomic
  with letter as (
    select l.*, r.name as city, r.bare,
           l.state = 'submitted' and me.role = 'office' and me.id <> all (l.writers)
             as mine,
           l.state in ('draft', 'returned')
             and data.writes_letter(l.region, l.by_office, me.role, me.region) as edits
    from (select data.actor() as id, data.actor_role() as role, data.actor_region() as region
          offset 0) me
    cross join data.letter l
    left join pub.region r on r.code = l.region
    where l.state <> 'withdrawn'
  )
  select row_to_json(d) from (
    select (select nullif(count(*), 0) from letter l where l.mine) as waiting,
           (select l.id from letter l where l.mine order by l.submitted_at, l.id limit 1)
             as oldest,
           (select nullif(count(*), 0) from letter l where l.edits) as unsent,
           halaman as page_number,
           case when halaman > 1 then halaman - 1 end as previous_page,
           case when c.count > 30 * halaman then halaman + 1 end as next_page,
           case when c.count > 30 then (c.count + 29) / 30 end as last_page,
           (select json_agg(x) from (
              select l.id,
                     coalesce(l.number, l.name) as letter_name,
                     coalesce(l.city, l.region) as city,
                     l.year,
                     l.state as s_word,
                     l.corrects is not null as corrects,
                     date_trunc('second', coalesce(l.decided_at, l.submitted_at, l.saved_at)) as at,
                     l.mine as decides,
                     l.edits
              from letter l
              order by l.mine desc, l.edits desc, l.state = 'submitted' desc,
                       coalesce(l.decided_at, l.submitted_at, l.saved_at) desc, l.id desc
              limit 30 offset 30 * (halaman - 1)) x) as letters
    from (select data.actor_role() as role offset 0) me
    cross join (select count(*) from letter) c
    where me.role in ('office', 'operator')) d;
end;
