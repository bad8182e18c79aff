-- Previews: what publishing the draft of a round would show, beside what is published.

-- Computes the draft of a round and keeps the results, as a preview that is in the place of the one
-- before it. Returns its number.
create or replace function act.preview_make(round text, account integer) returns integer
language plpgsql
set jit = off
set work_mem = '256MB' as $$
#variable_conflict use_column
declare
  taken data.round;
  draft data.intake;
  shown data.publication;
  made integer;
begin
  -- The draft stays what it is until this ends.
  select r.* into taken from data.round r where r.code = preview_make.round for share;
  if not found then
    raise exception 'there is no round %', preview_make.round;
  elsif taken.draft is null then
    raise exception 'round % has no draft to look at', preview_make.round;
  end if;
  select i.* into draft from data.intake i where i.id = taken.draft;
  select p.* into shown from data.publication p where p.id = taken.publication;
  made := nextval(pg_get_serial_sequence('data.preview', 'id'));
  create temporary table preview_new on commit drop as select * from calc.results(draft.id);
  analyze pg_temp.preview_new;
  perform calc.tell('compare');
  insert into data.preview (id, round, intake, base, n, made_by, title_id, title_en, year, state,
                            why, ended_at, simulated, method, main, main_name_id, main_name_en,
                            round_step, scale_min, scale_max, higher_is_better, draws, regions,
                            criteria, digest, same, entering, leaving, changed_values,
                            changed_ranks, changed_coverage, changed_intervals, changed_others,
                            changed_files)
    overriding system value
  select made, preview_make.round, draft.id, shown.id, coalesce(shown.n, 0) + 1, account,
         draft.title_id, draft.title_en, draft.year, 'outdated', 'newer', now(), draft.simulated,
         m.version, a.criterion,
         k.name_id, k.name_en, k.round_step, m.scale_min, m.scale_max, m.higher_is_better, m.draws,
         (select count(*) from data.participant t where t.intake = draft.id),
         (select count(*) from data.criterion c where c.method = m.id), repeat('0', 64), false, 0,
         0, 0, 0, 0, 0, 0, '{}'
  from data.method m
  join calc.main a on a.method = m.id
  join data.criterion k on k.method = m.id and k.code = a.criterion
  where m.id = draft.method;
  insert into data.preview_result (preview, region, criterion, "group", status, value, exact,
                                   computed, official, rank, label, "of", rank_low, rank_median,
                                   rank_high, coverage, applicable)
  select made, w.region, w.criterion, w."group", w.status, w.value, w.exact, w.computed,
         w.official, w.rank, w.label, w."of", w.rank_low, w.rank_median, w.rank_high, w.coverage,
         w.applicable
  from pg_temp.preview_new w;
  drop table pg_temp.preview_new;
  analyze data.preview_result;
  perform act.preview_compare(made);
  -- Last, as somebody may be looking at the one before it.
  perform act.preview_outdate(preview_make.round, 'newer');
  update data.preview p set state = 'ready', why = null, ended_at = null where p.id = made;
  return made;
end $$;

-- Fills in what a preview changes of the publication that it is compared with.
create or replace function act.preview_compare(preview integer) returns void
language plpgsql as $$
#variable_conflict use_variable
declare
  p data.preview;
  shown data.intake;
  sums text;
  old_sums text;
begin
  select x.* into strict p from data.preview x where x.id = preview;
  select i.* into shown from data.publication x join data.intake i on i.id = x.intake
  where x.id = p.base;
  insert into data.preview_row
  with changed as (
    select n.region
    from data.preview_result n
    join data.result o on o.publication = p.base and o.region = n.region
      and o.criterion = n.criterion
    where n.preview = p.id
      and (n.status, n.value, n.label, n.coverage, n.applicable, n.rank_low, n.rank_high)
          is distinct from
          (o.status, o.value, o.label, o.coverage, o.applicable, o.rank_low, o.rank_high)
    union
    -- Criteria that come and go.
    select n.region from data.preview_result n
    where n.preview = p.id and p.base is not null
      and not exists (select from data.criterion c
                      where c.method = shown.method and c.code = n.criterion)
  )
  select p.id,
         row_number() over (order by coalesce(n."group", o."group") collate "C", n.rank nulls last,
                            coalesce(n.region, o.region) collate "C"),
         coalesce(n.region, o.region), t.name, coalesce(n."group", o."group"), n.value, n.rank,
         n.label, n."of", n.rank_low, n.rank_median, n.rank_high, n.coverage, n.applicable,
         o.value, o.label, o.rank_low, o.rank_high, o.coverage, o.applicable,
         case when n.region is null then 'leaves'
              when p.base is null then null
              when o.region is null then 'enters'
              when c.region is not null then 'changed' end
  from (select r.* from data.preview_result r where r.preview = p.id and r.criterion = p.main) n
  full join (select r.* from data.result r
             join calc.main m on m.method = shown.method and m.criterion = r.criterion
             where r.publication = p.base) o on o.region = n.region
  left join changed c on c.region = n.region
  join data.participant t on t.region = coalesce(n.region, o.region)
    and t.intake = case when n.region is null then shown.id else p.intake end;

  perform calc.tell('digest');
  sums := act.export_sums(p.intake, null, p.id);
  old_sums := act.export_sums(shown.id, p.base);
  update data.preview x
  set digest = data.digest_of(sums), same = sums is not distinct from old_sums,
      (entering, leaving, changed_values, changed_ranks, changed_coverage, changed_intervals,
       changed_others) = (
        select count(*) filter (where r.news = 'enters'),
               count(*) filter (where r.news = 'leaves'),
               count(*) filter (where d.values), count(*) filter (where d.ranks),
               count(*) filter (where d.coverage), count(*) filter (where d.intervals),
               count(*) filter (where r.news = 'changed' and not (d.values or d.ranks
                                                                  or d.coverage or d.intervals))
        from data.preview_row r
        cross join lateral (
          select c.so and r.value is distinct from r.value_before,
                 c.so and r.label is distinct from r.label_before,
                 c.so and (r.coverage, r.applicable) is distinct from (r.coverage_before,
                                                                       r.applicable_before),
                 c.so and (r.low, r.high) is distinct from (r.low_before, r.high_before)
          from (values (coalesce(r.news = 'changed', false))) c (so)
          ) d (values, ranks, coverage, intervals)
        where r.preview = p.id),
      changed_files = case when p.base is null then '{}' else array(
        select coalesce(a.name, b.name)
        from (select split_part(l, '  ', 2) as name, l as line
              from string_to_table(sums, e'\n') l where l <> '') a
        full join (select split_part(l, '  ', 2) as name, l as line
                   from string_to_table(old_sums, e'\n') l where l <> '') b using (name)
        where a.line is distinct from b.line
        order by 1) end
  where x.id = p.id;
end $$;

-- For the operator: the same, one row per region that takes part or took part, by the criterion
-- that the round is ranked by, beside what is published now. Nothing is kept of it.
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
  made integer;
  rows data.preview_row[];
begin
  begin
    made := act.preview_make(preview.round, null);
    rows := (select array_agg(r order by r.ord) from data.preview_row r where r.preview = made);
    raise exception 'nothing is kept' using errcode = 'TKTLD';
  exception when sqlstate 'TKTLD' then
    null;
  end;
  return query
  select r.region::text, r.name, r."group", r.value, r.value_before, r.label, r.label_before,
         r.low || '-' || r.high, r.coverage, r.applicable, r.news
  from unnest(rows) r order by r.ord;
end $$;
