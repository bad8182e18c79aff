-- What the office counts, and tables that are taken along as CSV.

-- Each decision of the office that one may read: of which city, and after how many days.
create or replace function pub.desk_decided() returns table (region text, days numeric)
language sql stable
begin atomic
  select w.region, extract(epoch from v.decided_at - v.submitted_at) / 86400
  from data.win_version v join data.win w on w.id = v.win
  where v.submitted_at is not null and v.decided_at > v.submitted_at and v.state <> 'withdrawn';
end;

-- Of each city that has an account or has written something: its people, and what became of what it
-- sent. Times are of western Indonesia.
create or replace function pub.desk_numbers()
returns table (region text, city text, bare text, operators bigint, owners bigint, invited bigint,
               last_in timestamp, sent bigint, waiting bigint, oldest timestamptz,
               published bigint, days numeric)
language sql stable
begin atomic
  select r.code, r.name, r.bare, coalesce(a.operators, 0), coalesce(a.owners, 0),
         coalesce(a.invited, 0), a.last_in, coalesce(w.sent, 0), coalesce(w.waiting, 0), w.oldest,
         coalesce(w.published, 0), d.days
  from (select a.region,
               count(*) filter (where a.role = 'operator' and a.state = 'active') as operators,
               count(*) filter (where a.role = 'owner' and a.state = 'active') as owners,
               count(*) filter (where a.state = 'invited') as invited,
               max(a.signed_in_at) at time zone interval '7:00' as last_in
        from data.account a
        where a.region is not null and a.state <> 'disabled'
        group by a.region) a
  full join (
    select w.region,
           count(*) filter (where w.told is not null) as sent,
           count(*) filter (where w.told_state = 'submitted') as waiting,
           min(w.told_at) filter (where w.told_state = 'submitted') as oldest,
           count(*) filter (where w.published is not null) as published
    from data.win w
    group by w.region) w on w.region = a.region
  left join (
    select x.region, round(percentile_cont(0.5) within group (order by x.days)::numeric, 1) as days
    from pub.desk_decided() x
    group by x.region) d on d.region = coalesce(a.region, w.region)
  join pub.region r on r.code = coalesce(a.region, w.region);
end;

-- A field of a table that spreadsheets open: in quotes where it has to be, and nothing that they
-- would take for a formula. An empty field is null.
create or replace function pub.sheet_field(value text) returns text
language sql immutable parallel safe
return case when value is null then ''
            when value ~ '^-?[0-9]+([.][0-9]+)?$' then value
            else (select case when g.guarded ~ '[",\r\n]'
                              then '"' || replace(g.guarded, '"', '""') || '"'
                              else g.guarded end
                  from (select case when sheet_field.value ~ E'^[=+@\t\r-]'
                                    then '''' || sheet_field.value
                                    else sheet_field.value end as guarded) g) end;

-- One line of it.
create or replace function pub.sheet_row(variadic fields text[]) returns text
language sql immutable parallel safe
return (select string_agg(pub.sheet_field(f.value), ',' order by f.n) || E'\r\n'
        from unnest(sheet_row.fields) with ordinality f (value, n));
