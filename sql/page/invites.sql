-- Page invites: many invitations at once, a line each, and what became of them.

create or replace function page.invites(lang text, sent jsonb, answer jsonb) returns setof json
language sql stable
begin atomic
  with result as materialized (
    select r.number, r.text, r.outcome, r.faults, r.token, a.email, a.name
    from jsonb_to_recordset(answer -> 'faults' -> 'rows')
           r (number integer, text text, outcome text, id integer, faults jsonb, token text)
    left join data.account a on a.id = r.id
  )
  select row_to_json(d) from (
    select me.role = 'operator' and not me.deputy as deputizes,
           case when answer ->> 'outcome' = 'enough' then 'enough'
                when answer ->> 'outcome' <> 'done' then 'again' end as fault_word,
           (select nullif(count(*), 0) from result r where r.outcome = 'done') as invited,
           (select nullif(count(*), 0) from result r where r.outcome <> 'done') as refused,
           case when answer ->> 'outcome' = 'done'
                then (select string_agg(r.text, E'\n' order by r.number) from result r
                      where r.outcome <> 'done' and sent ? 'list')
                else sent ->> 'list' end as list,
           -- Who was invited more than three days ago and has not come.
           (select nullif(count(*), 0) from data.account a
            where a.state = 'invited'
              and data.manages(me.id, me.role, me.region, me.deputy, a.id, a.role, a.region,
                               a.deputy)
              and not exists (select from data.invitation i
                              where i.account = a.id and i.created_at > now() - interval '3 days'))
             as unseen,
           (select json_agg(x) from (
              select r.number as line,
                     coalesce(r.email, r.text) as whom,
                     case when r.faults is null then r.outcome
                          when r.faults ? 'email' then 'email_' || (r.faults ->> 'email')
                          when r.faults ? 'name' then 'name'
                          when r.faults ->> 'role' = 'deputies' then 'deputies'
                          else (select min(k) from jsonb_object_keys(r.faults) k) end
                       as wrong_word
              from result r
              where r.outcome <> 'done'
              order by r.number) x) as faults,
           (select json_agg(x) from (
              select r.email as address, r.name as person, r.token as token
              from result r
              where r.outcome = 'done'
              order by r.number) x) as links
    from data.account me
    where me.id = (select data.actor()) and me.role in ('office', 'operator')) d;
end;
