-- Page board: where somebody who signed in begins. A city sees its quick wins and what each waits
-- for, the office what waits for it.

create or replace function page.board(lang text, keadaan text, halaman integer) returns setof json
language sql stable
begin atomic
  with win as (
    select w.*, h.id is not null as handed
    from pub.desk_wins() w
    left join (
      select g.id from data.win g
      where g.region = (select data.actor_region()) and g.handed_at is not null) h on h.id = w.id
  ), chosen as (
    select * from win w
    where board.keadaan is null
          or case board.keadaan when 'handed' then w.handed else w.state = board.keadaan end
  ), counted as (
    select nullif(count(*) filter (where w.state = 'submitted'), 0) as submitted,
           nullif(count(*) filter (where w.state = 'returned'), 0) as returned,
           nullif(count(*) filter (where w.state = 'draft'), 0) as drafts,
           nullif(count(*) filter (where w.state = 'mending'), 0) as mending,
           nullif(count(*) filter (where w.state in ('returned', 'mending', 'draft')), 0)
             as waiting,
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
           nullif(coalesce(c.waiting, 0) + t.asks + t.handed, 0) as waiting,
           nullif(t.handed, 0) as handed,
           (select max(n.id) from data.notice n where n.read_at is null) as newest_notice,
           (select json_agg(x) from (
              select n.kind as k_word,
                     pub.moment(n.at) as at,
                     n.win as about,
                     (select v.title from data.win w
                      join data.win_version v on v.win = w.id and v.n = w.newest
                      where w.id = n.win) as about_win,
                     p.title as post_title,
                     p.body as post_body
              from data.notice n
              left join data.post p on p.id = n.post
              where n.read_at is null and p.ended_at is null
              order by n.id desc
              limit 20) x) as notices,
           -- What an operator asked and nobody has answered yet, and answers that nobody has read.
           (select json_agg(x) from (
              select a.id as ask,
                     a.win as ask_win,
                     v.title as ask_title,
                     pub.pick(lang, f.name_id, f.name_en) as about,
                     left(a.question, 160) as question,
                     a.answered_at is not null as answered
              from data.ask a
              join data.win w on w.id = a.win
              join data.win_version v on v.win = w.id and v.n = w.newest
              left join pub.win_field f on f.name = a.field
              where a.closed_at is null
                and (a.answered_at is not null) = (me.role = 'operator')
              order by a.id
              limit 10) x) as asks,
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
              from (values (0, 'handed'), (1, 'submitted'), (2, 'returned'), (3, 'mending'),
                           (4, 'draft'),
                           (5, 'published'), (6, 'rejected'), (7, 'joined'), (8, 'withdrawn'))
                s (ord, state)
              join win w on case s.state when 'handed' then w.handed else w.state = s.state end
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
                     w.handed,
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
    from (select data.actor_role() as role, data.actor_region() as region offset 0) me
    cross join counted c
    cross join (
      select (select count(*) from data.ask a
              where a.closed_at is null
                and (a.answered_at is not null)
                    = ((select data.actor_role()) = 'operator')) as asks,
             (select count(*) from data.win h
              where h.region = (select data.actor_region()) and h.handed_at is not null
                and (select data.actor_role()) = 'operator') as handed
      offset 0) t
    where me.role is not null) d;
end;
