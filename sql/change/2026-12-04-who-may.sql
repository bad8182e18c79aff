-- What people are called is short and no address, as official letters say it; letters may tell of
-- an account.
set local role tolok_owner;
update data.account
set name = coalesce(nullif(left(btrim(regexp_replace(name, '[/:{}<>@]+', ' ', 'g')), 80), ''),
                    'Tanpa nama')
where length(name) > 80 or name ~ '[/:{}<>@]';
alter table data.account
  drop constraint account_name_check,
  add constraint account_name_check
    check (name <> '' and length(name) <= 80 and name !~ '[/:{}<>@]');
alter table data.mail add column about integer references data.account;
reset role;
