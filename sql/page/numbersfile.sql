-- Page numbersfile: the table of page numbers, to take along.

create or replace function page.numbersfile(lang text) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select (select row_to_json(h) from (
              select (select row_to_json(s) from (
                        select 'meja-angka.csv' as name,
                               'region,name,operators,owners,invited,last_signed_in,sent,waiting,'
                               || 'published,median_days_to_decision' || E'\r\n'
                               || coalesce(string_agg(
                                    pub.sheet_row(c.region, c.city, c.operators::text,
                                                  c.owners::text, c.invited::text,
                                                  to_char(c.last_in, 'YYYY-MM-DD'), c.sent::text,
                                                  c.waiting::text, c.published::text,
                                                  c.days::text), '' order by c.bare, c.region), '')
                                 as text
                        from pub.desk_numbers() c) s) as sheet) h)
             as http
    where (select data.actor_role()) = 'office') d;
end;
