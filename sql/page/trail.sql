-- Page trail: who did what, the newest first; all of it for the office, what concerns the city for a city, for anybody what he did himself. Words of
-- acts, of what changed and of its values are in templates/_act.html and _trail_*.html; tests/lint/trail.t finds what has none.

create or replace function page.trail(lang text, quickwin integer, halaman integer, jenis text default null)
returns table (office boolean, city boolean, own boolean, city_name text, entries bigint, nothing boolean, nothing_such boolean,
               quickwin integer, one_win boolean, every boolean, win text, page_number integer, jenis text, keep_kind boolean, any_kind boolean,
               kind_word text, paged boolean, previous boolean, previous_page integer, next boolean, next_page integer, last_page bigint)
language sql stable
begin atomic
  select (select data.actor_role()) = 'office', (select data.actor_role()) = 'operator', (select data.actor_role()) not in ('office', 'operator'),
         (select r.name from pub.region r where r.code = (select data.actor_region())), e.count, e.count = 0 and jenis is null, e.count = 0 and jenis is not null,
         w.id, w.id is not null, w.id is null, w.title, halaman, jenis, jenis is not null, jenis is null, jenis, e.count > 50,
         halaman > 1, halaman - 1, e.count > 50 * halaman and halaman < 1000, halaman + 1, least(greatest(1, (e.count + 49) / 50), 1000)
  -- The numbers of the whole trail have no gaps. Of others as many are counted as there are pages that can be asked for.
  from (select case when trail.quickwin is null and trail.jenis is null and (select data.actor_role()) = 'office' then (select coalesce(max(a.id), 0) from data.audit a)
                 else (select count(*) from pub.desk_trail(trail.quickwin, trail.jenis, 50000) a) end as count
        -- Worked out once, though it is used often.
        offset 0) e
  left join pub.desk_win(trail.quickwin) w on true
  where (select data.actor_role()) is not null;
end;

-- Each entry in as many rows as it changed values, one for what there was and one for what there is: the first opens it, the last closes it. Long texts are shown by
-- their beginnings; many of them are folded.
create or replace function page.trail_rows(lang text, quickwin integer, halaman integer, jenis text default null)
returns table (id bigint, day date, clock text, at text, opens_day boolean, closes_day boolean, opens boolean, closes boolean,
               act text, a_word text, refused boolean, r_word text, actor text, known boolean, stranger boolean, command boolean, source text, has_source boolean, request text, digest text,
               subject_id text, is_win boolean, is_account boolean, is_round boolean, subject_name text, named boolean, nameless boolean,
               has_changes boolean, folded boolean, changed_fields bigint, opens_change boolean, closes_change boolean, f_word text, k_word text,
               value text, removed boolean, added boolean, v_word text, is_word boolean, is_words boolean, is_number boolean, is_day boolean)
language sql stable
begin atomic
  with entry as materialized (
    select a.*, (a.at at time zone interval '7:00')::date as day, case when a.subject_id ~ '^[0-9]{1,9}$' then a.subject_id::integer end as number
    from pub.desk_trail(trail_rows.quickwin, trail_rows.jenis, 50 * halaman) a
    order by a.id desc
    limit 50 offset 50 * (halaman - 1)
  ), change as (
    select e.id, k.key, coalesce(f.ord, 100) as ord, f.name as field, v.added,
           case when f.kind is not null then f.kind when k.key in ('state', 'role', 'with', 'step') then 'word' else coalesce(nullif(jsonb_typeof(v.value), 'string'), 'line') end as kind,
           case k.key
             when 'region' then coalesce((select r.name from pub.region r where r.code = v.value #>> '{}'), v.value #>> '{}')
             when 'dimension' then coalesce((select pub.pick(lang, d.name_id, d.name_en) from pub.dimension d where d.code = v.value #>> '{}'), v.value #>> '{}')
             when 'digest' then left(v.value #>> '{}', 16)
             when 'previous' then left(v.value #>> '{}', 16)
             when 'versions' then (select string_agg(n.n, ', ') from jsonb_array_elements_text(v.value) n (n))
             else pub.written('en', coalesce(f.kind, 'line'), v.value) end as value,
           k.keys
    from entry e
    cross join lateral (
      select key, b.value as old, a.value as new, count(*) over () as keys
      from (select key, value from jsonb_each(coalesce(nullif(e.before, 'null'), '{}')) where value not in ('null', '[]')) b
      full join (select key, value from jsonb_each(coalesce(nullif(e.after, 'null'), '{}')) where value not in ('null', '[]')) a using (key)
      where a.value is distinct from b.value) k
    cross join lateral (values (false, k.old), (true, k.new)) v (added, value)
    left join pub.win_field f on f.name = k.key
    where v.value is not null
  )
  select e.id, e.day, pub.clock(lang, e.at), pub.moment(e.at), row_number() over days = 1, row_number() over days = count(*) over (partition by e.day),
         row_number() over entries = 1, row_number() over entries = count(*) over (partition by e.id), e.act, e.act, e.act = 'refused', case when e.act = 'refused' then e.subject end,
         e.actor, e.actor not in ('-', 'tolok'), e.actor = '-', e.actor = 'tolok', e.source,
         e.source <> '' and ((select data.actor_role()) = 'office' or e.account = (select data.actor())), e.request, left(e.digest, 16),
         e.subject_id, e.subject = 'win' and e.subject_id <> '', e.subject = 'account' and s.name is not null, e.subject = 'round', s.name, s.name is not null, s.name is null,
         c.key is not null, c.keys > 4, c.keys, row_number() over keys = 1, row_number() over keys = count(*) over (partition by e.id, c.key),
         c.field, case when c.field is null then c.key end, case when length(c.value) > 300 then left(c.value, 300) || '…' else c.value end,
         not c.added, c.added, case when c.kind = 'word' then c.value end, c.kind = 'word', c.kind not in ('word', 'number', 'amount', 'date'), c.kind in ('number', 'amount'), c.kind = 'date'
  from entry e
  cross join lateral (
    select case
      when e.subject = 'win' and trail_rows.quickwin is null then (
        select v.title from data.win_version v where v.win = e.number order by v.n desc limit 1)
      when e.subject = 'account' and e.number is distinct from e.account then (select a.email from data.account a where a.id = e.number) end) s (name)
  left join change c on c.id = e.id
  window days as (partition by e.day order by e.id desc, c.ord, c.key, c.added), entries as (partition by e.id order by c.ord, c.key, c.added),
         keys as (partition by e.id, c.key order by c.added)
  order by e.id desc, c.ord, c.key, c.added;
end;
