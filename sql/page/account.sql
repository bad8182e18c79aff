-- Page account: one's own account.

create or replace function page.account(lang text, sent jsonb, answer jsonb)
returns table (region_name text, dimension_name text, is_office boolean, is_assessor boolean, is_city boolean, codes_left bigint, few_codes boolean, others boolean,
               faults boolean, fault_refused boolean, fault_short boolean, fault_long boolean, fault_common boolean, fault_differs boolean,
               throttled boolean, minutes integer)
language sql stable
begin atomic
  select r.name, pub.pick(lang, d.name_id, d.name_en), a.role = 'office', a.role = 'assessor', a.region is not null, o.codes_left, o.codes_left < 4,
         (select count(*) from data.session s where s.ended_at is null and s.level = 'full' and s.expires_at > now() and s.seen_at > now() - interval '30 minutes') > 1,
         coalesce(account.answer ->> 'outcome', 'done') <> 'done', account.answer ->> 'outcome' = 'refused',
         f.new = 'short', f.new = 'long', f.new = 'common', f.repeat = 'differs', account.answer ->> 'outcome' = 'throttled',
         (((account.answer ->> 'n')::integer + 59) / 60)::integer
  from act.own_state() o
  join data.account a on a.id = (select data.actor())
  cross join (select account.answer -> 'faults' ->> 'new', account.answer -> 'faults' ->> 'repeat') f (new, repeat)
  left join pub.region r on r.code = a.region
  left join pub.dimension d on d.code = a.dimension;
end;

create or replace function page.account_sessions(lang text, sent jsonb, answer jsonb)
returns table (id integer, source text, agent text, since_at text, seen_at text, here boolean, elsewhere boolean)
language sql stable
begin atomic
  select s.id, s.source, s.agent::text, pub.moment(s.created_at), pub.moment(s.seen_at), s.id = o.session, s.id <> o.session
  from data.session s
  cross join act.own_state() o
  where s.ended_at is null and s.level = 'full' and s.expires_at > now() and s.seen_at > now() - interval '30 minutes'
  order by s.id = o.session desc, s.seen_at desc;
end;
