-- The trail is found by kind, and who reads a row of it is said in one place.
set local role tolok_owner;

create function data.trail_kind(act text, subject text) returns text
language sql immutable parallel safe
return case when act in ('refused', 'sign_in_refused', 'sign_in_throttled') then 'ditolak'
  when subject = 'win' then 'quickwin' when subject = 'round' then 'putaran' else 'akun' end;
alter table data.audit
  add column kind text generated always as (data.trail_kind(act, subject)) stored;
drop index if exists data.audit_account_id_idx;
drop index if exists data.audit_region;
create index audit_kind on data.audit (kind, id);
create index audit_account on data.audit (account, kind, id);
create index audit_region on data.audit (region, kind, id);

create function data.reads_audit(account integer, region text, my_id integer, my_role text,
                                 my_region text) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return coalesce(my_role = 'office' or account = my_id
                  or (my_role = 'operator' and region = my_region), false);
end $$;
drop policy desk on data.audit;
create policy desk on data.audit for select to tolok_desk using (
  data.reads_audit(account, region, (select data.actor()), (select data.actor_role()),
                   (select data.actor_region())));
reset role;
