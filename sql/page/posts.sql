-- Page posts: what the office tells all cities, or some.

create or replace function page.posts(lang text, sent jsonb, answer jsonb) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select t.sent ->> 'title' as title_typed,
           t.sent ->> 'body' as body_typed,
           t.sent ->> 'places' as places_typed,
           nullif(answer ->> 'outcome', 'done') as fault_word,
           answer -> 'faults' ->> 'title' as bad_title,
           answer -> 'faults' ->> 'body' as bad_body,
           answer -> 'faults' ->> 'places' as bad_places,
           (select json_agg(x) from (
              select p.id as post,
                     p.title,
                     p.body,
                     pub.moment(p.posted_at) as posted_at,
                     data.person_name(p.posted_by) as posted_by,
                     pub.moment(p.ended_at) as ended_at,
                     (select string_agg(r.name, ', ' order by r.bare)
                      from pub.region r where r.code = any (p.regions)) as places
              from data.post p
              order by p.ended_at is not null, p.id desc
              limit 50) x) as posts
    from (select case when answer ->> 'outcome' <> 'done' then sent end as sent) t
    where (select data.actor_role()) = 'office') d;
end;
