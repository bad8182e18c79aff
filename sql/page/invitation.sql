-- Page invitation: what the link of an invitation or a reset leads to. A link that was used or is too old has a page too, which says what to do.

create or replace function page.invitation(lang text, token text, sent jsonb, answer jsonb)
returns table (status integer, open boolean, closed boolean, address text, who text, is_reset boolean, is_invitation boolean, faults boolean,
               fault_short boolean, fault_long boolean, fault_common boolean, fault_differs boolean)
language sql stable
begin atomic
  select case when i.email is null then 410 end, i.email is not null, i.email is null, i.email, i.name, i.purpose <> 'invite', i.purpose = 'invite',
         f.new is not null or f.repeat is not null, f.new = 'short', f.new = 'long', f.new = 'common', f.repeat = 'differs'
  from (select invitation.answer -> 'faults' ->> 'new', invitation.answer -> 'faults' ->> 'repeat') f (new, repeat)
  left join act.invitation_find(invitation.token) i on true;
end;
