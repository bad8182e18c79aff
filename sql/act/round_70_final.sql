-- Decisions: what is decided by itself when final opens, what the assessors agree on, what the
-- plenary decides; and the intake that comes of it.

-- What counts for each cell of a round, and what of it is decided by itself. `step`: the smallest
-- distance of a criterion's options, of which `tolerance` may lie between the lowest and the
-- highest mark. The first reason that holds leaves a cell open.
create or replace function act.round_proposals(round text, region text default null,
                                               criterion text default null)
returns table (region text, criterion text, dimension text, part integer, marks integer,
               low numeric, high numeric, state text, value numeric, how text, why text)
language sql stable as $$
  select c.region::text, c.criterion::text, c.dimension::text, c.part, x.n::integer, x.low, x.high,
         case when w.why is not null then 'open' else x.state end,
         case when w.why is null and x.state = 'value' then
           case when x.n = 1 or x.low = x.high then x.low
                else calc.round_step(x.mean, coalesce(k.round_step, 0.01), m.rounding) end end,
         case when w.why is not null then null when x.state = 'no_data' then 'no_data'
              when x.n = 1 then 'one' else 'mean' end,
         w.why
  from data.cell c
  join data.round_run r on r.round = c.round
  join data.entrant e on e.round = c.round and e.region = c.region and e.left_at is null
  join data.method m on m.id = r.method
  join data.criterion k on k.method = r.method and k.code = c.criterion
  left join (
    select s.criterion, min(s.value - s.before) as step
    from (select o.criterion, o.value,
                 lag(o.value) over (partition by o.criterion order by o.value) as before
          from data.guide_option o
          where o.method = (select q.method from data.round_run q
                            where q.round = round_proposals.round)) s
    group by s.criterion) t on t.criterion = c.criterion
  cross join lateral (
    select count(*) as n, count(distinct a.state) as states, min(a.state) as state,
           min(a.value) as low, max(a.value) as high, avg(a.value) as mean
    from data.assessor_mark a
    where a.round = c.round and a.region = c.region and a.criterion = c.criterion
      and a.counts and a.state <> 'open') x
  left join data.objection o
    on o.round = c.round and o.region = c.region and o.criterion = c.criterion
  cross join lateral (
    select case when o.round is not null and o.verdict is distinct from 'reject' then 'objection'
                when x.n < r.marks then 'short'
                when x.states > 1 then 'states'
                when x.state = 'not_applicable' then 'na'
                when x.high - x.low > r.tolerance * coalesce(t.step, 1) then 'spread'
                end as why) w
  where c.round = round_proposals.round and not c.aside
    and (round_proposals.region is null or c.region = round_proposals.region)
    and (round_proposals.criterion is null or c.criterion = round_proposals.criterion)
$$;

create or replace function act.decision_digest(d data.decision, previous text) returns text
language sql immutable as $$
  select data.version_digest(to_jsonb(d) - array['digest', 'part'], previous)
$$;

-- The first decisions of a round: those of cells of cities that have not left.
create or replace function act.round_decide_first(round text) returns void
language sql as $$
  insert into data.decision (round, region, criterion, dimension, part, state, value, how, why,
                             marks, low, high, digest)
  select round_decide_first.round, p.region, p.criterion, p.dimension, p.part, p.state, p.value,
         p.how, p.why, p.marks, p.low, p.high,
         data.version_digest(jsonb_build_object(
           'round', round_decide_first.round, 'region', p.region, 'criterion', p.criterion,
           'state', p.state, 'value', p.value, 'how', p.how), null)
  from act.round_proposals(round_decide_first.round) p;
  insert into data.decision_version (round, region, criterion, n, state, value, how, at, digest)
  select d.round, d.region, d.criterion, 1, d.state, d.value, d.how, d.at, d.digest
  from data.decision d where d.round = round_decide_first.round
$$;

-- A cell is decided in another way than it was.
create or replace function act.decision_write(d data.decision, state text, value numeric,
                                              reason text, how text, by integer) returns void
language plpgsql as $$
#variable_conflict use_variable
declare
  before constant text := d.digest;
begin
  d.state := state;
  d.value := value;
  d.reason := reason;
  d.how := how;
  d."by" := by;
  d.at := now();
  d.row_version := d.row_version + 1;
  d.digest := act.decision_digest(d, before);
  update data.decision x
  set (state, value, reason, how, by, at, row_version, digest)
      = (d.state, d.value, d.reason, d.how, d."by", d.at, d.row_version, d.digest)
  where x.round = d.round and x.region = d.region and x.criterion = d.criterion;
  insert into data.decision_version (round, region, criterion, n, state, value, reason, how, by,
                                     at, digest, previous)
  values (d.round, d.region, d.criterion, d.row_version, d.state, d.value, d.reason, d.how, d."by",
          d.at, d.digest, before);
end $$;

-- One cell anew: its objection was rejected after final began. What is still open for another
-- reason says so.
create or replace function act.decision_settle(round text, region text, criterion text)
returns void
language plpgsql as $$
#variable_conflict use_variable
declare
  d data.decision;
  p record;
begin
  select x.* into d from data.decision x
  where x.round = decision_settle.round and x.region = decision_settle.region
    and x.criterion = decision_settle.criterion and x.state = 'open' and x.why = 'objection'
  for no key update;
  if d.round is null then
    return;
  end if;
  select x.* into p from act.round_proposals(round, region, criterion) x;
  update data.decision x set why = p.why
  where p.why is not null and x.round = d.round and x.region = d.region
    and x.criterion = d.criterion;
  if p.why is null then
    update data.decision x set why = null, how = p.how, state = p.state, value = p.value
    where x.round = d.round and x.region = d.region and x.criterion = d.criterion;
    d.why := null;
    perform act.decision_write(d, p.state, p.value, null, p.how, null);
  end if;
end $$;

-- A line of the minutes.
create or replace function act.minutes_line(round text, word text, text text default null,
                                            detail jsonb default null) returns void
language sql as $$
  insert into data.minutes (round, n, word, text, detail, by)
  select minutes_line.round, coalesce(max(m.n), 0) + 1, minutes_line.word, minutes_line.text,
         minutes_line.detail,
         coalesce(data.actor(), act.job_asker())
  from data.minutes m where m.round = minutes_line.round
$$;

-- What was previewed is not what would be published any more.
create or replace function act.round_drop_intake(round text) returns void
language plpgsql as $$
begin
  if exists (select from data.round r where r.code = round and r.draft is not null) then
    perform act.import_drop_draft(round);
  end if;
end $$;

create or replace function act.round_final(round text, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['round_final', round], round);
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif (begun.held).state <> 'open' or exists (
    select from data.city_step c
    join data.entrant e on e.round = c.round and e.region = c.region and e.left_at is null
    where c.round = round_final.round and c.closes + act.grace() > now()) then
    return act.round_not(me, key, 'state', 'round_final', round);
  end if;
  update data.round_run r set state = 'final', final_at = now(), row_version = r.row_version + 1
  where r.round = round_final.round;
  perform act.round_decide_first(round), act.minutes_line(round, 'final');
  perform act.note('round_final', 'round', round, null, '{"state": "open"}',
                   jsonb_build_object('state', 'final'));
  return act.round_done(me, key, null, (select count(*)::integer from data.decision d
                                        where d.round = round_final.round and d.state = 'open'),
                        (begun.held).row_version + 1);
end $$;

-- An assessor says what a cell on which the marks differ should be. When all who have signed say
-- the same, it is decided.
create or replace function act.agree(round text, region text, criterion text, key text, state text,
                                     value text, reason text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.round_begun(me, key, array['agree', round, region, criterion, state,
                                                        value, reason]);
  d data.decision;
  mine data.assignment;
  word text;
  words constant text := nullif(pub.tidy(coalesce(reason, ''), true), '');
  x numeric;
  faults jsonb;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select y.* into d from data.decision y
  where y.round = agree.round and y.region = agree.region and y.criterion = agree.criterion
  for no key update;
  if d.round is null then
    -- There are none before final.
    word := coalesce(act.round_right(me, 'agreement', round, region, (
      select c.dimension from data.cell c where c.round = agree.round and c.region = agree.region
      and c.criterion = agree.criterion and not c.aside)), 'forbidden');
  else
    word := act.round_right(me, 'agreement', round, region, d.dimension, criterion);
    mine := act.assignment_hold(me, round, region, d.dimension);
    if word is null and (d.state <> 'open' or d.why not in ('states', 'spread')
                         or mine.signed_at is null) then
      word := 'state';
    end if;
  end if;
  if word is not null then
    return act.round_not(me, key, word, 'agree', round, region);
  end if;
  faults := nullif(coalesce(act.value_faults((select r.method from data.round_run r
                                              where r.round = agree.round),
                                             criterion, state, value, false), '{}')
                   || coalesce(act.needed_fault('reason', words, 'prose'), '{}'), '{}');
  if faults is not null then
    return act.round_not(me, key, null, 'agree', round, region, faults);
  end if;
  x := case when state = 'value' then trim_scale(value::numeric) end;
  insert into data.agreement (assignment, criterion, round, region, part, state, value, reason)
  values (mine.id, criterion, round, region, mine.part, state, x, words)
  on conflict on constraint agreement_pkey do update
    set state = excluded.state, value = excluded.value, reason = excluded.reason, at = now();
  if not exists (
    select from data.assignment a
    left join data.agreement g on g.assignment = a.id and g.criterion = agree.criterion
    where a.part = mine.part and a.until is null and a.signed_at is not null
      and (g.state, g.value) is distinct from (agree.state, x)) then
    perform act.decision_write(d, state, x, words, 'agreed', me.id);
  end if;
  perform act.note('agree', 'round', round, region, null,
                   jsonb_build_object('criterion', criterion), null, round, 'decisions');
  return act.round_done(me, key);
end $$;

-- The cells that a decision is about, [{region, criterion, seen}], locked in their order; `word`
-- and `faults` end it.
create or replace function act.decide_hold(r data.round_run, cells jsonb, out held data.decision[],
                                           out word text, out faults jsonb)
language plpgsql as $$
#variable_conflict use_column
begin
  if jsonb_typeof(cells) is distinct from 'array'
     or jsonb_array_length(cells) not between 1 and 2000 then
    faults := '{"cells": "missing"}';
    return;
  end if;
  held := array(
    select d from data.decision d
    where d.round = r.round
      and (d.region, d.criterion) in (select c ->> 'region', c ->> 'criterion'
                                      from jsonb_array_elements(cells) c)
    order by d.region, d.criterion for no key update);
  if cardinality(held) <> jsonb_array_length(cells) then
    faults := '{"cells": "unknown"}';
  elsif exists (
    select from unnest(held) d
    join data.entrant e on e.round = d.round and e.region = d.region
    where e.left_at is not null
       -- Whose marks differ have some days to agree.
       or d.state = 'open' and d.why in ('states', 'spread')
          and now() < r.final_at + make_interval(days => r.agree_days)) then
    word := 'state';
  elsif exists (
    select from unnest(held) d
    join jsonb_array_elements(cells) c
      on c ->> 'region' = d.region and c ->> 'criterion' = d.criterion
    where (c ->> 'seen') is distinct from d.row_version::text) then
    word := 'conflict';
  end if;
end $$;

-- The plenary decides one cell or many at once, with one reason. What was decided before is noted
-- in the minutes.
create or replace function act.decide(round text, key text, cells jsonb, state text, value text,
                                      reason text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['decide', round, cells::text, state, value,
                                                  reason], round);
  r data.round_run := begun.held;
  words constant text := nullif(pub.tidy(coalesce(reason, ''), true), '');
  taken record;
  d data.decision;
  x numeric;
  faults jsonb;
  changed jsonb;
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif r.state not in ('final', 'published') then
    return act.round_not(me, key, 'state', 'decide', round);
  end if;
  select * into taken from act.decide_hold(r, cells);
  if taken.word = 'state' then
    return act.round_not(me, key, 'state', 'decide', round);
  end if;
  faults := taken.faults;
  if faults is null then
    foreach d in array taken.held loop
      faults := coalesce(faults, act.value_faults(r.method, d.criterion, state, value, false));
    end loop;
    faults := nullif(coalesce(faults, '{}')
                     || coalesce(act.needed_fault('reason', words, 'prose'), '{}'), '{}');
  end if;
  if faults is not null then
    return act.round_not(me, key, null, 'decide', round, faults => faults);
  elsif taken.word is not null then
    return act.round_not(me, key, taken.word, 'decide', round);
  end if;
  x := case when state = 'value' then trim_scale(value::numeric) end;
  foreach d in array taken.held loop
    if d.state <> 'open' then
      changed := coalesce(changed, '[]') || jsonb_build_object(
        'region', d.region, 'criterion', d.criterion, 'before', coalesce(d.value::text, d.state));
    end if;
    perform act.decision_write(d, state, x, words, 'plenary', me.id);
  end loop;
  if changed is not null then
    perform act.minutes_line(round, 'changed', words,
                             jsonb_build_object('cells', changed,
                                                'after', coalesce(x::text, state)));
  end if;
  perform act.round_drop_intake(round);
  perform act.note('decide', 'round', round, null, null,
                   act.with_reason(words, jsonb_build_object('n', cardinality(taken.held))),
                   null, round, 'decisions');
  return act.round_done(me, key, null, cardinality(taken.held));
end $$;

create or replace function act.minutes_add(round text, key text, text text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['minutes_add', round, text], round);
  faults jsonb := act.needed_fault('text', text, 'prose');
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif (begun.held).state <> 'final' then
    return act.round_not(me, key, 'state', 'minutes_add', round);
  elsif faults is not null then
    return act.round_not(me, key, null, 'minutes_add', round, faults => faults);
  end if;
  perform act.minutes_line(round, 'text', pub.tidy(text, true));
  perform act.note('minutes_add', 'round', round);
  return act.round_done(me, key);
end $$;

-- Why more of the index is not applicable than the round's limit.
create or replace function act.round_na_reason(round text, key text, reason text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['round_na_reason', round, reason], round);
  faults jsonb := act.needed_fault('reason', reason, 'prose');
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif (begun.held).state <> 'final' then
    return act.round_not(me, key, 'state', 'round_na_reason', round);
  elsif faults is not null then
    return act.round_not(me, key, null, 'round_na_reason', round, faults => faults);
  end if;
  update data.round_run r set na_reason = pub.tidy(round_na_reason.reason, true),
    row_version = r.row_version + 1
  where r.round = round_na_reason.round;
  perform act.minutes_line(round, 'na', reason),
          act.note('round_na_reason', 'round', round, null, null, act.with_reason(reason));
  return act.round_done(me, key);
end $$;

-- How much of the ranked root's weight each leaf has, by all ways that lead to it.
create or replace function act.leaf_shares(method integer)
returns table (criterion text, share numeric) language sql stable as $$
  with recursive part as (
    select e.parent::text as parent, e.child::text as child,
           e.weight / sum(e.weight) over (partition by e.parent) as share
    from data.criterion_edge e where e.method = leaf_shares.method
  ), down as (
    select m.criterion::text as node, 1::numeric as share
    from calc.main m where m.method = leaf_shares.method
    union all
    select p.child, d.share * p.share from down d join part p on p.parent = d.node
  )
  select d.node, sum(d.share) from down d
  where not exists (select from part p where p.parent = d.node)
  group by d.node
$$;

-- The largest part of the index that does not apply to a city.
create or replace function act.na_share(round text) returns numeric language sql stable as $$
  select coalesce(max(q.share), 0)
  from (select sum(s.share) as share
        from data.decision d
        join data.entrant e on e.round = d.round and e.region = d.region and e.left_at is null
        join act.leaf_shares((select r.method from data.round_run r
                              where r.round = na_share.round)) s on s.criterion = d.criterion
        where d.round = na_share.round and d.state = 'not_applicable'
        group by d.region) q
$$;

-- The inputs of the engine: the draft that a preview is made of and a publication freezes.
create or replace function act.round_intake(round text) returns integer
language plpgsql as $$
#variable_conflict use_variable
declare
  r data.round_run;
  made integer;
begin
  select x.* into strict r from data.round_run x where x.round = round_intake.round;
  insert into data.round (code) values (round) on conflict do nothing;
  perform act.round_drop_intake(round);
  insert into data.intake (round, method, title_id, title_en, year, simulated, source, format)
  values (round, r.method, r.title_id, r.title_en, r.year, r.rehearsal,
          'Dinilai melalui Tolok Kota', 2)
  returning id into made;
  insert into data.participant (intake, region, name, "group")
  select made, e.region, e.name, e."group" from data.entrant e
  where e.round = round_intake.round and e.left_at is null;
  insert into data.mark (intake, region, criterion, status, value)
  select made, d.region, d.criterion, d.state, d.value
  from data.decision d
  join data.cell c on c.round = d.round and c.region = d.region and c.criterion = d.criterion
    and not c.aside
  join data.entrant e on e.round = d.round and e.region = d.region and e.left_at is null
  where d.round = round_intake.round;
  -- What is no cell of a city's group is outside.
  insert into data.mark (intake, region, criterion, status)
  select made, p.region, k.code, 'outside'
  from data.participant p
  join data.criterion k on k.method = r.method and k.height = 0
  where p.intake = made
    and not exists (select from data.mark m where m.intake = made and m.region = p.region
                    and m.criterion = k.code);
  update data.round x set draft = made where x.code = round;
  return made;
end $$;

-- Nothing is open any more: the intake, and a job that computes a preview of it.
create or replace function act.round_preview(round text, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['round_preview', round], round);
  r data.round_run := begun.held;
  fault text;
  job integer;
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif r.state not in ('final', 'published')
     or exists (select from data.job j where j.round = round_preview.round
                and j.kind in ('preview', 'publish') and j.ended_at is null)
     or exists (select from data.request q where q.round = round_preview.round
                and q.state in ('asked', 'confirmed')) then
    return act.round_not(me, key, 'state', 'round_preview', round);
  end if;
  fault := case
    when exists (select from data.decision d
                 join data.entrant e on e.round = d.round and e.region = d.region
                   and e.left_at is null
                 where d.round = round_preview.round and d.state = 'open') then 'open'
    when r.na_reason is null and act.na_share(round) > r.na_limit then 'na_limit' end;
  if fault is not null then
    return act.round_not(me, key, null, 'round_preview', round,
                         faults => jsonb_build_object('form', fault));
  end if;
  perform act.round_intake(round);
  job := act.job_add(jsonb_populate_record(null::data.job, jsonb_build_object(
    'kind', 'preview', 'round', round, 'asked_by', me.id)));
  perform act.minutes_line(round, 'preview', null, jsonb_build_object('job', job)),
          act.note('preview_ask', 'round', round, null, null, jsonb_build_object('job', job));
  return act.round_done(me, key, job);
end $$;
