-- The rules for an account's address and name are functions, so that who fills in a form is told of
-- all that is wrong with it at once.
set local role tolok_owner;
create function data.is_address(email text) returns boolean
language sql immutable parallel safe
return email = lower(email) and length(email) <= 254
       and email ~ '^[^[:space:][:cntrl:]@<>"(),;:\\]+@[a-z0-9.-]+[.][a-z]{2,}$';
create function data.is_person(name text) returns boolean
language sql immutable parallel safe
return name <> '' and length(name) <= 80
       and name !~ '[/:{}<>@\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]';

alter table data.account
  drop constraint account_email_check,
  drop constraint account_name_check,
  add constraint account_email_check check (data.is_address(email)),
  add constraint account_name_check check (data.is_person(name));
reset role;
