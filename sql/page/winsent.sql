-- Page winsent: the receipt of what was sent to the office.

create or replace function page.winsent(lang text, id integer)
returns table (id integer, n integer, win text, city text, at text, by_name text, named boolean, digest text, filled bigint, waits boolean,
               decided boolean)
language sql stable
begin atomic
  select w.id, w.n, w.title, w.city, w.submitted_at, w.submitted_by, w.submitted_by is not null,
         -- Of its words alone, in one order, so that it stays the same whatever happens to the record.
         left(encode(sha256(convert_to(v.said, 'UTF8')), 'hex'), 16), v.filled, w.state = 'submitted', w.state <> 'submitted'
  from pub.desk_win(winsent.id) w
  cross join lateral (
    select string_agg(concat_ws('=', x.field, x.value), E'\n' order by x.ord) as said, count(*) filter (where x.filled) as filled
    from pub.desk_values(w.words) x) v
  where w.writes and w.submitted_at is not null;
end;
