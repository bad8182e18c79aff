-- Page winedit: the form of a quick win. Where somebody else changed the same field meanwhile, both
-- versions are here.

create or replace function page.winedit(lang text, id integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  with win as (
    select w.*, w.saved_at::timestamptz as at
    from pub.desk_win(winedit.id) w
    where w.writes
  ), input as (
    select i.*, s.account, s.at
    from win w
    cross join lateral pub.desk_inputs(lang, w.words, sent, answer) i
    left join lateral act.field_saved(w.id, i.field) s on i.differs
  ), other as (
    select i.account, i.at from input i where i.at is not null order by i.at desc limit 1
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
           case when w.mending then 'mending' else w.state end as s_word,
           (select row_to_json(x) from (
              select r.state as verdict_word, r.reason, r.at, r.by_name
              from pub.desk_reply(w.id, w.n) r) x) as reply,
           w.state not in ('draft', 'submitted') as opens_version,
           w.state <> 'submitted' as open,
           w.saved_at,
           case when (w.at at time zone interval '7:00')::date
                     = (now() at time zone interval '7:00')::date
                then pub.clock(lang, w.at) end as saved_clock,
           -- Who changed, last of all, one of the fields of which there are two versions, and when.
           o.name as saved_by,
           o.word as saver_word,
           o.at as changed_at,
           w.row_version as seen,
           answer ->> 'outcome' as outcome_word,
           -- Notes that wait until a script needs them.
           answer ->> 'outcome' is distinct from 'invalid' as quiet_invalid,
           answer ->> 'outcome' is distinct from 'conflict' as quiet_conflict,
           answer ->> 'outcome' is distinct from 'state' as quiet_state,
           (select nullif(count(*), 0) from input i where i.fault is not null) as wrong_count,
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
                               i.mark,
                               i.most,
                               i.length,
                               i.fault as fault_word,
                               (select m.remark
                                from win w
                                cross join lateral pub.desk_reply(w.id, w.n) r
                                join data.win_remark m on m.win = w.id and m.n = r.n
                                                          and m.field = i.field) as told,
                               i.differs,
                               data.person_name(nullif(i.account, (select data.actor()))) as by,
                               case when i.kind = 'choice' then
                                 (select c.name from pub.win_choices(lang, i.field) c
                                  where c.code = i.stored)
                               else i.stored end as stored,
                               (select json_agg(z) from (
                                  select c.code, c.name, c.code = i.value as chosen
                                  from pub.win_choices(lang, i.field) c
                                  where i.field <> 'dimension'
                                        or data.in_scope(c.code, me.dimensions)
                                  order by c.ord) z) as choices,
                               case when i.fault = 'link' then
                                 (select l.link
                                  from jsonb_array_elements_text(pub.links_meant(i.value)) l (link)
                                  where not pub.is_link(l.link)
                                  limit 1) end as wrong_text
                        from input i
                        where i.part = p.part
                        order by i.ord) y) as fields
              from (select i.part, min(i.ord) as ord, count(*),
                           count(*) filter (where i.value <> '') as filled
                    from input i group by i.part) p
              order by p.ord) x) as parts,
           (select nullif(count(*), 0) from pub.desk_files(w.id, w.n)) as files_count,
           (select json_agg(x) from (
              select a.id, a.win, a.city, a.shown, a.desk, a.takes
              from pub.alike_wins(coalesce((select i.value from input i where i.field = 'title'),
                                           w.title), w.region, w.id) a
              order by a.place) x) as alike
    from win w
    cross join lateral (
      select case when s.account is null then w.saved_by
                  else data.person_name(s.account) end as name,
             case when coalesce(s.account = (select data.actor()), w.saved_by_me) then 'me'
                  else 'other' end as word,
             coalesce(pub.moment(s.at), w.saved_at) as at
      from (select) one left join other s on true) o
    cross join (select data.actor_dimensions() as dimensions offset 0) me) d;
end;
