-- Page trailfile: the trail as a table to take along, the newest first, as far as one may read it
-- and its filters let through; ten thousand rows at most.

create or replace function page.trailfile(
  lang text, quickwin integer, jenis text, orang text, daerah text, dari text, sampai text)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select (select row_to_json(h) from (
              select (select row_to_json(s) from (
                        select 'meja-jejak.csv' as name,
                               'number,at,actor,act,subject,subject_id,region,digest' || E'\r\n'
                               || coalesce((
                                    select string_agg(
                                      pub.sheet_row(t.id::text, pub.moment(t.at), t.actor, t.act,
                                                    t.subject, t.subject_id, a.region, t.digest),
                                      '' order by t.id desc)
                                    from pub.trail_filter(trailfile.orang, trailfile.dari,
                                                          trailfile.sampai) f
                                    cross join lateral (
                                      select o.*
                                      from pub.desk_trail_of(
                                        f.who,
                                        case when (select data.actor_role()) = 'office'
                                             then trailfile.daerah end,
                                        f.since, trailfile.quickwin, trailfile.jenis, f.before,
                                        10000) o
                                      order by o.id desc
                                      limit 10000) t
                                    join data.audit a on a.id = t.id), '') as text) s) as sheet) h)
             as http
    where (select data.actor_role()) is not null) d;
end;
