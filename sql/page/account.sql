-- Page account: one's own account.

create or replace function page.account(lang text, sent jsonb, answer jsonb) returns setof json
language sql stable
begin atomic
  with open as (
    select s.id, s.source, s.agent, s.created_at, s.seen_at
    from data.session s
    where s.ended_at is null
      and s.level = 'full'
      and s.expires_at > now()
      and s.seen_at > now() - interval '30 minutes'
  )
  select row_to_json(d) from (
    select pub.scope_name(lang, a.dimensions) as scope,
           a.mails,
           o.codes_left,
           o.codes_left < 4 as few_codes,
           (select count(*) > 1 from open) as others,
           coalesce(account.sent ->> 'name', a.name) as own_name,
           coalesce(account.answer -> 'faults' ->> 'name',
                    account.answer -> 'faults' ->> 'new',
                    account.answer -> 'faults' ->> 'repeat',
                    nullif(account.answer ->> 'outcome', 'done')) as fault_word,
           ((account.answer ->> 'n')::integer + 59) / 60 as minutes,
           (select json_agg(x) from (
              select s.id,
                     s.source,
                     b.browser,
                     b.system,
                     date_trunc('second', s.created_at) as since_at,
                     date_trunc('second', s.seen_at) as seen_at,
                     s.id = o.session as here
              from open s
              cross join lateral pub.browser(s.agent) b
              order by s.id = o.session desc, s.seen_at desc) x) as sessions
    from act.own_state() o
    join data.account a on a.id = (select data.actor())) d;
end;
