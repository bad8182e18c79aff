-- The trail tells topics among quick wins, and notes who mended which.

create or replace function data.trail_kind(act text, subject text) returns text
language sql immutable parallel safe
return case when act in ('refused', 'sign_in_refused', 'sign_in_throttled') then 'ditolak'
  when subject in ('win', 'topic') then 'quickwin' when subject = 'round' then 'putaran'
  else 'akun' end;
