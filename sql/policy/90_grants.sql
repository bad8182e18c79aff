-- Who may do what, in one place. Run after the code schemas were replaced.
revoke all on all functions in schema calc, pub, page, act from public;
revoke all on all functions in schema data from public;

-- What compares words.
grant usage on schema ext to tolok_web, tolok_admin;

grant usage on schema pub, page to tolok_web;
grant select on all tables in schema pub to tolok_web;
grant execute on all functions in schema pub, page to tolok_web;

grant usage on schema pub, act to tolok_admin;
grant select on all tables in schema pub to tolok_admin;
grant execute on all functions in schema act to tolok_admin;
