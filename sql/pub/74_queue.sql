-- The queue of the office, with the rights of who asks.

-- What waits for the office. `age` 'minggu' or 'bulan': for that long already; `reader` 'saya',
-- 'tanpa' or the number of an account.
create or replace function pub.desk_queue(words text, city text, dimension text, age text,
                                          reader text, sorted text)
returns table (id integer, n integer, row_version integer, title text, city text, slug text,
               dimension text, at timestamptz, reader integer, unopened boolean, place bigint)
language sql stable
begin atomic
  select w.id, w.told, w.row_version, v.title, coalesce(r.name, w.region), r.slug, w.dimension,
         v.submitted_at, w.reader, v.opened_at is null,
         row_number() over (
           order by case desk_queue.sorted when 'terbaru' then v.submitted_at end desc,
                    case desk_queue.sorted when 'kota' then r.bare
                      when 'dimensi' then w.dimension end,
                    v.submitted_at, w.id)
  from data.win w
  join data.win_version v on v.win = w.id and v.n = w.told
  left join pub.region r on r.code = w.region
  where w.told_state = 'submitted' and (select data.actor_role()) = 'office'
    and (desk_queue.city is null or r.slug = desk_queue.city)
    and (desk_queue.dimension is null or w.dimension = desk_queue.dimension)
    and (desk_queue.age is null
         or v.submitted_at < now() - case desk_queue.age when 'bulan' then interval '30 days'
                                       else interval '7 days' end)
    and (desk_queue.reader is null
         or case desk_queue.reader when 'tanpa' then w.reader is null
              when 'saya' then coalesce(w.reader = (select data.actor()), false)
              else coalesce(w.reader::text = desk_queue.reader, false) end)
    and (desk_queue.words is null
         or strpos(lower(v.title || ' ' || coalesce(r.name, w.region)),
                   lower(btrim(desk_queue.words))) > 0);
end;
