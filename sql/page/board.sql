-- Page board: where somebody who signed in begins. A city sees its quick wins and what each waits for, the office what waits for it.

create or replace function page.board(lang text, keadaan text, halaman integer)
returns table (
  own boolean, office boolean, assessor boolean, has_any boolean, has_none boolean, waiting bigint, some_waiting boolean,
  none_waiting boolean, returned bigint, some_returned boolean, drafts bigint, some_drafts boolean, submitted bigint, some_submitted boolean,
  oldest text, keadaan text, keep_state boolean, any_state boolean, something boolean, nothing boolean, listed boolean, page_number integer, paged boolean, previous boolean,
  previous_page integer, next boolean, next_page integer, last_page bigint)
language sql stable
begin atomic
  select me.role in ('operator', 'owner'), me.role = 'office', me.role = 'assessor', s.everything > 0, s.everything = 0,
         s.submitted, s.submitted > 0, s.submitted = 0, s.returned, s.returned > 0, s.drafts, s.drafts > 0, s.submitted, s.submitted > 0, s.oldest, keadaan, keadaan is not null, keadaan is null,
         s.returned + s.drafts > 0, s.count = 0, s.count > 0, halaman, s.count > 20,
         halaman > 1, halaman - 1, s.count > 20 * halaman, halaman + 1, greatest(1, (s.count + 19) / 20)
  from (select data.actor_role() as role) me
  cross join (
    select count(*) as everything, count(*) filter (where board.keadaan is null or v.state = board.keadaan) as count, count(*) filter (where v.state = 'submitted') as submitted, count(*) filter (where v.state = 'returned') as returned,
           count(*) filter (where v.state = 'draft') as drafts, pub.moment(min(v.at) filter (where v.state = 'submitted')) as oldest
    from pub.desk_wins() v) s
  where me.role is not null;
end;

-- How many there are in each state.
create or replace function page.board_states(lang text, keadaan text, halaman integer)
returns table (state text, wins bigint, current boolean, s_draft boolean, s_submitted boolean, s_returned boolean, s_published boolean, s_withdrawn boolean)
language sql stable
begin atomic
  select s.state, count(v.id), coalesce(s.state = board_states.keadaan, false), s.state = 'draft', s.state = 'submitted', s.state = 'returned',
         s.state = 'published', s.state = 'withdrawn'
  from (values (1, 'submitted'), (2, 'returned'), (3, 'draft'), (4, 'published'), (5, 'withdrawn')) s (ord, state)
  left join pub.desk_wins() v on v.state = s.state
  where s.state in ('submitted', 'published') or (select data.actor_role()) <> 'assessor'
  group by s.ord, s.state
  having count(v.id) > 0
  order by s.ord;
end;

-- What waits for the one who asks first: for a city what came back and what it began, for the office what was sent, the oldest first.
create or replace function page.board_wins(lang text, keadaan text, halaman integer)
returns table (id integer, win text, titled boolean, untitled boolean, city text, dimension_name text, has_dimension boolean,
               no_dimension boolean, s_draft boolean, s_submitted boolean, s_returned boolean, s_published boolean,
               s_withdrawn boolean, s_superseded boolean, at text,
               shown boolean, edits boolean, sends boolean, decides boolean)
language sql stable
begin atomic
  with page as materialized (
    select v.*, row_number() over (
             order by case when v.writes then array_position(array['returned', 'draft', 'submitted', 'published', 'withdrawn'], v.state)
                        else array_position(array['submitted', 'returned', 'published', 'withdrawn', 'draft'], v.state) end,
                      case when v.state = 'submitted' and not v.writes then v.at end, v.at desc, v.id) as place
    from pub.desk_wins() v
    where board_wins.keadaan is null or v.state = board_wins.keadaan
    order by place
    limit 20 offset 20 * (halaman - 1)
  )
  select v.id, t.title, t.title <> '', coalesce(t.title, '') = '', coalesce(r.name, v.region), pub.pick(lang, d.name_id, d.name_en),
         v.dimension is not null, v.dimension is null, v.state = 'draft', v.state = 'submitted', v.state = 'returned', v.state = 'published',
         v.state = 'withdrawn', v.state = 'superseded', pub.moment(v.at), v.published, v.writes and v.state in ('draft', 'returned'), v.writes and v.state = 'draft',
         (select data.actor_role()) = 'office' and v.state = 'submitted'
  from page v
  join data.win_version t on t.win = v.id and t.n = v.n
  left join pub.region r on r.code = v.region
  left join pub.dimension d on d.code = v.dimension
  order by v.place;
end;
