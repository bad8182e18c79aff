-- Page help: what one does at the desk, in the words of one's role.

create or replace function page.help(lang text) returns setof json
language sql stable
begin atomic
  select row_to_json(d) from (
    select a.sends,
           a.deputy,
           a.role <> 'office' as writes_to,
           a.dimensions = '{*}' as whole,
           pub.scope_name(lang, a.dimensions) as scope
    from data.account a
    where a.id = (select data.actor())) d;
end;
