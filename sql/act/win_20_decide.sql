-- The office decides; city and office take back.

-- What the public pages follow from.
create or replace function act.win_show(win integer) returns void
language plpgsql as $$
declare
  shown data.quick_win;
begin
  select w.public_id, w.region, w.dimension, v.title, v.summary, v.agency,
         left(v.started, 4)::integer,
         coalesce(w.claimed_source, 'Disampaikan ' || r.name || ' melalui Tolok Kota')
  into shown
  from data.win w
  join data.win_version v on v.win = w.id and v.n = w.published
  join data.region r on r.code = w.region
  where w.id = win_show.win;
  delete from data.win_gone g where g.quick_win = shown.id;
  -- One statement of one kind: whatever follows from the table is made again after each.
  if exists (select from data.quick_win q where q.id = shown.id) then
    update data.quick_win q
    set (dimension, title, summary, agency, year, source)
        = (shown.dimension, shown.title, shown.summary, shown.agency, shown.year, shown.source)
    where q.id = shown.id;
  else
    insert into data.quick_win select shown.*;
  end if;
end $$;

-- Takes it from the public pages; its address says who did so and why, or leads to the one that it
-- was joined to.
create or replace function act.win_hide(me data.account, held data.win, reason text,
                                        kept integer default null)
returns void
language sql as $$
  update data.win w set published = null where w.id = held.id;
  insert into data.win_gone (quick_win, region, by_office, reason, kept)
  select held.public_id, held.region, me.role = 'office', nullif(btrim(win_hide.reason), ''),
         win_hide.kept
  where held.published is not null
  on conflict (quick_win) do update
    set (by_office, at, reason, kept) = (excluded.by_office, now(), excluded.reason, excluded.kept);
  delete from data.quick_win q where q.id = held.public_id;
$$;

-- It is said by another one from now on.
create or replace function act.win_point(me data.account, held data.win, kept integer, reason text)
returns void
language sql as $$
  update data.win w set joined = kept where w.id = held.id;
  select act.win_hide(me, held, win_point.reason, win_point.kept);
$$;

-- Whether the public reads that one, of the same city, and it is not the record itself.
create or replace function act.can_keep(held data.win, kept integer) returns boolean
language sql stable
return exists (select from data.quick_win q where q.id = kept and q.region = held.region
                                              and q.id <> held.public_id);

-- What is wrong with the remarks of a form, {remark_FIELD: word}, or null.
create or replace function act.remark_faults(fields jsonb) returns jsonb language sql stable as $$
  select jsonb_object_agg(x.name, x.fault)
  from (select 'remark_' || f.name as name,
               act.field_fault(pub.tidy(fields ->> ('remark_' || f.name), true), 'prose') as fault
        from pub.win_field f) x
  where x.fault is not null;
$$;

-- The office's verdict on the submitted version: 'published', which supersedes the one before it,
-- 'returned' to be mended, 'rejected', both with a reason and remarks on single fields
-- (remark_FIELD), or 'joined' to the quick win `kept`.
create or replace function act.win_verdict(win integer, seen integer, key text, verdict text,
                                           said text, remarks jsonb default null,
                                           kept integer default null) returns data.outcome
language plpgsql as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win;
  state text;
  reason text := pub.tidy(said, true);
  faults jsonb := act.needed_fault('reason', reason, 'prose');
  answer data.outcome;
begin
  -- What the public reads is let out, or taken away, by nobody but the one who signed in.
  if verdict in ('published', 'joined') and me.role = 'office' and not act.proved() then
    return act.said('unproved', win);
  end if;
  held := act.win_hold(me, win, false, true);
  answer := act.win_begun(me, held, seen, key,
                          array['win_decide', win::text, seen::text, verdict, reason,
                                remarks::text, kept::text],
                          held.id = win);
  if answer.outcome is not null then
    return answer;
  end if;
  state := (select v.state from data.win_version v where v.win = win and v.n = held.newest);
  if verdict in ('published', 'joined') and faults ->> 'reason' = 'missing' then
    faults := null;
  end if;
  faults := nullif(coalesce(faults, '{}') || coalesce(act.remark_faults(remarks), '{}')
                   || case when verdict = 'joined' and not act.can_keep(held, kept)
                           then '{"kept": "wrong"}' else '{}' end::jsonb, '{}');
  if state <> 'submitted' or faults is not null then
    return act.once_done(me.id, key, case when state <> 'submitted' then act.said('state', held)
                                          else act.said('invalid', held, faults) end);
  end if;
  update data.win_version v set state = case verdict when 'published' then 'superseded'
                                             else 'joined' end
  where verdict in ('published', 'joined') and v.win = win and v.n = held.published;
  update data.win_version v
  set state = verdict, reason = nullif(btrim(reason), ''), decided_by = me.id, decided_at = now()
  where v.win = win and v.n = held.newest;
  insert into data.win_remark (win, n, field, remark)
  select win, held.newest, f.name, pub.tidy(remarks ->> ('remark_' || f.name), true)
  from pub.win_field f
  where verdict in ('returned', 'rejected')
    and pub.tidy(remarks ->> ('remark_' || f.name), true) ~ '[^[:space:]]';
  if verdict = 'published' then
    update data.win w set published = w.newest, joined = null where w.id = win;
    perform act.win_show(win);
  elsif verdict = 'joined' then
    perform act.win_point(me, held, kept, reason);
  end if;
  perform act.note(case verdict when 'published' then 'win_publish'
                                when 'returned' then 'win_return'
                                when 'rejected' then 'win_reject' else 'win_join' end,
                   'win', win::text, held.region, '{"state": "submitted"}',
                   act.with_reason(reason, jsonb_build_object('state', verdict, 'n', held.newest,
                                                              'number', kept)));
  return act.win_done(me, key, win);
end $$;

-- The first two of them.
create or replace function act.win_decide(win integer, seen integer, key text, publish boolean,
                                          reason text) returns data.outcome
language sql as $$
  select act.win_verdict(win, seen, key, case when publish then 'published' else 'returned' end,
                         reason)
$$;

-- Takes back with a reason: a city its draft, what it submitted and what is published; the office
-- what is published. It leaves the public pages, and its words stay in the record. What is public
-- is taken away by nobody but the one who signed in.
create or replace function act.win_withdraw(win integer, seen integer, key text, reason text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win := act.win_hold(me, win, true, true);
  answer data.outcome;
  faults jsonb := act.needed_fault('reason', reason, 'prose');
  taken integer[] := array(
    select v.n from data.win_version v
    where v.win = held.id
      and (v.state = 'published' or (v.state in ('draft', 'submitted') and me.role <> 'office'))
    order by v.n);
begin
  if held.published is not null and not act.proved() then
    return act.said('unproved', win);
  end if;
  answer := act.win_begun(me, held, seen, key,
                          array['win_withdraw', win::text, seen::text, reason], held.id = win);
  if answer.outcome is not null then
    return answer;
  elsif taken = '{}' or faults is not null then
    return act.once_done(me.id, key, case when taken = '{}' then act.said('state', held)
                                          else act.said('invalid', held, faults) end);
  end if;
  update data.win_version v
  set state = 'withdrawn', reason = btrim(win_withdraw.reason), decided_by = me.id,
      decided_at = now()
  where v.win = win and v.n = any (taken);
  perform act.win_hide(me, held, reason);
  perform act.note('win_withdraw', 'win', win::text, held.region,
                   jsonb_build_object('versions', taken, 'published', held.published),
                   act.with_reason(reason, '{"state": "withdrawn"}'));
  return act.win_done(me, key, win);
end $$;

-- What the office says when it sends something back: the standard reasons that it ticked, and its
-- own words.
create or replace function act.reason_said(fields jsonb) returns text language sql stable as $$
  select nullif(concat_ws(e'\n', (select string_agg(s.text, e'\n' order by s.ord)
                                  from pub.standard_reason s where fields -> 'standard' ? s.code),
                          nullif(btrim(fields ->> 'reason'), '')), '');
$$;

-- The same as acts, each with a form of its own.
create or replace function act.win_publish(win integer, seen integer, key text, note text)
returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.win_verdict(win, seen, key, 'published', note)
$$;
-- Returned, or rejected where the field verdict says so.
create or replace function act.win_return(win integer, seen integer, key text, fields jsonb)
returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.win_verdict(win, seen, key,
                         case fields ->> 'verdict' when 'rejected' then 'rejected'
                           else 'returned' end,
                         act.reason_said(fields), fields)
$$;
create or replace function act.win_fold(win integer, seen integer, key text, kept integer,
                                        reason text) returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select act.win_verdict(win, seen, key, 'joined', reason, null, kept)
$$;
