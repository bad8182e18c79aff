-- The office decides; city and office take back.

-- What the public pages follow from. Records of the desk have numbers of their own, above those of
-- the data file.
create or replace function act.win_show(win integer) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  shown data.quick_win;
begin
  select 10000 + w.id, w.region, w.dimension, v.title, v.summary, v.agency,
         extract(year from v.started)::integer,
         'Disampaikan ' || r.name || ' melalui Tolok Kota'
  into shown
  from data.win w
  join data.win_version v on v.win = w.id and v.n = w.published
  join data.region r on r.code = w.region
  where w.id = win;
  -- One statement of one kind: whatever follows from the table is made again after each.
  if exists (select from data.quick_win q where q.id = shown.id) then
    update data.quick_win q
    set (dimension, title, summary, agency, year, source) = (shown.dimension, shown.title,
                                                             shown.summary, shown.agency,
        shown.year, shown.source)
    where q.id = shown.id;
  else
    insert into data.quick_win select shown.*;
  end if;
end $$;

-- Publishes the submitted version, which supersedes the one before it, or returns it with a reason.
create or replace function act.win_decide(win integer, seen integer, key text, publish boolean,
                                          reason text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win;
  state text;
  verdict text := case when publish then 'published' else 'returned' end;
  answer data.outcome;
begin
  if me.id is null then
    return row('signed_out', null, null, null, null)::data.outcome;
  end if;
  -- What the public reads is let out by nobody but the one who signed in.
  if publish and me.role = 'office' and not act.proved() then
    return row('unproved', win, null, null, null)::data.outcome;
  end if;
  answer := act.once(me.id, key, array['win_decide', win::text, seen::text, verdict, reason]);
  if answer.outcome is not null then
    return answer;
  end if;
  held := act.win_hold(me, win);
  state := (select v.state from data.win_version v where v.win = held.id and v.n = held.newest);
  if held.id is null or me.role <> 'office' then
    answer := act.win_refuse('win_decide', win);
  elsif seen is distinct from held.row_version then
    answer := row('conflict', win, held.newest, held.row_version, null)::data.outcome;
  elsif state <> 'submitted' then
    answer := row('state', win, held.newest, held.row_version, null)::data.outcome;
  elsif not publish and coalesce(btrim(reason), '') = '' then
    answer := row('invalid', win, held.newest, held.row_version,
                  '{"reason": "missing"}')::data.outcome;
  elsif act.field_fault(reason, 'prose') is not null then
    answer := row('invalid', win, held.newest, held.row_version,
                  jsonb_build_object('reason', act.field_fault(reason, 'prose')))::data.outcome;
  else
    if publish then
      update data.win_version v set state = 'superseded' where v.win = win and v.n = held.published;
    end if;
    update data.win_version v set state = verdict, reason = nullif(btrim(win_decide.reason), ''),
    decided_by = me.id, decided_at = now()
    where v.win = win and v.n = held.newest;
    update data.win w set row_version = w.row_version + 1, published = case when publish
      then w.newest else w.published end where w.id = win;
    if publish then
      perform act.win_show(win);
    end if;
    perform act.note(case when publish then 'win_publish' else 'win_return' end, 'win', win::text,
                     held.region, '{"state": "submitted"}',
                     jsonb_strip_nulls(jsonb_build_object('state', verdict, 'n', held.newest,
                                                          'reason', nullif(btrim(reason), ''))));
    answer := row('done', win, held.newest, held.row_version + 1, null)::data.outcome;
  end if;
  return act.once_done(me.id, key, answer);
end $$;

-- Takes back with a reason: a city its draft, what it submitted and what is published; the office
-- what is published. It leaves the public pages, and its words stay in the record.
create or replace function act.win_withdraw(win integer, seen integer, key text, reason text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.win;
  taken integer[];
  answer data.outcome;
begin
  if me.id is null then
    return row('signed_out', null, null, null, null)::data.outcome;
  end if;
  answer := act.once(me.id, key, array['win_withdraw', win::text, seen::text, reason]);
  if answer.outcome is not null then
    return answer;
  end if;
  held := act.win_hold(me, win);
  taken := array(select v.n from data.win_version v
                 where v.win = held.id
                   and (v.state = 'published' or (v.state in ('draft', 'submitted')
                                                  and me.role <> 'office')) order by v.n);
  if held.id is null then
    answer := act.win_refuse('win_withdraw', win);
  elsif seen is distinct from held.row_version then
    answer := row('conflict', win, held.newest, held.row_version, null)::data.outcome;
  elsif taken = '{}' then
    answer := row('state', win, held.newest, held.row_version, null)::data.outcome;
  elsif coalesce(btrim(reason), '') = '' or act.field_fault(reason, 'prose') is not null then
    answer := row('invalid', win, held.newest, held.row_version,
                  jsonb_build_object('reason', coalesce(act.field_fault(reason, 'prose'),
                                                        'missing')))::data.outcome;
  else
    update data.win_version v set state = 'withdrawn', reason = btrim(win_withdraw.reason),
    decided_by = me.id, decided_at = now()
    where v.win = win and v.n = any (taken);
    update data.win w set row_version = w.row_version + 1, published = null where w.id = win;
    delete from data.quick_win q where q.id = 10000 + win;
    perform act.note('win_withdraw', 'win', win::text, held.region,
                     jsonb_build_object('versions', taken, 'published', held.published),
                     jsonb_build_object('state', 'withdrawn', 'reason', btrim(reason)));
    answer := row('done', win, held.newest, held.row_version + 1, null)::data.outcome;
  end if;
  return act.once_done(me.id, key, answer);
end $$;

-- The same as two acts, each with one form of its own.
create or replace function act.win_publish(win integer, seen integer, key text, note text)
returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$ select act.win_decide(win,
  seen, key, true, note) $$;
create or replace function act.win_return(win integer, seen integer, key text, reason text)
returns data.outcome
language sql security definer set search_path = pg_catalog, pg_temp as $$ select act.win_decide(win,
  seen, key, false, reason) $$;
