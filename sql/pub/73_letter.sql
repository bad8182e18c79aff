-- Letters as the desk shows them, with the rights of who asks (sql/schema/72_letter.sql).

-- What a letter says, by the names of pub.letter_field; nothing of what is empty.
create or replace function pub.letter_words(id integer) returns jsonb
language sql stable
begin atomic
  select coalesce(jsonb_object_agg(f.name, v.value) filter (where v.value <> 'null'), '{}')
  from data.letter l
  cross join pub.letter_field f
  left join data.letter_figure g on g.letter = l.id and g.measure = f.measure
  cross join lateral (
    select case when f.part is null then to_jsonb(l) -> f.name
                when f.part = 'value' then to_jsonb(trim_scale(g.value)::text)
                when f.part = 'of' then to_jsonb(g.denominator::text)
                else to_jsonb(g."group") end as value) v
  where l.id = letter_words.id and v.value is not null;
end;

-- A letter with where it is from and what it may become; no row: it is not there for who asks.
create or replace function pub.desk_letter(id integer)
returns table (id integer, region text, city text, slug text, year integer, state text,
               row_version integer, corrects integer, number text, issued text, publisher text,
               reason text, reply text, kind text, name text, bytes integer, open boolean,
               writes boolean, decides boolean, by_office boolean, created_name text,
               saved_at timestamptz, saved_name text, submitted_at timestamptz,
               submitted_name text, decided_at timestamptz, decided_name text, words jsonb)
language sql stable
begin atomic
  select l.id, l.region, coalesce(r.name, l.region), case when r.listed then r.slug end, l.year,
         l.state, l.row_version, l.corrects, l.number, l.issued, l.publisher, l.reason, l.reply,
         f.kind, l.name, f.bytes, l.open,
         data.writes_letter(l.region, l.by_office, (select data.actor_role()),
                            (select data.actor_region())),
         (select data.actor_role()) = 'office' and l.state = 'submitted'
           and (select data.actor()) <> all (l.writers),
         l.by_office, data.person_name(l.created_by), l.saved_at, data.person_name(l.saved_by),
         l.submitted_at, data.person_name(l.submitted_by), l.decided_at,
         data.person_name(l.decided_by), pub.letter_words(l.id)
  from data.letter l
  join data.file f on f.digest = l.digest
  left join pub.region r on r.code = l.region
  where l.id = desk_letter.id
  offset 0;
end;

-- The fields of a letter as a form has them (pub.desk_inputs).
create or replace function pub.letter_inputs(lang text, words jsonb, sent jsonb, answer jsonb)
returns table (ord integer, field text, label text, kind text, box text, measure text, part text,
               value text, stored text, mark text, fault text, differs boolean)
language sql stable
begin atomic
  select f.ord, f.name, pub.pick(lang, f.name_id, f.name_en), f.kind, f.box, f.measure, f.part,
         case when a.fault is null and (s.ours is null or s.ours = v.mark or s.was = s.ours)
              then v.stored else letter_inputs.sent ->> f.name end,
         v.stored, v.mark, a.fault,
         coalesce(letter_inputs.answer ->> 'outcome' = 'conflict' and s.ours <> v.mark
                  and a.fault is null and s.was is distinct from s.ours
                  and s.was is distinct from v.mark, false)
  from pub.letter_field f
  cross join lateral (
    select pub.typed(lang, f.kind, letter_inputs.words -> f.name) as stored,
           pub.mark(f.kind, letter_inputs.words -> f.name) as mark) v
  left join lateral (
    select letter_inputs.sent ->> ('was_' || f.name) as was,
           pub.mark(f.kind, case f.part
             when 'group' then to_jsonb(pub.group_meant(letter_inputs.sent ->> f.name))
             else pub.meant(lang, f.kind, letter_inputs.sent ->> f.name) end) as ours
    where letter_inputs.sent ? f.name) s on true
  cross join lateral (select letter_inputs.answer -> 'faults' ->> f.name as fault) a
  order by f.ord;
end;

-- What a letter says, for reading: one row a figure, a rank with how many there are and the group.
create or replace function pub.letter_figures(lang text, words jsonb)
returns table (ord integer, measure text, label text, box text, unit text, value numeric,
               shown numeric, "of" integer, "group" text)
language sql stable
begin atomic
  select f.ord, f.measure, pub.pick(lang, f.name_id, f.name_en), f.box, f.unit,
         (letter_figures.words ->> f.name)::numeric,
         case when f.unit = 'rank' then (letter_figures.words ->> f.name)::numeric
              else pub.shown((letter_figures.words ->> f.name)::numeric, null) end,
         (letter_figures.words ->> (f.name || '_of'))::integer,
         pub.group_said(lang, letter_figures.words ->> (f.name || '_group'))
  from pub.letter_field f
  where f.part = 'value' and letter_figures.words ? f.name
  order by f.ord;
end;

-- The same beside the facts that stand: what each would change (act.letter_told), and figures that
-- would go.
create or replace function pub.letter_rows(lang text, words jsonb, changes jsonb)
returns table (label text, unit_word text, value numeric, shown numeric,
               "of" integer, "group" text, news_word text, old_value numeric, old_shown numeric,
               old_of integer, old_source text)
language sql stable
begin atomic
  select pub.pick(lang, f.name_id, f.name_en), f.unit, g.value, g.shown, g."of", g."group",
         case when c.measure is null then 'same' when c.new_value is null then 'gone'
              when c.old_value is null then 'new' else 'changed' end,
         c.old_value,
         case when f.unit = 'rank' then c.old_value else pub.shown(c.old_value, null) end,
         c.old_of, c.old_source
  from pub.letter_field f
  left join pub.letter_figures(lang, letter_rows.words) g on g.measure = f.measure
  left join jsonb_to_recordset(letter_rows.changes)
    c (measure text, old_value numeric, new_value numeric, old_of integer, old_source text)
    on c.measure = f.measure
  where f.part = 'value' and (g.measure is not null or c.measure is not null)
  order by f.ord;
end;

-- What became of published facts since the first start, for everybody: what came by a letter and
-- what was put right.
create or replace view pub.fact_change as
select c.id, c.at, c.region, c.year, c.measure, c.old_value, c.new_value, c.old_of, c.new_of,
       c.old_source, c.new_source, c.reason
from data.fact_change c;
