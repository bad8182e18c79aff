-- The register of a city's agencies, which its operators and the office keep.

-- Whether somebody keeps the register of that region.
create or replace function act.keeps_register(me data.account, region text) returns boolean
language sql immutable
return coalesce(me.role = 'office' or (me.role = 'operator' and me.region = region), false);

-- A name as it is kept: with single blanks.
create or replace function act.squeezed(said text) returns text language sql immutable
return regexp_replace(pub.tidy(said, false), ' +', ' ', 'g');

-- What is wrong with what a form says of an agency, by its fields: part_CODE says whether it leads
-- or supports a dimension, which only one leads.
create or replace function act.agency_faults(agency integer, region text, fields jsonb)
returns jsonb language plpgsql stable as $$
begin
  return (select nullif(jsonb_strip_nulls(jsonb_build_object(
    'region', case when not exists (select from data.region r where r.code = agency_faults.region)
                   then 'wrong' end,
    'name', coalesce(act.needed_fault('name', fields ->> 'name', 'line') ->> 'name',
                     case when exists (
                       select from data.agency a
                       where a.region = agency_faults.region and a.closed_at is null
                         and lower(a.name) = lower(act.squeezed(fields ->> 'name'))
                         and a.id is distinct from agency_faults.agency) then 'known' end),
    'short', act.field_fault(fields ->> 'short', 'line'),
    'contact', act.field_fault(fields ->> 'contact', 'line')))
    || coalesce((
      select jsonb_object_agg('part_' || d.code, case
               when fields ->> ('part_' || d.code) not in ('lead', 'support') then 'wrong'
               else 'led' end)
      from data.dimension d
      where fields ->> ('part_' || d.code) <> ''
        and (fields ->> ('part_' || d.code) not in ('lead', 'support')
             or fields ->> ('part_' || d.code) = 'lead'
                and exists (select from data.agency_dimension o
                            where o.region = agency_faults.region and o.dimension = d.code
                              and o.part = 'lead'
                              and o.agency is distinct from agency_faults.agency))), '{}'), '{}'));
end $$;

-- An agency as the trail shows it.
create or replace function act.agency_view(agency integer) returns jsonb
language sql stable as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'name', a.name, 'short', a.short, 'contact', a.contact,
    'leads', (select string_agg(d.dimension, ', ' order by d.dimension)
              from data.agency_dimension d where d.agency = a.id and d.part = 'lead'),
    'supports', (select string_agg(d.dimension, ', ' order by d.dimension)
                 from data.agency_dimension d where d.agency = a.id and d.part = 'support')))
  from data.agency a where a.id = agency_view.agency;
$$;

-- Adds an agency to the register of a region, or changes one.
create or replace function act.agency_save(agency integer, key text, fields jsonb)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.agency;
  city text;
  answer data.outcome;
  faults jsonb;
  before jsonb;
begin
  if me.id is null then
    return act.said('signed_out');
  end if;
  answer := act.once(me.id, key, array['agency_save', agency::text, fields::text], true);
  if answer.outcome is not null then
    return answer;
  end if;
  select a.* into held from data.agency a where a.id = agency for update;
  city := coalesce(held.region, case me.role when 'office' then fields ->> 'region'
                                else me.region end);
  if not act.keeps_register(me, coalesce(city, '')) or (agency is not null and held.id is null) then
    return act.once_done(me.id, key, act.refuse('agency_save', agency::text, me.region));
  elsif held.closed_at is not null then
    return act.once_done(me.id, key, act.said('state', held.id));
  end if;
  -- Of two who save at once the second one sees what the first one did.
  perform pg_advisory_xact_lock(hashtextextended('tolok agency ' || city, 0));
  faults := act.agency_faults(agency, city, fields);
  if faults is not null then
    return act.once_done(me.id, key, act.said('invalid', agency, faults));
  end if;
  before := act.agency_view(agency);
  if agency is null then
    insert into data.agency as a (region, name, short, contact)
    values (city, act.squeezed(fields ->> 'name'),
            nullif(act.squeezed(fields ->> 'short'), ''),
            nullif(act.squeezed(fields ->> 'contact'), ''))
    returning a.* into held;
  else
    update data.agency a
    set name = act.squeezed(fields ->> 'name'),
        short = nullif(act.squeezed(fields ->> 'short'), ''),
        contact = nullif(act.squeezed(fields ->> 'contact'), '')
    where a.id = agency;
    delete from data.agency_dimension d where d.agency = agency;
  end if;
  insert into data.agency_dimension (agency, region, dimension, part)
  select held.id, city, d.code, fields ->> ('part_' || d.code)
  from data.dimension d where fields ->> ('part_' || d.code) <> '';
  perform act.note('agency_save', 'agency', held.id::text, city, before,
                   act.agency_view(held.id));
  return act.once_done(me.id, key, act.said('done', held.id));
end $$;

-- Begins one.
create or replace function act.agency_add(key text, fields jsonb) returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.agency_save(null, key, fields)
$$;

-- Takes an agency from the register, with its dimensions. Accounts that belong to it stay, and
-- belong to none.
create or replace function act.agency_close(agency integer, key text)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.agency;
  answer data.outcome;
begin
  if me.id is null then
    return act.said('signed_out');
  end if;
  answer := act.once(me.id, key, array['agency_close', agency::text]);
  if answer.outcome is not null then
    return answer;
  end if;
  select a.* into held from data.agency a where a.id = agency for update;
  if not act.keeps_register(me, coalesce(held.region, '')) or held.id is null then
    return act.once_done(me.id, key, act.refuse('agency_close', agency::text, me.region));
  elsif held.closed_at is not null then
    return act.once_done(me.id, key, act.said('state', held.id));
  end if;
  perform act.note('agency_close', 'agency', held.id::text, held.region,
                   act.agency_view(held.id));
  delete from data.agency_dimension d where d.agency = agency;
  update data.account a set agency = null where a.agency = agency_close.agency;
  update data.agency a set closed_at = now() where a.id = agency_close.agency;
  return act.once_done(me.id, key, act.said('done', held.id));
end $$;
