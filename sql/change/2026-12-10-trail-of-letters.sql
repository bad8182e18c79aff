-- What is done with letters stands in the trail beside rounds.
set local role tolok_owner;
create or replace function data.trail_kind(act text, subject text) returns text
language sql immutable parallel safe
return case when act in ('refused', 'sign_in_refused', 'sign_in_throttled') then 'ditolak'
  when subject in ('win', 'topic') then 'quickwin'
  when subject in ('round', 'letter') then 'putaran'
  else 'akun' end;
reset role;
