-- Which rows of rounds run here the desk sees. A row bears the number of its part; who asks has
-- arrays of parts, rounds and assignments, each worked out once a query. Views that the desk reads
-- over these tables are security_invoker (tests/lint/text.t): another one would show them all.

-- What somebody of a city may see and write of it: null is all.
create function data.my_scope(out region text, out dimensions text[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant integer := data.actor();
begin
  select a.region, case when a.dimensions <> '{*}' then a.dimensions end
  into region, dimensions
  from data.account a where a.id = me and a.role in ('operator', 'owner');
end $$;

create function data.my_assignments() returns integer[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant integer := data.actor();
begin
  return array(select a.id from data.assignment a where a.assessor = me and a.until is null
               and data.actor_role() = 'assessor');
end $$;

-- The parts of one's city and dimensions, or those that one is assigned to now. `closed`: of these
-- only those whose city can not change its answers freely any more, as assessors see nothing
-- before.
create function data.my_parts(closed boolean) returns integer[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant integer := data.actor();
  role constant text := data.actor_role();
  mine record;
begin
  if role = 'assessor' then
    return array(
      select a.part from data.assignment a
      where a.assessor = me and a.until is null
        and (not my_parts.closed
             or exists (select from data.city_step c
                        where c.round = a.round and c.region = a.region and c.step = 'self'
                          and c.closes + interval '2 minutes' <= now())));
  elsif role in ('operator', 'owner') then
    select * into mine from data.my_scope();
    return array(select p.id from data.part p
                 where p.region = mine.region
                   and (mine.dimensions is null or p.dimension = any (mine.dimensions)));
  end if;
  return '{}';
end $$;

-- The rounds that one takes part in.
create function data.my_rounds() returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant integer := data.actor();
  role constant text := data.actor_role();
begin
  return case
    when role = 'office' then array(select r.round::text from data.round_run r)
    when role = 'assessor' then array(select distinct a.round::text from data.assignment a
                                      where a.assessor = me and a.until is null)
    else array(select e.round::text from data.entrant e
               join data.round_run r on r.round = e.round and r.state <> 'draft'
               where e.region = (select s.region from data.my_scope() s)) end;
end $$;

-- Whether a city reads what assessors gave it: from when its reply has opened, or, where the round
-- has none, when it is published.
create function data.is_told(round text, region text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from data.round_run r where r.round = is_told.round
                 and r.state = 'published')
         or exists (select from data.city_step c
                    join data.round_run r on r.round = c.round and r.state in ('open', 'final')
                    where c.round = is_told.round and c.region = is_told.region
                      and c.step = 'reply' and c.opens <= now());
end $$;

-- Whether all who are assigned to a part have signed.
create function data.is_signed(part integer) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(bool_and(a.signed_at is not null), false)
  from data.assignment a where a.part = is_signed.part and a.until is null
$$;

-- The parts of which one reads everybody's marks: assessors and the office once all have signed (in
-- a panel assessors always), a city those of its own that it was told of. When a round is final the
-- office reads all that was signed.
create function data.my_mark_parts() returns integer[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me constant integer := data.actor();
  role constant text := data.actor_role();
begin
  if role = 'office' then
    return array(
      select a.part from data.assignment a join data.round_run r on r.round = a.round
      where a.until is null group by a.part, r.state
      having bool_and(a.signed_at is not null) or r.state in ('final', 'published'));
  elsif role = 'assessor' then
    return array(
      select a.part from data.assignment a join data.round_run r on r.round = a.round
      where a.assessor = me and a.until is null
        and (r.how = 'panel' or data.is_signed(a.part)));
  end if;
  return array(select p.id from data.part p
               where p.id = any (data.my_parts(false)) and data.is_told(p.round, p.region));
end $$;

-- The rounds whose decisions one reads: the office all, assessors those that are final, a city
-- those that are published.
create function data.my_decided_rounds() returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  role constant text := data.actor_role();
begin
  return array(select r.round::text from data.round_run r
               where role = 'office' or (role = 'assessor' and r.state = 'final')
                  or (role is not null and r.state = 'published'));
end $$;

-- Whose rows of the trail about marks, decisions and objections one reads.
create function data.my_audiences() returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  here constant text := (select s.region from data.my_scope() s);
begin
  return array(
    select r.round || ' ' || a.audience
    from data.round_run r cross join (values ('marks'), ('decisions')) a (audience)
    where data.actor() is not null
      and case a.audience when 'marks' then data.is_told(r.round, here)
                          else r.state = 'published' end);
end $$;
create function data.reads_told(audience text, round text, account integer, my_id integer,
                                my_role text, told text[]) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return coalesce(audience is null or my_role = 'office' or account = my_id
                  or round || ' ' || audience = any (told), false);
end $$;
create policy desk on data.audit for select to tolok_desk using (
  data.reads_audit(account, region, (select data.actor()), (select data.actor_role()),
                   (select data.actor_region()))
  and data.reads_told(audience, round, account, (select data.actor()),
                      (select data.actor_role()), (select data.my_audiences())));

do $$
declare
  name text;
  rule record;
begin
  foreach name in array array[
    'round_run', 'round_right', 'round_step', 'entrant', 'extension', 'city_step', 'guide',
    'guide_option', 'method_after', 'round_notice', 'part', 'cell', 'answer_version', 'evidence',
    'evidence_use', 'question', 'question_line', 'submission', 'target', 'saves', 'assessor',
    'assessor_former', 'adviser', 'assignment', 'assessor_mark', 'mark_version', 'mark_note',
    'objection', 'reply_sent', 'decision', 'decision_version', 'agreement', 'minutes',
    'recommendation', 'recommendation_report', 'recommendation_verdict', 'meeting', 'finding']
  loop
    execute format('alter table data.%s enable row level security, force row level security', name);
    execute format('create policy owner on data.%s to tolok_owner using (true) with check (true)',
                   name);
  end loop;
  for rule in values
    -- Who takes part.
    ('round_run', 'round in (select unnest(data.my_rounds()))'),
    ('round_step', 'round in (select unnest(data.my_rounds()))'),
    ('round_right', 'true'),
    ('entrant', 'round in (select unnest(data.my_rounds()))'),
    ('extension', 'round in (select unnest(data.my_rounds()))'),
    ('city_step', 'round in (select unnest(data.my_rounds()))'),
    ('guide', 'method in (select r.method from data.round_run r)'),
    ('guide_option', 'method in (select r.method from data.round_run r)'),
    -- A city its own, assessors what they are assigned to.
    ('part', 'OFFICE or id in (select unnest(data.my_parts(false)))'),
    ('cell', 'OFFICE or part in (select unnest(data.my_parts(true)))'),
    ('answer_version', 'OFFICE or part in (select unnest(data.my_parts(true)))'),
    ('evidence_use', 'OFFICE or part in (select unnest(data.my_parts(true)))'),
    ('evidence', 'OFFICE or region = (select s.region from data.my_scope() s)
                  or id in (select u.evidence from data.evidence_use u)'),
    ('question', 'OFFICE or part in (select unnest(data.my_parts(false)))'),
    ('question_line', 'OFFICE or part in (select unnest(data.my_parts(false)))'),
    ('submission', 'OFFICE or region = (select s.region from data.my_scope() s)
                    or (round, region) in (select p.round, p.region from data.part p
                                           where p.id in (select unnest(data.my_parts(true))))'),
    ('target', 'OFFICE or region = (select s.region from data.my_scope() s)'),
    -- Assessors and their marks.
    ('assessor', 'OFFICE or account = (select data.actor())'),
    ('assessor_former', 'OFFICE or account = (select data.actor())'),
    ('adviser', 'OFFICE or region = (select s.region from data.my_scope() s)'),
    ('assignment', 'OFFICE or id in (select unnest(data.my_assignments()))
                    or part in (select unnest(data.my_mark_parts()))
                       and (select data.actor_role()) = ''assessor'''),
    ('assessor_mark', 'assignment in (select unnest(data.my_assignments()))
                       or part in (select unnest(data.my_mark_parts()))'),
    ('mark_version', 'assignment in (select unnest(data.my_assignments()))
                      or part in (select unnest(data.my_mark_parts()))'),
    ('mark_note', 'assignment in (select unnest(data.my_assignments()))'),
    -- What follows.
    ('objection', 'OFFICE or part in (select unnest(data.my_parts(false)))'),
    ('decision', 'round in (select unnest(data.my_decided_rounds()))
                  and (OFFICE or part in (select unnest(data.my_parts(false))))'),
    ('decision_version', 'OFFICE'),
    ('agreement', 'OFFICE or part in (select unnest(data.my_parts(false)))
                   and (select data.actor_role()) = ''assessor'''),
    ('minutes', 'OFFICE'),
    ('round_notice', 'OFFICE'),
    ('reply_sent', 'OFFICE or region = (select s.region from data.my_scope() s)'),
    ('recommendation', 'OFFICE or region = (select s.region from data.my_scope() s)
                        or part in (select unnest(data.my_parts(false)))'),
    ('recommendation_report', 'recommendation in (select r.id from data.recommendation r)'),
    ('recommendation_verdict', 'recommendation in (select r.id from data.recommendation r)'),
    ('meeting', 'OFFICE or region = (select s.region from data.my_scope() s)
                 or (select data.actor()) = any (panel) or by = (select data.actor())'),
    ('finding', 'OFFICE or part in (select unnest(data.my_parts(false)))
                 and (select data.actor_role()) = ''assessor''')
  loop
    execute format('create policy desk on data.%s for select to tolok_desk using (%s)',
                   rule.column1, replace(rule.column2, 'OFFICE',
                                         '(select data.actor_role()) = ''office'''));
  end loop;
end $$;
