-- Page wincheck: everything that a draft says, once more, before it is sent to the office.

create or replace function page.wincheck(lang text, id integer, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select (select row_to_json(h) from (
              select 303 as status, '/meja/quickwin/' || w.id as location) h
            where w.state <> 'draft') as http,
           w.id,
           w.n,
           w.title as win,
           w.city,
           pub.pick(lang, w.dimension_name_id, w.dimension_name_en) as dimension_name,
           w.saved_at,
           w.row_version as seen,
           (select row_to_json(x) from (
              select r.state as verdict_word, r.reason, r.at, r.by_name
              from pub.desk_reply(w.id, w.n) r) x) as reply,
           coalesce(sent ->> 'answer', w.words ->> 'answer') as city_answer,
           answer -> 'faults' ->> 'answer' as answer_fault,
           answer ->> 'outcome' as outcome_word,
           (select a.sends from data.account a where a.id = (select data.actor())) as sends,
           (select json_agg(x) from (
              select v.field as f_word, v.label
              from pub.desk_values(lang, w.words) v
              where v.needed and v.value is null
              order by v.ord) x) as faults,
           (select json_agg(x) from (
              select v.field as f_word,
                     v.label,
                     d.doubt as doubt_word
              from pub.win_doubts(w.words) with ordinality d (field, doubt, place)
              join pub.desk_values(lang, w.words) v on v.field = d.field
              order by d.place) x) as doubts,
           (select json_agg(x) from (
              select v.field as f_word,
                     v.label,
                     v.kind as is_word,
                     v.value,
                     v.needed,
                     v.kind <> 'choice' or data.chooses((select data.actor_dimensions())) as edits,
                     m.remark as told
              from pub.desk_values(lang, w.words) v
              left join pub.desk_reply(w.id, w.n) r on true
              left join data.win_remark m on m.win = w.id and m.n = r.n and m.field = v.field
              order by v.ord) x) as fields,
           w.words -> 'links' as link_url,
           (select json_agg(x) from (
              select f.file, f.name, f.caption, f.picture, f.kind = 'pdf' as tab
              from pub.desk_files(w.id, w.n) f
              order by f.place, f.file) x) as files,
           (select json_agg(x) from (
              select a.id, a.win, a.city, a.shown, a.desk, a.takes
              from pub.alike_wins(w.title, w.region, w.id) a
              order by a.place) x) as alike
    from pub.desk_win(wincheck.id) w
    where w.writes) d;
end;
