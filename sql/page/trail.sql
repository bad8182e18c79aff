-- Page trail: who did what, the newest first; all of it for the office, what concerns the city for
-- a city, for anybody what they did. Words of acts, of what changed and of its values are in
-- templates/_act.html and _trail_*.html; tests/lint/trail.t finds what has none. Pages are found by
-- the number of an entry, so that one far back costs what the first one does.

create or replace function page.trail(
  lang text, quickwin integer, sebelum integer, jenis text default null, orang text default null,
  daerah text default null, dari text default null, sampai text default null)
returns setof json
language sql stable
begin atomic
  with filter as materialized (
    select f.who, f.since, least(f.before, coalesce(trail.sebelum, f.before)) as before,
           f.before as last,
           case when (select data.actor_role()) = 'office' then trail.daerah end as place
    from pub.trail_filter(trail.orang, trail.dari, trail.sampai) f
  ), found as materialized (
    select a.*, (a.at at time zone interval '7:00')::date as day
    from filter f
    cross join lateral pub.desk_trail_of(f.who, f.place, f.since, trail.quickwin, trail.jenis,
                                         f.before, 301) a
    order by a.id desc
    limit 301
  ), line as materialized (
    -- What somebody saved of one record in a day is one line, where its newest save stands. Fifty
    -- lines a page; a sum that goes on on the next page begins there anew.
    select l.*, row_number() over (order by l.top desc) as place
    from (select max(a.id) as top, count(*) as times, min(a.at) as began, array_agg(a.id) as ids
          from (select x.*, row_number() over (order by x.id desc) as n from found x) a
          where a.n <= 300
          group by a.day, a.account, a.act,
                   case when a.act = 'win_save' then a.subject_id else a.id::text end) l
  ),
  entry as materialized (
    select a.*, t.before, t.after, l.times, l.began,
           case when a.subject_id ~ '^[0-9]{1,9}$' then a.subject_id::integer end as number
    from line l
    join found a on a.id = l.top
    cross join lateral (
      select o.before, o.after from act.audit_told(l.top) o where l.times = 1
      union all
      -- Of several, which fields they changed.
      select null, jsonb_build_object('fields', jsonb_object_agg(k.key, ''))
      from unnest(l.ids) i
      cross join lateral act.audit_told(i) o
      cross join lateral jsonb_object_keys(
        case when jsonb_typeof(o.after -> 'fields') = 'object' then o.after -> 'fields' end)
        k (key)
      having l.times > 1) t
    where l.place <= 50
  )
  select row_to_json(d) from (
    select me.role not in ('office', 'operator') as own,
           (select r.name from pub.region r where r.code = me.region) as city_name,
           least(e.count, e.most) as entries,
           e.count > e.most as uncounted,
           e.count = 0 as nothing,
           w.id as quickwin,
           w.title as win,
           jenis as kind_word,
           orang,
           daerah,
           dari,
           sampai,
           num_nonnulls(nullif(orang, ''), daerah, nullif(dari, ''), nullif(sampai, '')) > 0
             as sifted,
           (select json_agg(x) from (
              select r.code, r.name as region_label,
                     coalesce(r.code = trail.daerah, false) as chosen
              from pub.region r
              where me.role = 'office'
                and r.code in (select a.region from data.account a)
              order by r.bare, r.slug) x) as places,
           sebelum as older_than,
           o.last as next_before,
           coalesce(sebelum, o.last) is not null as paged,
           (select json_agg(y order by y.day desc) from (
              select n.day,
                     json_agg(x order by n.id desc) as rows
              from entry n
              cross join lateral (
                select case
                  when n.subject = 'win' and trail.quickwin is null then (
                    select v.title from data.win_version v
                    where v.win = n.number order by v.n desc limit 1)
                  when n.subject = 'account' and n.number is distinct from n.account then (
                    select a.email from data.account a where a.id = n.number) end) s (name)
              cross join lateral (
                select json_agg(x) as list
                from (
                  select pub.pick(lang, f.name_id, f.name_en) as label,
                         case when f.name is null then k.key end as k_word,
                         (select json_agg(y) from (
                            select v.added,
                                   case when t.kind = 'word' then t.short end as v_word,
                                   case when t.kind in ('number', 'amount') then t.short end
                                     as number,
                                   case when t.kind = 'date' then t.short end as date,
                                   case when t.kind not in ('word', 'number', 'amount', 'date')
                                        then t.short end as text
                            from (values (false, k.old), (true, k.new)) v (added, value)
                            cross join lateral (
                              select case
                                       when f.kind is not null then f.kind
                                       when k.key in ('state', 'role', 'with', 'step', 'why',
                                                      'sends', 'mails') then 'word'
                                       else coalesce(nullif(jsonb_typeof(v.value), 'string'),
                                                     'line') end as kind,
                                     v.value #>> '{}' as bare) b
                            cross join lateral (
                              select case k.key
                                       when 'region' then coalesce((
                                         select r.name from pub.region r where r.code = b.bare),
                                         b.bare)
                                       when 'dimension' then coalesce((
                                         select pub.pick(lang, m.name_id, m.name_en)
                                         from pub.dimension m
                                         where m.code = b.bare), b.bare)
                                       when 'dimensions' then pub.scope_names(lang, b.bare)
                                       when 'leads' then pub.scope_names(lang, b.bare)
                                       when 'supports' then pub.scope_names(lang, b.bare)
                                       when 'fields' then (
                                         select string_agg(pub.pick(lang, o.name_id, o.name_en),
                                                           ', ' order by o.ord)
                                         from (select w.ord, w.name, w.name_id, w.name_en
                                               from pub.win_field w
                                               union all
                                               select l.ord, l.name, l.name_id, l.name_en
                                               from pub.letter_field l
                                               where n.subject = 'letter') o
                                         where v.value ? o.name)
                                       when 'file' then coalesce((
                                         select o.name from data.win_file o
                                         where o.id = case when b.bare ~ '^[0-9]{1,9}$'
                                                           then b.bare::integer end), b.bare)
                                       when 'digest' then left(b.bare, 16)
                                       when 'previous' then left(b.bare, 16)
                                       when 'versions' then (
                                         select string_agg(e.n, ', ')
                                         from jsonb_array_elements_text(v.value) e (n))
                                       else pub.written('en', coalesce(f.kind, 'line'), v.value)
                                     end as whole) w
                            cross join lateral (
                              select b.kind,
                                     case when length(w.whole) > 300
                                          then left(w.whole, 300) || '…'
                                          else w.whole end as short) t
                            where v.value is not null
                            order by v.added) y) as sides
                  from (select key, b.value as old, a.value as new
                        from (select *
                              from jsonb_each(coalesce(nullif(n.before, 'null'), '{}'))
                              where value not in ('null', '[]')) b
                        full join (select *
                                   from jsonb_each(coalesce(nullif(n.after, 'null'), '{}'))
                                   where value not in ('null', '[]')) a using (key)
                        where a.value is distinct from b.value) k
                  left join pub.win_field f on f.name = k.key
                  order by coalesce(f.ord, 100), k.key) x) c
              cross join lateral (
                select n.id,
                       pub.clock(lang, n.at) as clock,
                       date_trunc('second', n.at) as at,
                       nullif(n.times, 1) as times,
                       case when n.times > 1 then pub.clock(lang, n.began) end as began_clock,
                       n.act as a_word,
                       case when n.act = 'refused' then n.subject end as r_word,
                       n.subject as subject_word,
                       nullif(n.subject_id, '') as subject_id,
                       s.name as subject_name,
                       n.actor = 'tolok' as command,
                       nullif(nullif(n.actor, '-'), 'tolok') as actor,
                       case when me.role = 'office' or n.account = me.id then n.source end
                         as source,
                       n.request,
                       left(n.digest, 16) as digest,
                       c.list as changes,
                       case when json_array_length(c.list) > 4
                            then json_array_length(c.list) end as changed_fields) x
              group by n.day) y) as days
    -- Worked out once, though it is used often.
    from (select data.actor() as id, data.actor_role() as role, data.actor_region() as region
          offset 0) me
    -- The numbers of the whole trail have no gaps. Of others no more than these are counted.
    cross join (
      select case when w.whole then (select coalesce(max(a.id), 0) from data.audit a)
                  else (select count(*)
                        from filter f
                        cross join lateral pub.desk_trail_of(
                          f.who, f.place, f.since, trail.quickwin, trail.jenis, f.last, 1001) c
                        where not w.whole)
             end as count,
             case when w.whole then 9223372036854775807 else 1000 end as most
      from (select trail.quickwin is null and trail.jenis is null and f.who is null
                   and f.place is null and f.since = 0 and f.last = 9223372036854775807
                   and (select data.actor_role()) = 'office' as whole
            from filter f) w
      offset 0) e
    -- The last one of this page, where there is another page.
    cross join (
      select coalesce((select min(l.top) from line l
                       where l.place <= 50 and exists (select from line m where m.place = 51)),
                      (select min(i.id)
                       from (select f.id from found f order by f.id desc limit 300) i
                       where (select count(*) from found) = 301)) as last
      offset 0) o
    left join pub.desk_win(trail.quickwin) w on true
    where me.role is not null) d;
end;
