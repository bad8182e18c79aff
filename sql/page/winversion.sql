-- Page winversion: what one version of a quick win changed, word for word.

create or replace function page.winversion(lang text, id integer, n integer) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select w.id,
           v.n as number,
           case when (select data.actor_role()) = 'office' and v.state = 'submitted'
                  and v.opened_at is null then w.id end as opens,
           coalesce(nullif(v.title, ''), w.title) as win,
           w.city,
           v.state as s_word,
           pub.moment(v.saved_at) as saved_at,
           data.person_name(v.saved_by) as saved_by,
           v.reason,
           o.n as before,
           case when o.n > 1 then o.n end as earlier,
           (select min(x.n) from data.win_version x where x.win = w.id and x.n > v.n) as later,
           -- The fields that changed, each in pieces.
           (select json_agg(x) from (
              select pub.pick(lang, f.name_id, f.name_en) as label,
                     case when f.kind in ('number', 'amount') then 'number'
                          when f.kind = 'date' then 'day'
                          else 'words' end as is_word,
                     p.pieces
              from pub.win_field f
              cross join lateral (
                select json_agg(y) as pieces from (
                  select c.piece, c.became as became_word
                  from pub.changes(pub.written('en', f.kind, to_jsonb(o) -> f.name),
                                   pub.written('en', f.kind, to_jsonb(v) -> f.name)) c
                  order by c.place) y) p
              where f.said and to_jsonb(v) -> f.name is distinct from to_jsonb(o) -> f.name
                and p.pieces is not null
              order by f.ord) x) as fields
    from pub.desk_win(winversion.id) w
    join data.win_version v on v.win = w.id and v.n = winversion.n
    left join lateral (
      select x.* from data.win_version x
      where x.win = w.id and x.n < v.n
      order by x.n desc
      limit 1) o on true) d;
end;
