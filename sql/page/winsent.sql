-- Page winsent: the receipt of what was sent to the office, or handed to the operator.

create or replace function page.winsent(lang text, id integer) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select w.id,
           -- The one that the public will find it under.
           (select d.public_id from data.win d where d.id = w.id) as number,
           w.n,
           w.title as win,
           w.city,
           coalesce(pub.moment(h.handed_at), w.submitted_at) as at,
           case when h.handed_at is null then w.submitted_by
                else data.person_name(h.handed_by) end as by_name,
           h.handed_at is not null as handed,
           -- Of its words alone, in one order, so that it stays the same whatever happens to the
           -- record.
           left(encode(sha256(convert_to(v.said, 'UTF8')), 'hex'), 16) as digest,
           v.filled,
           w.state = 'submitted' as waits
    from pub.desk_win(winsent.id) w
    join data.win h on h.id = w.id
    cross join lateral (
      -- Fields that came later count where they say something, and choices by their codes.
      select string_agg(concat_ws('=', x.field, case
                          when x.field in ('progress', 'criterion') then w.words ->> x.field
                          else x.value end), E'\n' order by x.ord)
               filter (where x.value is not null or x.field not in (
                 'needs', 'progress', 'criterion', 'copied', 'changed')) as said,
             count(x.value) as filled
      from pub.desk_values(lang, w.words) x) v
    where w.writes and (w.submitted_at is not null or h.handed_at is not null)) d;
end;
