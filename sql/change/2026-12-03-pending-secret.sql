-- A secret that is being connected lies with its session, and in no form. What lies sealed already is
-- sealed anew by `tolok seal`, which has the key.
set local role tolok_owner;
alter table data.session add column pending text;
reset role;
