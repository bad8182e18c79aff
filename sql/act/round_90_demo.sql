-- A rehearsal of the fifty, filled up to a step, to look around with and to test (`tolok demo
-- round`). All that it holds follows from the codes of regions and criteria: it is the same each
-- time.

-- A number from 0 up to 1 that follows from words.
create or replace function act.chance(variadic words text[]) returns numeric
language sql immutable
return ('x' || left(md5(array_to_string(words, '|')), 7))::bit(28)::integer / 268435456.0;

-- The proposal of this portal: five components, each over the six dimensions. No source shows such
-- a grid of the ministry's.
create or replace function act.proposed_method(version text) returns integer
language plpgsql as $$
#variable_conflict use_variable
declare
  made integer;
begin
  insert into data.method (version, digest, scale_min, scale_max, rounding, rank_on, ties, missing,
                           min_coverage, higher_is_better, draws, weight_spread)
  values (version, '-', 0, 4, 'half_up', 'value', 'competition', 'worst', 0.5, true, 1000, 0.25)
  returning id into made;
  insert into data.criterion (method, code, ord, height, aggregate, round_step, kind, name_id,
                              name_en)
  with component (code, ord, name) as (
    values ('baseline', 1, 'Baseline'), ('output', 2, 'Output'), ('outcome', 3, 'Outcome'),
           ('impact', 4, 'Impact'), ('quick_win', 5, 'Quick win'))
  select made, n.code, row_number() over (order by n.height desc, n.ord), n.height, n.aggregate,
         n.step, n.kind, n.name_id, n.name_en
  from (
    select 'index' as code, 0 as ord, 2 as height, 'mean' as aggregate, 0.01 as step,
           'index' as kind, 'Nilai akhir' as name_id, 'Overall score' as name_en
    union all
    select c.code, c.ord, 1, 'mean', 0.01, 'component', c.name, c.name from component c
    union all
    select d.code, 10 + d.ord, 1, 'mean', 0.01, 'dimension', d.name_id, d.name_en
    from data.dimension d
    union all
    select d.code || '.' || c.code, 100 * d.ord + c.ord, 0, 'leaf', null, 'indicator',
           d.name_id || ', ' || lower(c.name), d.name_en || ', ' || lower(c.name)
    from data.dimension d cross join component c) n;
  insert into data.criterion_edge (method, parent, child, weight, ord)
  with component (code, ord, weight) as (
    values ('baseline', 1, 10), ('output', 2, 20), ('outcome', 3, 30), ('impact', 4, 20),
           ('quick_win', 5, 20))
  select made, e.parent, e.child, e.weight, 1000 + row_number() over (order by e.ord)
  from (
    select 'index' as parent, c.code as child, c.weight, c.ord from component c
    union all
    select c.code, d.code || '.' || c.code, 1, 100 * c.ord + d.ord
    from component c cross join data.dimension d
    union all
    select d.code, d.code || '.' || c.code, c.weight, 1000 * d.ord + c.ord
    from component c cross join data.dimension d) e;
  insert into data.guide (method, criterion, text, na, pieces)
  select made, c.code, 'Usulan portal ini, bukan panduan kementerian.',
         case when right(c.code, 9) = 'quick_win' then 'daerah tanpa program percepatan' end, 1
  from data.criterion c where c.method = made and c.height = 0;
  insert into data.guide_option (method, criterion, value, label)
  select made, g.criterion, o.value, o.label
  from data.guide g
  cross join (values (0, 'belum ada'), (1, 'direncanakan'), (2, 'sebagian'), (3, 'sebagian besar'),
                     (4, 'seluruhnya')) o (value, label)
  where g.method = made;
  return made;
end $$;

-- Somebody of the rehearsal, whose password nobody knows.
create or replace function act.demo_person(name text, role text, region text default null)
returns integer language sql as $$
  insert into data.account as a (email, name, role, region, demo, state, password_setting,
                                 password_digest)
  values ('gladi.' || demo_person.name || '@demo.example', 'Gladi ' || demo_person.name,
          demo_person.role, demo_person.region, true, 'active',
          '$argon2id$v=19$m=47104,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA',
          data.digest_of(gen_random_uuid()::text || gen_random_uuid()::text))
  on conflict on constraint account_email_key do update set state = 'active' where a.demo
  returning id
$$;

-- What cities say: a few cells stay open or have no data; of some the criterion does not apply.
-- `part`: how much of it is there.
create or replace function act.demo_answers(round text, part numeric) returns void
language plpgsql as $$
#variable_conflict use_variable
begin
  insert into data.evidence (region, round, step, kind, url, title, year, by)
  select e.region, round, 'self', 'link', 'https://contoh.example/' || e.region || '/' || n,
         'Peraturan dan laporan ' || n, 2029, a.id
  from data.entrant e
  join data.account a on a.email = 'gladi.' || e.region || '@demo.example'
  cross join generate_series(1, 3) n
  where e.round = demo_answers.round
  order by e.region, n;
  insert into data.evidence_use (evidence, round, region, dimension, part, criterion, page, step,
                                 by)
  select v.id, round, c.region, c.dimension, c.part, c.criterion,
         (1 + floor(40 * act.chance(c.region, c.criterion, 'page')))::text, 'self', v.by
  from data.cell c
  join data.evidence v on v.round = c.round and v.region = c.region
    and right(v.title, 1) = (1 + floor(3 * act.chance(c.region, c.criterion, 'piece')))::text
  where c.round = demo_answers.round and act.chance(c.region, c.criterion, 'part') < part
    and act.chance(c.region, c.criterion, 'bare') > 0.05
  order by c.region, c.criterion;
  update data.cell c
  set state = s.state,
      value = case when s.state = 'value' then least(4, floor(1 + 4 * s.x)) end,
      reason = case when s.state = 'not_applicable' then 'Tidak ada programnya di daerah ini'
                    else 'Lihat bukti halaman ' || (1 + floor(40 * s.x))::text end,
      row_version = 2, saved_by = a.id, saved_at = now(),
      digest = data.version_digest(jsonb_build_array(c.region, c.criterion, s.state, s.x), null)
  from (
    select k.region, k.criterion, act.chance(k.region, k.criterion) as x,
           case when act.chance(k.region, k.criterion, 'na') < 0.1 and g.na is not null
                  then 'not_applicable'
                when act.chance(k.region, k.criterion, 'nd') < 0.02 then 'no_data'
                else 'value' end as state
    from data.cell k
    join data.round_run r on r.round = k.round
    left join data.guide g on g.method = r.method and g.criterion = k.criterion
    where k.round = demo_answers.round and act.chance(k.region, k.criterion, 'part') < part
      and act.chance(k.region, k.criterion, 'open') > 0.04) s
  join data.account a on a.email = 'gladi.' || s.region || '@demo.example'
  where c.round = demo_answers.round and c.region = s.region and c.criterion = s.criterion;
  insert into data.answer_version (round, region, criterion, n, part, state, value, reason, by, at,
                                   digest)
  select c.round, c.region, c.criterion, 2, c.part, c.state, c.value, c.reason, c.saved_by,
         c.saved_at, c.digest
  from data.cell c where c.round = demo_answers.round and c.state <> 'open';
end $$;

-- Two assessors for each part, who have no conflict.
create or replace function act.demo_assign(round text) returns void language sql as $$
  insert into data.part (round, region, dimension)
  select e.round, e.region, d.dimension
  from data.entrant e
  cross join (select distinct l.dimension from act.round_leaves((
                select r.method from data.round_run r where r.round = demo_assign.round)) l) d
  where e.round = demo_assign.round
  order by e.region, d.dimension
  on conflict do nothing;
  insert into data.assignment (round, region, dimension, part, assessor, role, seat)
  select p.round, p.region, p.dimension, p.id, a.id,
         case a.n when 1 then 'lead' else 'second' end, a.n
  from data.part p
  cross join lateral (
    select x.id, row_number() over (order by act.chance(p.region, x.email)) as n
    from data.account x where x.email like 'gladi.asesor%@demo.example'
    order by n limit 2) a
  where p.round = demo_assign.round
  order by p.region, p.dimension, a.n
$$;

-- Marks of those who mark: mostly what the city says, a step less here and there, and in one of
-- eight cells the second sees it in another way. They sign when all are there.
create or replace function act.demo_marks(round text, part numeric) returns void
language plpgsql as $$
#variable_conflict use_variable
begin
  insert into data.assessor_mark (assignment, criterion, round, region, dimension, part, seat,
                                  state, value, reason, digest)
  select a.id, c.criterion, c.round, c.region, c.dimension, c.part, a.seat,
         case c.state when 'open' then 'no_data' else c.state end,
         case when c.state = 'value' then greatest(0, least(4,
           c.value - (act.chance(c.region, c.criterion, 'cut') < 0.3)::integer
           + case when a.role = 'second' and act.chance(c.region, c.criterion, 'differ') < 0.125
                  then (array[-2, 1])[1 + (act.chance(c.region, c.criterion, 'up') < 0.5)::integer]
                  else 0 end)) end,
         'Sesuai bukti', data.version_digest(jsonb_build_array(a.seat, c.region, c.criterion), null)
  from data.assignment a
  join data.cell c on c.part = a.part and not c.aside
  where a.round = demo_marks.round and a.until is null
    and act.chance(a.region, a.dimension, a.seat::text, 'marks') < part
  order by c.region, c.criterion, a.seat;
  insert into data.mark_version (assignment, criterion, n, part, state, value, reason, at, digest)
  select m.assignment, m.criterion, 1, m.part, m.state, m.value, m.reason, m.saved_at, m.digest
  from data.assessor_mark m where m.round = demo_marks.round;
  update data.assignment a set signed_at = now()
  where a.round = demo_marks.round and exists (
    select from data.assessor_mark m where m.assignment = a.id);
end $$;

-- Questions and recommendations of the first stage; objections of the reply.
create or replace function act.demo_words(round text, place integer) returns void
language plpgsql as $$
#variable_conflict use_variable
begin
  insert into data.question (round, region, dimension, part, criterion, asks, text, by)
  select c.round, c.region, c.dimension, c.part, c.criterion,
         (array['answer', 'evidence', 'words'])[1 + floor(3 * act.chance(c.region, c.criterion,
                                                                         'asks'))::integer],
         'Mohon dilengkapi', a.assessor
  from data.cell c
  join data.assignment a on a.part = c.part and a.role = 'lead' and a.until is null
  where c.round = demo_words.round and place >= 2
    and act.chance(c.region, c.criterion, 'question') < 0.05
  order by c.region, c.criterion;
  insert into data.recommendation (round, region, n, part, dimension, text, agency, by)
  select a.round, a.region, 1, a.part, a.dimension,
         'Tetapkan penanggung jawab dan target tahunan', 'Dinas Komunikasi dan Informatika',
         a.assessor
  from data.assignment a
  where a.round = demo_words.round and place >= 2 and a.role = 'lead' and a.until is null
    and a.dimension = 'governance'
  order by a.region;
  insert into data.objection (round, region, criterion, dimension, part, state, value, text, by,
                              sent_at, verdict, answer, answered_by, answered_at, proposed_state,
                              proposed)
  select c.round, c.region, c.criterion, c.dimension, c.part, 'value', c.value,
         'Bukti sudah lengkap', c.saved_by, now(), o.verdict,
         case when o.verdict is not null then 'Sudah ditinjau' end,
         case when o.verdict is not null then a.assessor end,
         case when o.verdict is not null then now() end,
         case o.verdict when 'accept' then 'value' end,
         case o.verdict when 'accept' then c.value end
  from data.cell c
  join data.assignment a on a.part = c.part and a.role = 'lead' and a.until is null
  cross join lateral (
    select (array['accept', 'reject', null])[1 + floor(3 * act.chance(
             c.region, c.criterion, 'verdict'))::integer] as verdict) o
  where c.round = demo_words.round and place >= 5 and c.state = 'value'
    and act.chance(c.region, c.criterion, 'objection') < 0.02
  order by c.region, c.criterion;
end $$;

-- The plenary decides all that is open: the higher mark, else what the city has proposed.
create or replace function act.demo_decide(round text) returns void
language plpgsql as $$
#variable_conflict use_variable
declare
  d data.decision;
begin
  for d in
    select x.* from data.decision x where x.round = demo_decide.round and x.state = 'open'
    order by x.region, x.criterion
  loop
    perform act.decision_write(d, case when d.high is not null then 'value'
                                       when d.why = 'na' then 'not_applicable'
                                       else 'no_data' end, d.high, 'Keputusan pleno', 'plenary',
                               (select r.created_by from data.round_run r
                                where r.round = demo_decide.round));
  end loop;
end $$;

-- Makes the rehearsal anew, filled up to `step`: a step of the calendar, 'draft', 'final', or
-- 'decided', in which nothing is open. One that was published stays, and the next one has another
-- number.
create or replace function act.demo_round(step text)
returns table (round text, cities bigint, cells bigint, open bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  steps constant text[] := array['draft', 'self', 'review', 'repair', 'verify', 'reply', 'final',
                                 'decided'];
  place constant integer := array_position(steps, step) - 1;
  number integer := 1;
  office integer;
begin
  if place is null then
    raise exception 'there is no step %', step using hint = 'One of ' || array_to_string(steps,
                                                                                       ', ');
  end if;
  loop
    round := 'gladi' || case when number > 1 then '-' || number else '' end;
    exit when not exists (select from data.round r
                          where r.code = demo_round.round and r.publication is not null);
    number := number + 1;
  end loop;
  perform act.round_erase(round);
  office := act.demo_person('kantor', 'office');
  perform act.demo_person('asesor' || n, 'assessor') from generate_series(1, 12) n;
  perform act.demo_person(g.code, 'operator', g.code) from data.region g where g.member;
  insert into data.round_run (round, title_id, title_en, year, period_from, period_to, method,
                              rehearsal, created_by)
  values (round, 'Gladi bersih' || case when number > 1 then ' ' || number else '' end,
          'Rehearsal' || case when number > 1 then ' ' || number else '' end, 2030, '2029-01-01',
          '2029-12-31', act.proposed_method('gladi-' || round), true, office);
  insert into data.round_step (round, step, opens, closes)
  select round, s.step, date_trunc('day', now()) + s.n * interval '21 days',
         date_trunc('day', now()) + s.n * interval '21 days' + interval '14 days'
  from (values ('self', 0), ('review', 1), ('repair', 2), ('verify', 3), ('reply', 4)) s (step, n);
  insert into data.entrant (round, region, name, "group", kind, province, zone, population,
                            area_km2, cohort_year)
  select round, g.code, g.name, coalesce(g.kind, ''), g.kind, g.province,
         coalesce(p.zone, 'Asia/Jakarta'), g.population, g.area_km2, g.cohort_year
  from data.region g left join data.province p on p.code = g.province
  where g.member order by g.code;
  perform act.demo_assign(round);
  if place > 0 then
    perform act.round_cells(round);
    -- Planned without knowing how many rows there are now, what follows takes minutes.
    analyze data.account, data.entrant, data.part, data.assignment, data.cell, data.guide;
    update data.round_run r set state = 'open', opened_at = now() where r.round = demo_round.round;
    perform act.demo_answers(round, case when step = 'self' then 0.6 else 1 end);
    analyze data.cell, data.evidence, data.evidence_use;
    perform act.demo_words(round, place),
            act.demo_marks(round, case when place > 4 then 1 when place = 4 then 0.5 else 0 end),
            act.round_walk(round, case when place < 6 then step else 'final' end);
  end if;
  if place >= 6 then
    update data.round_run r
    set state = 'final', final_at = now() - make_interval(days => r.agree_days)
    where r.round = demo_round.round;
    analyze data.cell, data.assessor_mark, data.objection;
    perform act.round_decide_first(round);
  end if;
  if step = 'decided' then
    perform act.demo_decide(round);
  end if;
  perform act.note('demo_round', 'round', round, null, null, jsonb_build_object('step', step));
  return query
  select round, (select count(*) from data.entrant e where e.round = demo_round.round),
         (select count(*) from data.cell c where c.round = demo_round.round),
         (select count(*) from data.decision d where d.round = demo_round.round
          and d.state = 'open');
end $$;
