-- Page winedit: the form of a quick win. Who saves after somebody else did sees both versions here.

create or replace function page.winedit(lang text, id integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  with win as (
    select w.*, w.saved_at::timestamptz as at
    from pub.desk_win(winedit.id) w
    where w.writes
  ), input as (
    select i.* from win w cross join lateral pub.desk_inputs(lang, w.words, sent, answer) i
  )
  select row_to_json(d) from (
    select (select row_to_json(h) from (
              select 303 as status, '/meja/quickwin/' || w.id as location) h
            where w.state = 'submitted' and sent is null) as http,
           w.id,
           w.n,
           w.title as win,
           w.city,
           pub.pick(lang, w.dimension_name_id, w.dimension_name_en) as dimension_name,
           w.state as s_word,
           w.reason,
           w.state not in ('draft', 'submitted') as opens_version,
           w.saved_at,
           case when (w.at at time zone interval '7:00')::date
                     = (now() at time zone interval '7:00')::date
                then pub.clock(lang, w.at) end as saved_clock,
           w.saved_by,
           pub.desk_seen(w.row_version, sent, answer) as seen,
           answer ->> 'outcome' as outcome_word,
           (select count(*) from input i where i.differs) as conflicting,
           (select count(*) from input i where i.value <> '') as filled,
           (select count(*) from input) as all_fields,
           (select json_agg(x) from (
              select p.part as part_word,
                     p.filled as part_filled,
                     p.count as part_fields,
                     (select json_agg(y) from (
                        select i.field as f_word,
                               i.label,
                               i.help,
                               i.kind as is_word,
                               i.needed,
                               i.value,
                               i.wrong,
                               i.differs,
                               i.stored
                        from input i
                        where i.part = p.part
                        order by i.ord) y) as fields
              from (select i.part, min(i.ord) as ord, count(*),
                           count(*) filter (where i.value <> '') as filled
                    from input i group by i.part) p
              order by p.ord) x) as parts,
           (select json_agg(x) from (
              select d.code,
                     pub.pick(lang, d.name_id, d.name_en) as name,
                     coalesce(coalesce(sent ->> 'dimension', w.dimension) = d.code, false) as chosen
              from pub.dimension d
              order by d.ord) x) as dimensions,
           (select nullif(count(*), 0) from pub.desk_files(w.id, w.n)) as files_count,
           (select json_agg(x) from (
              select a.id, a.win, a.city, a.shown
              from pub.alike_wins(coalesce(sent ->> 'title', w.title), w.region, w.id) a
              order by a.place) x) as alike
    from win w) d;
end;
