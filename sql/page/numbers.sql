-- Page numbers: what the office counts: which cities have come and sent, what waits, and how long
-- decisions take.

create or replace function page.numbers(lang text, belum text, halaman integer)
returns setof json
language sql stable
begin atomic
  with city as materialized (
    select * from pub.desk_numbers()
  ), shown as materialized (
    select c.*, row_number() over (order by c.bare, c.region) as place
    from city c
    where numbers.belum is null or c.last_in is null
  ), decided as materialized (
    select * from pub.desk_decided()
  )
  select row_to_json(d) from (
    select (select count(*) from city) as cities,
           (select count(*) from city c where c.last_in is not null) as came,
           (select count(*) from city c where c.sent > 0) as sent_cities,
           (select count(*) from city c where c.published > 0) as shown_cities,
           (select nullif(count(*), 0) from city c where c.last_in is null) as never_came,
           (select nullif(sum(c.waiting), 0) from city c) as waiting,
           (select min(c.oldest) from city c) as oldest,
           (select count(*) from decided) as decisions,
           (select round(percentile_cont(0.5) within group (order by x.days)::numeric, 1)
            from decided x) as median_days,
           (select round(percentile_cont(0.9) within group (order by x.days)::numeric, 1)
            from decided x) as most_days,
           belum,
           halaman as page_number,
           case when halaman > 1 then halaman - 1 end as previous_page,
           case when n.count > 50 * halaman then halaman + 1 end as next_page,
           case when n.count > 50 then (n.count + 49) / 50 end as last_page,
           (select json_agg(x) from (
              select s.region as code,
                     s.city,
                     s.operators,
                     s.owners,
                     nullif(s.invited, 0) as invited,
                     s.last_in::date as last_in,
                     nullif(s.sent, 0) as sent,
                     nullif(s.waiting, 0) as queued,
                     nullif(s.published, 0) as published,
                     s.days
              from shown s
              where s.place > 50 * (halaman - 1) and s.place <= 50 * halaman
              order by s.place) x) as rows
    from (select count(*) as count from shown) n
    where (select data.actor_role()) = 'office') d;
end;
