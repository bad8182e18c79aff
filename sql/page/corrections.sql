-- Page corrections: what publications that replaced another changed in it. Without a round those of all real rounds, the newest first; of one
-- round; or one publication of it in full.

create or replace function page.corrections(lang text, round text, terbitan integer)
returns table (simulated boolean, round text, round_label text, edition integer, of_all boolean, of_round boolean, one boolean, first boolean,
               corrected boolean, uncorrected boolean, corrections bigint)
language sql stable
begin atomic
  select p.simulated, p.round, pub.pick(lang, p.label_id, p.label_en), p.n, corrections.round is null, corrections.round is not null,
         p.id is not null and terbitan is not null, p.supersedes is null and terbitan is not null,
         c.corrections > 0, c.corrections = 0, c.corrections
  from (values (corrections.round)) asked (round)
  left join pub.chosen(asked.round, terbitan) p on true
  cross join lateral (
    select count(*) as corrections
    from pub.publication k
    where k.supersedes is not null and case when asked.round is null then not k.simulated else k.round = asked.round end) c
  where asked.round is null or p.id is not null;
end;

-- A row for each change, those of one publication together: ten of each, or, of a single one, five hundred. A publication that changed nothing
-- has one row too, which is no change.
create or replace function page.corrections_changes(lang text, round text, terbitan integer)
returns table (publication integer, opens boolean, closes boolean, tabled boolean, changed boolean, unchanged boolean,
               label text, round_code text, n integer, old_n integer, published_at timestamptz, day text, reason text, reasoned boolean, unreasoned boolean,
               other_method boolean, version text, old_version text, value_count bigint, some_values boolean, region_count bigint,
               moved bigint, some_moved boolean, joined bigint, some_joined boolean, gone bigint, some_gone boolean, change_count bigint, more boolean,
               slug text, name text, criterion_name text, entered boolean, left_out boolean,
               old_value numeric, old_shown numeric, was_valued boolean, was_empty boolean, new_value numeric, new_shown numeric, is_valued boolean, is_empty boolean,
               old_label text, new_label text, rank_moved boolean, rank_kept boolean)
language sql stable
begin atomic
  with edition as materialized (
    select p.id, p.round, p.n, p.published_at, p.reason, p.version, b.version as old_version, b.n as old_n,
           pub.pick(lang, p.label_id, p.label_en) as label
    from pub.publication p
    join pub.publication b on b.id = p.supersedes
    where case when corrections_changes.round is null then not p.simulated else p.round = corrections_changes.round end
      and (terbitan is null or p.n = terbitan)
    order by p.id desc
    limit 20
  ), counted as (
    select e.id, count(c.region) as changes, count(*) filter (where c.valued and not c.entered and not c.left_out) as value_count,
           count(distinct c.region) filter (where c.valued and not c.entered and not c.left_out) as region_count,
           count(*) filter (where not c.valued) as moved, count(*) filter (where c.entered) as joined, count(*) filter (where c.left_out) as gone
    from edition e left join pub.change c on c.publication = e.id
    group by e.id
  ), ordered as (
    select e.id as edition, c.*,
           row_number() over (partition by e.id order by c.valued desc, c.ord, c.bare, c.name) as place
    from edition e left join pub.change c on c.publication = e.id
  )
  select e.id, o.place = 1, o.place = least(greatest(k.changes, 1), most.rows), k.changes > 0, o.region is not null, k.changes = 0,
         e.label, e.round, e.n, e.old_n, e.published_at, to_char(e.published_at, 'YYYY-MM-DD'), e.reason, e.reason is not null, e.reason is null,
         e.version <> e.old_version, e.version, e.old_version, k.value_count, k.value_count > 0, k.region_count, k.moved, k.moved > 0,
         k.joined, k.joined > 0, k.gone, k.gone > 0, k.changes, k.changes > most.rows,
         o.slug, o.name, pub.pick(lang, o.name_id, o.name_en), o.entered, o.left_out,
         o.old_value, o.old_shown, o.old_value is not null, o.old_value is null and not o.entered, o.new_value, o.new_shown, o.new_value is not null,
         o.new_value is null and not o.left_out,
         coalesce(o.old_label, '–'), coalesce(o.new_label, '–'), o.old_label is distinct from o.new_label, o.old_label is not distinct from o.new_label
  from edition e
  join counted k on k.id = e.id
  join ordered o on o.edition = e.id
  cross join (select case when terbitan is null then 10 else 500 end as rows) most
  where o.place <= most.rows
  order by e.id desc, o.place;
end;
