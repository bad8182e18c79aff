-- Tells whoever does the work, and wants to hear, what it is at: a notice of its own class, which
-- is sent at once, whatever becomes of the transaction. `n` of `m`: how far it is.
create or replace function calc.tell(stage text, n integer default null, m integer default null)
returns void language plpgsql as $$
begin
  if current_setting('tolok.progress', true) = 'on' then
    raise notice using errcode = 'TKSTG', message = concat_ws(' ', stage, n, m);
  end if;
end $$;
