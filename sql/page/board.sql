-- Page board: where somebody who signed in begins. A city sees its quick wins and what each waits
-- for, the office what waits for it.

create or replace function page.board(lang text, keadaan text, halaman integer) returns setof json
language sql stable
begin atomic
  with win as (
    select * from pub.desk_wins()
  ), chosen as (
    select * from win w where board.keadaan is null or w.state = board.keadaan
  ), counted as (
    select nullif(count(*) filter (where w.state = 'submitted'), 0) as submitted,
           nullif(count(*) filter (where w.state = 'returned'), 0) as returned,
           nullif(count(*) filter (where w.state = 'draft'), 0) as drafts,
           nullif(count(*) filter (where w.state = 'mending'), 0) as mending,
           nullif(count(*) filter (where w.state in ('returned', 'mending', 'draft')), 0) as waiting,
           min(w.at) filter (where w.state = 'submitted') as oldest,
           (array_agg(w.id order by w.at, w.id) filter (where w.state = 'submitted'))[1]
             as oldest_win,
           (select count(*) from chosen) as count
    from win w
  )
  select row_to_json(d) from (
    select me.role in ('operator', 'owner') as own,
           c.submitted,
           c.returned,
           c.mending,
           c.drafts,
           c.waiting,
           date_trunc('second', c.oldest) as oldest,
           c.oldest_win,
           keadaan,
           c.count > 0 as listed,
           halaman as page_number,
           case when halaman > 1 then halaman - 1 end as previous_page,
           case when c.count > 20 * halaman then halaman + 1 end as next_page,
           case when c.count > 20 then (c.count + 19) / 20 end as last_page,
           (select json_agg(x) from (
              select s.state as s_word,
                     count(*) as wins,
                     s.state is not distinct from board.keadaan as current
              from (values (1, 'submitted'), (2, 'returned'), (3, 'mending'), (4, 'draft'),
                           (5, 'published'), (6, 'rejected'), (7, 'joined'), (8, 'withdrawn'))
                s (ord, state)
              join win w on w.state = s.state
              group by s.ord, s.state
              order by s.ord) x) as states,
           -- What waits for the one who asks first: for a city what came back and what it began,
           -- for the office what was sent, the oldest first.
           (select json_agg(x) from (
              select w.id,
                     nullif(t.title, '') as win,
                     coalesce(r.name, w.region) as city,
                     pub.pick(lang, m.name_id, m.name_en) as dimension_name,
                     w.state as s_word,
                     date_trunc('second', w.at) as at,
                     w.published as shown,
                     w.writes and w.state in ('draft', 'returned', 'mending') as edits
              from (
                select w.*,
                       row_number() over (
                         order by case when w.writes
                                       then array_position(array['returned', 'mending', 'draft',
                                                                 'submitted', 'published',
                                                                 'rejected', 'joined',
                                                                 'withdrawn'], w.state)
                                       else array_position(array['submitted', 'returned',
                                                                 'published', 'rejected',
                                                                 'joined', 'withdrawn',
                                                                 'draft'], w.state) end,
                                  case when w.state = 'submitted' and not w.writes then w.at end,
                                  w.at desc,
                                  w.id) as place
                from chosen w
                order by place
                limit 20 offset 20 * (halaman - 1)) w
              join data.win_version t on t.win = w.id and t.n = w.n
              left join pub.region r on r.code = w.region
              left join pub.dimension m on m.code = w.dimension
              order by w.place) x) as wins,
           -- What the portal shows for the city from another source.
           (select json_agg(x) from (
              select u.id as number,
                     u.title as found_win,
                     pub.pick(lang, m.name_id, m.name_en) as dimension_name,
                     u.year
              from pub.unkept_wins() u
              left join pub.dimension m on m.code = u.dimension
              order by u.year desc nulls last, u.id) x) as found,
           (select nullif(count(*), 0) from pub.unkept_wins()) as found_count
    from (select (select data.actor_role()) as role) me
    cross join counted c
    where me.role is not null) d;
end;
