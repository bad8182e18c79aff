-- Page board: where everybody begins.

create or replace function page.board(lang text)
returns table (account integer)
language sql stable
begin atomic
  select data.actor() where data.actor() is not null;
end;
