-- Which rows the desk sees. Row-level security holds for the tables' owner too, which has one
-- policy of its own: its functions in schema act write. tolok_desk writes nothing and reads the
-- columns that sql/policy/90_grants.sql names. `(select ...)` is worked out once a query.
--
-- A further table of the desk (files by their SHA-256, the outbox of mails, evidence) is: its name
-- in the list below, a policy for reading whose rule is a function in its schema file that its acts
-- ask too, its columns in the grants, its rows in tests/sql/rights.csv, what each person sees of it
-- in tests/sql/desk_rows.sql, and a file of its own in sql/change. A table without a policy for
-- tolok_desk is for acts alone.
do $$
declare
  name text;
begin
  foreach name in array array['account', 'recovery_code', 'invitation', 'login_attempt',
                              'wrong_code', 'told', 'session', 'decoy', 'audit', 'audit_head',
                              'person_day', 'win', 'win_version', 'win_gone', 'win_remark',
                              'win_note',
                              'city_day', 'receipt'] loop
    execute format('alter table data.%s enable row level security, force row level security', name);
    -- The trail may be read and added to, by anybody.
    if name = 'audit' then
      execute 'create policy owner_reads on data.audit for select to tolok_owner using (true)';
      execute 'create policy owner_adds on data.audit for insert to tolok_owner with check (true)';
    else
      execute format('create policy owner on data.%s to tolok_owner using (true) with check (true)',
                     name);
    end if;
  end loop;
end $$;

-- The office sees all accounts, a city's operator those of the city, everybody their own.
create policy desk on data.account for select to tolok_desk using (
  (select data.actor_role()) = 'office' or id = (select data.actor())
  or ((select data.actor_role()) = 'operator' and region = (select data.actor_region())));
create policy desk on data.invitation for select to tolok_desk using (
  (select data.actor_role()) in ('office', 'operator')
    and exists (select from data.account a where a.id = invitation.account));
create policy desk on data.session for select to tolok_desk using (account = (select data.actor()));
create policy desk on data.win for select to tolok_desk using (
  data.reads_win(region, dimension, published, (select data.actor_role()),
                 (select data.actor_region()), (select data.actor_dimensions())));
create policy desk on data.win_version for select to tolok_desk using (
  data.reads_version(state, (select data.actor_role()))
    and exists (select from data.win w where w.id = win_version.win));
create policy desk on data.win_remark for select to tolok_desk using (
  exists (select from data.win_version v where v.win = win_remark.win and v.n = win_remark.n));
create policy desk on data.win_note for select to tolok_desk using (
  (select data.actor_role()) = 'office');
