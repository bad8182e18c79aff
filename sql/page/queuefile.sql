-- Page queuefile: the queue with the filters of its address, as a table to take along.

create or replace function page.queuefile(lang text, cari text, kota text, dimensi text, umur text,
                                          pembaca text, urut text) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select (select row_to_json(h) from (
              select (select row_to_json(s) from (
                        select 'antrean.csv' as name,
                               'number,win,city,dimension,sent,times,reader' || E'\r\n'
                               || coalesce(string_agg(
                                    pub.sheet_row(q.id::text, q.title, q.city, q.dimension,
                                                  pub.moment(q.at), (
                                                    select count(*)::text from data.win_version v
                                                    where v.win = q.id
                                                      and v.submitted_at is not null),
                                                  data.person_name(q.reader)), ''
                                    order by q.place), '')
                                 as text
                        from pub.desk_queue(queuefile.cari, queuefile.kota, queuefile.dimensi,
                                            queuefile.umur, queuefile.pembaca,
                                            queuefile.urut) q) s) as sheet) h)
             as http
    where (select data.actor_role()) = 'office') d;
end;
