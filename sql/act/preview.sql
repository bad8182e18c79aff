-- What publishing the draft of a round would show: one row per region that takes part or took part,
-- by the criterion that the round is ranked by, beside what is published now. Nothing is written.
-- `news`: enters, leaves, or changed, be it only in another criterion.
create or replace function act.preview(round text)
returns table (region text, name text, "group" text, value numeric, value_before numeric,
               label text, label_before text, span text, coverage numeric, applicable numeric,
               news text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set jit = off
set work_mem = '256MB' as $$
#variable_conflict use_column
declare
  taken data.round;
  draft data.intake;
  shown data.intake;
begin
  select r.* into taken from data.round r where r.code = preview.round;
  if not found then
    raise exception 'there is no round %', preview.round;
  elsif taken.draft is null then
    raise exception 'round % has no draft to look at', preview.round;
  end if;
  select i.* into draft from data.intake i where i.id = taken.draft;
  select i.* into shown from data.publication p join data.intake i on i.id = p.intake
    where p.id = taken.publication;
  return query
  with new as materialized (
    select * from calc.results(draft.id)
  ), old as materialized (
    select r.* from data.result r where r.publication = taken.publication
  ), changed as (
    select n.region, bool_or((n.value, n.status, n.label, n.coverage, n.applicable)
             is distinct from (o.value, o.status, o.label, o.coverage, o.applicable)) as any
    from new n left join old o using (region, criterion)
    group by n.region
  )
  select coalesce(n.region, o.region)::text, t.name, coalesce(n."group", o."group"), n.value,
         o.value, n.label, o.label, n.rank_low || '-' || n.rank_high, n.coverage, n.applicable,
         case when n.region is null then 'leaves'
              when o.region is null and shown.id is not null then 'enters'
              when c.any and shown.id is not null then 'changed' end
  from (select w.* from new w join calc.main m on m.method = draft.method
          and m.criterion = w.criterion) n
  full join (select w.* from old w join calc.main m on m.method = shown.method
               and m.criterion = w.criterion) o on o.region = n.region
  left join changed c on c.region = n.region
  join data.participant t on t.region = coalesce(n.region, o.region)
    and t.intake = case when n.region is null then shown.id else draft.id end
  order by coalesce(n."group", o."group") collate "C", n.rank nulls last,
           coalesce(n.region, o.region) collate "C";
end $$;
