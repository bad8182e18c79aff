-- A CSV field as RFC 4180 has it: in quotes when it holds a comma, a quote or a line break. NULL is
-- an empty field.
create or replace function act.export_field(value text) returns text
language sql immutable parallel safe as $$
  select case when value ~ '[",\r\n]' then '"' || replace(value, '"', '""') || '"'
         else coalesce(value, '') end
$$;
