-- Roles of the cluster; may be run again. Nobody has a password: the socket tells who calls (pg_ident).
--   tolok_owner  owns every schema and table, never logs in
--   tolok_web    public pages: reads schema pub through schema page, read-only by default
--   tolok_desk   signed-in pages: reads under row-level security, writes through the functions of schema act that it was given
--   tolok_admin  the operator's command: schema act
select format('create role %I %s', name, attributes)
from (values ('tolok_owner', 'nologin'), ('tolok_web', 'login'), ('tolok_desk', 'login'), ('tolok_admin', 'login')) wanted (name, attributes)
where not exists (select from pg_roles where rolname = name) \gexec

alter role tolok_web set default_transaction_read_only = on;
-- The shortest of the limits of time, which stand together in cgi-bin/db/db_conn.h. Locks are held by code that is
-- being replaced.
alter role tolok_web set lock_timeout = '2s';
alter role tolok_web set statement_timeout = '3s';
alter role tolok_web set idle_in_transaction_session_timeout = '10s';
alter role tolok_web set search_path = '';
-- A page's statement is large and its answer small: planning it once per connection beats planning it at every
-- call, and compiling it to machine code never pays.
alter role tolok_web set plan_cache_mode = 'force_generic_plan';
alter role tolok_desk set plan_cache_mode = 'force_generic_plan';
alter role tolok_web set jit = off;
-- What pages read is in memory nearly always: a page of it costs about as much as ten of its rows, not as four hundred.
alter role tolok_web set seq_page_cost = 0.1;
alter role tolok_web set random_page_cost = 0.1;
-- A save waits behind another one for a moment; hashing is done by the program, outside the transaction.
alter role tolok_desk set lock_timeout = '2s';
alter role tolok_desk set statement_timeout = '3s';
alter role tolok_desk set idle_in_transaction_session_timeout = '10s';
alter role tolok_desk set search_path = '';
-- Details of an error hold the row that it was about, with digests and what is sealed: they are in no log.
alter role tolok_desk set log_error_verbosity = terse;
alter role tolok_desk set jit = off;
alter role tolok_admin set search_path = '';
