-- Page invitation: what the link of an invitation or a reset leads to. A link that was used or is
-- too old has a page too, which says what to do.

create or replace function page.invitation(lang text, token text, sent jsonb, answer jsonb)
returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select i.email as address,
           i.name as who,
           i.purpose = 'invite' as invited,
           coalesce(invitation.answer -> 'faults' ->> 'new',
                    invitation.answer -> 'faults' ->> 'repeat') as fault_word,
           (select row_to_json(h) from (select 410 as status) h where i.email is null) as http
    from (select) one
    left join act.invitation_find(invitation.token) i on true) d;
end;
