-- Whether somebody may write something in a round, now. The table is data.round_right; the city's
-- own calendar, questions, assignments and signatures say the rest.

-- Whether what a right needs besides its step is so. `mine`: of an assessor.
create or replace function act.round_needs(needs text, step text, kind text, r data.round_run,
                                           region text, dimension text, criterion text,
                                           mine data.assignment)
returns boolean language plpgsql stable as $$
#variable_conflict use_variable
begin
  return case needs
    when 'asked' then step = 'repair' and r.repair_everywhere
      or exists (
        select from data.question q
        where q.round = r.round and q.region = round_needs.region
          and q.dimension = round_needs.dimension and q.asks = kind and q.closed_at is null
          and (q.criterion is null or q.criterion = round_needs.criterion)
          and (q.due is null or q.due + act.grace() > now()))
    when 'unsigned' then mine.signed_at is null
    when 'unsent' then not exists (select from data.reply_sent s
                                   where s.round = r.round and s.region = round_needs.region)
    when 'objected' then exists (select from data.objection o
                                 where o.round = r.round and o.region = round_needs.region
                                   and o.criterion = round_needs.criterion)
      and not exists (select from data.reply_sent s
                      where s.round = r.round and s.region = round_needs.region)
    when 'answering' then now() < r.final_at + make_interval(days => r.answer_days)
    when 'agreeing' then now() < r.final_at + make_interval(days => r.agree_days)
    else true end;
end $$;

-- The step that is open for a city now, or null. In the minutes of grace, the one that closes.
create or replace function act.round_step_now(r data.round_run, region text) returns text
language sql stable as $$
  select c.step from data.city_step c
  where r.state = 'open' and c.round = r.round and c.region = round_step_now.region
    and c.opens <= now() and now() < c.closes + act.grace()
  order by c.opens limit 1
$$;

-- Null: it may. 'forbidden': never, as it is not theirs. 'state': not now.
create or replace function act.round_right(me data.account, kind text, round text, region text,
                                           dimension text, criterion text default null)
returns text language plpgsql stable as $$
#variable_conflict use_variable
declare
  r data.round_run;
  mine data.assignment;
  w record;
  known boolean := false;
begin
  select x.* into r from data.round_run x where x.round = round_right.round;
  if r.round is null then
    return 'forbidden';
  elsif me.role in ('operator', 'owner') and not act.in_reach(me, region, dimension) then
    return 'forbidden';
  elsif me.role = 'assessor' then
    select a.* into mine from data.assignment a
    where a.assessor = me.id and a.until is null and a.round = round_right.round
      and a.region = round_right.region
      and (dimension is null or a.dimension = round_right.dimension)
    order by a.role, a.id limit 1;
    if mine.id is null then
      return 'forbidden';
    end if;
  end if;
  if not exists (select from data.entrant e
                 where e.round = round_right.round and e.region = round_right.region) then
    return 'forbidden';
  elsif exists (select from data.entrant e
                where e.round = round_right.round and e.region = round_right.region
                  and e.left_at is not null) then
    return 'state';
  end if;
  for w in
    select x.step, x.needs, case when x.step = 'final' then r.state = 'final'
                           or (r.state = 'published' and x.kind = 'decision')
                         else r.state = 'open' and c.opens <= now()
                              and now() < c.closes + act.grace() end as open
    from data.round_right x
    left join data.city_step c on c.round = round_right.round and c.region = round_right.region
      and c.step = x.step
    where x.role = me.role and x.kind = round_right.kind
  loop
    continue when w.needs in ('lead', 'answering') and mine.role <> 'lead';
    known := true;
    if w.open and act.round_needs(w.needs, w.step, kind, r, region, dimension, criterion,
                                  mine) then
      return null;
    end if;
  end loop;
  return case when known then 'state' else 'forbidden' end;
end $$;
