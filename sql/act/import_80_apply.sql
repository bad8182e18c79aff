-- Writes a staged package that act.import_check found without fault, as the draft of its round.

-- The method of the stage: the one that has this version already, or a new one.
create or replace function act.import_apply_method() returns integer language plpgsql as $$
declare
  method_id integer := (select m.id from data.method m
                        where m.version = act.import_value('method.version'));
begin
  if method_id is not null then
    return method_id;
  end if;
  insert into data.method (version, digest, scale_min, scale_max, rounding, rank_on, ties, missing,
                           min_coverage,
                           higher_is_better, draws, weight_spread)
  values (act.import_value('method.version'), act.import_method_digest(),
          act.import_value('method.scale.min')::numeric,
          act.import_value('method.scale.max')::numeric, act.import_value('method.rounding'),
          act.import_value('method.rank_on'), act.import_value('method.ties'),
          act.import_value('method.missing'),
          act.import_value('method.min_coverage')::numeric,
          act.import_value('method.higher_is_better')::boolean,
          act.import_value('method.draws')::integer,
          act.import_value('method.weight_spread')::numeric)
  returning id into method_id;
  insert into data.criterion (method, code, ord, height, aggregate, round_step, kind, name_id,
                              name_en)
  select method_id, n.code, n.ord, n.height, c.aggregate, act.decimal(c.round_step), c.kind,
         c.name_id, c.name_en
  from pg_temp.import_node n join pg_temp.import_criterion c on c.line = n.line;
  insert into data.criterion_edge (method, parent, child, weight, ord)
  select method_id, c.parent, c.criterion, c.weight::numeric, c.ord
  from (select r.*, row_number() over (order by r.line) as ord from pg_temp.import_criterion r) c
  where c.parent <> '';
  return method_id;
end $$;

-- Removes the round's draft, and its method when nothing else uses it: no publication ever did.
create or replace function act.import_drop_draft(round_code text) returns boolean
language plpgsql as $$
declare
  draft_id integer := (select r.draft from data.round r where r.code = round_code);
  method_id integer;
begin
  if draft_id is null then
    return false;
  end if;
  update data.round set draft = null where code = round_code;
  perform act.preview_outdate(round_code, 'draft');
  delete from data.intake i where i.id = draft_id returning i.method into method_id;
  delete from data.method m where m.id = method_id and not exists (select from data.intake i
    where i.method = m.id) and not exists (select from data.round_run r where r.method = m.id);
  return true;
end $$;

-- Regions that the database does not know: they have a code, an address and a name, nothing else.
create or replace function act.import_apply_regions() returns integer language plpgsql as $$
declare
  added integer;
begin
  insert into data.region (code, slug, name)
  select r.region, lower(r.region), r.name
  from pg_temp.import_region r
  where not exists (select from data.region k where k.code = r.region)
  order by r.line;
  get diagnostics added = row_count;
  return added;
end $$;

-- Takes the place of the round's draft, if it has one; its publications stay. Returns one row that
-- says what was written.
create or replace function act.import_apply()
returns table (round text, regions bigint, new_regions integer, criteria bigint, marks bigint,
               official bigint,
               replaced boolean, publication integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp set jit = off as $$
#variable_conflict use_variable
declare
  intake_id integer;
begin
  perform act.import_stage();
  round := act.import_value('code');
  insert into data.round (code) values (round) on conflict do nothing;
  replaced := act.import_drop_draft(round);
  new_regions := act.import_apply_regions();
  insert into data.intake (round, method, title_id, title_en, year, simulated, source, format)
  values (round, act.import_apply_method(), act.import_value('title.id'),
          act.import_value('title.en'),
          act.import_value('year')::integer, act.import_value('simulated')::boolean,
          act.import_value('source'), act.import_format())
  returning id into intake_id;
  insert into data.participant (intake, region, name, "group")
  select intake_id, r.region, k.name, r."group" from pg_temp.import_region r join data.region k
         on k.code = r.region;
  -- Codes come from where they were checked already: as text each would be checked again.
  insert into data.mark (intake, region, criterion, status, value)
  select intake_id, p.region, c.code,
         case when m.status in ('not_applicable', 'no_data', 'outside') then m.status
              when m.value = '' then 'no_data' else 'value' end,
         nullif(m.value, '')::numeric
  from pg_temp.import_mark m
  join data.participant p on p.intake = intake_id and p.region = m.region
  join data.criterion c on c.method = (select i.method from data.intake i where i.id = intake_id)
    and c.code = m.criterion;
  insert into data.official (intake, region, criterion, value, note, source)
  select intake_id, o.region, o.criterion, o.value::numeric, nullif(o.note, ''),
         nullif(o.source, '')
  from pg_temp.import_official o;
  insert into data.intake_text (intake, file, body)
  select intake_id, t.file, t.body from pg_temp.import_text t;
  update data.round r set draft = intake_id where r.code = round;
  regions := (select count(*) from pg_temp.import_region);
  criteria := (select count(*) from pg_temp.import_node);
  marks := (select count(*) from pg_temp.import_mark);
  official := (select count(*) from pg_temp.import_official);
  publication := (select p.n from data.round r join data.publication p on p.id = r.publication
                  where r.code = import_apply.round);
  perform act.note('import', 'round', round, null, null, jsonb_build_object('intake', intake_id,
    'regions', regions, 'marks', marks));
  return next;
end $$;
