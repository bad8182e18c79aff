-- Page queuefile: the queue as a sheet, with the filters of its address.

create or replace function page.queuefile(lang text, cari text, kota text, dimensi text, umur text,
                                          pembaca text, urut text) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select (select row_to_json(h) from (
              select 'number,win,city,dimension,sent,times,reader' || e'\r\n' || coalesce((
                select string_agg(concat_ws(
                         ',', q.id, pub.csv_cell(q.title), pub.csv_cell(q.city),
                         pub.csv_cell(q.dimension), pub.moment(q.at),
                         (select count(*) from data.win_version v
                          where v.win = q.id and v.submitted_at is not null),
                         pub.csv_cell(data.person_name(q.reader))) || e'\r\n', '' order by q.place)
                from pub.desk_queue(queuefile.cari, queuefile.kota, queuefile.dimensi,
                                    queuefile.umur, queuefile.pembaca, queuefile.urut) q), '')
                as sheet) h) as http
    where (select data.actor_role()) = 'office') d;
end;
