-- Roles of the cluster and their settings, brought to what stands here at each change of the code.
-- Nobody has a password: the socket tells who calls (pg_ident).
--   tolok_owner  owns every schema and table, never logs in
--   tolok_web    public pages: reads schema pub through schema page, read-only by default
--   tolok_desk   signed-in pages: reads under row-level security, writes through the functions of
--                schema act that it was given
--   tolok_admin  the operator's command: what it calls of schema act
--   tolok_job    the service of jobs: what its work calls of schema act
select format('create role %I %s', name, attributes)
from (values ('tolok_owner', 'nologin'), ('tolok_web', 'login'), ('tolok_desk', 'login'),
             ('tolok_admin', 'login'), ('tolok_job', 'login')) wanted (name, attributes)
where not exists (select from pg_roles where rolname = name) \gexec

-- Nothing is written where nothing differs, so that two databases of a cluster may do this at once.
with wanted (role, name, value) as (values
  ('tolok_web', 'default_transaction_read_only', 'on'),
  -- The shortest of the limits of time, which stand together in cgi-bin/db/db_conn.h. Locks are
  -- held by code that is being replaced.
  ('tolok_web', 'lock_timeout', '2s'),
  ('tolok_web', 'statement_timeout', '3s'),
  ('tolok_web', 'idle_in_transaction_session_timeout', '10s'),
  ('tolok_web', 'search_path', ''),
  -- A page's queries are large and their answers small: planning them once per connection beats
  -- planning them at every call, and compiling them to machine code never pays.
  ('tolok_web', 'plan_cache_mode', 'force_generic_plan'),
  ('tolok_desk', 'plan_cache_mode', 'force_generic_plan'),
  ('tolok_web', 'jit', 'off'),
  -- What pages read is in memory nearly always: a page of it costs about as much as ten of its
  -- rows, not as four hundred.
  ('tolok_web', 'seq_page_cost', '0.1'),
  ('tolok_web', 'random_page_cost', '0.1'),
  ('tolok_desk', 'seq_page_cost', '0.1'),
  ('tolok_desk', 'random_page_cost', '0.1'),
  -- A save waits behind another one for a moment; hashing is done by the program, outside the
  -- transaction.
  ('tolok_desk', 'lock_timeout', '2s'),
  ('tolok_desk', 'statement_timeout', '3s'),
  ('tolok_desk', 'idle_in_transaction_session_timeout', '10s'),
  ('tolok_desk', 'search_path', ''),
  -- Details of an error hold the row that it was about, with digests and what is sealed: they are
  -- in no log.
  ('tolok_desk', 'log_error_verbosity', 'terse'),
  ('tolok_desk', 'jit', 'off'),
  -- Every act of the desk waits for the head of the trail, which a command that somebody has
  -- stopped would hold.
  ('tolok_admin', 'idle_in_transaction_session_timeout', '10s'),
  ('tolok_admin', 'search_path', ''),
  ('tolok_job', 'idle_in_transaction_session_timeout', '60s'),
  -- Work whose service has died ends by itself.
  ('tolok_job', 'client_connection_check_interval', '1s'),
  ('tolok_job', 'search_path', '')
), there as (
  select r.rolname as role, split_part(c, '=', 1) as name, substr(c, strpos(c, '=') + 1) as value
  from pg_db_role_setting s
  join pg_roles r on r.oid = s.setrole
  cross join unnest(s.setconfig) c
  where s.setdatabase = 0 and r.rolname in ('tolok_owner', 'tolok_web', 'tolok_desk', 'tolok_admin',
                                            'tolok_job')
)
select case when w.name is null then format('alter role %I reset %I', t.role, t.name)
            else format('alter role %I set %I = %L', w.role, w.name, w.value) end
from wanted w
full join there t on t.role = w.role and t.name = w.name
-- An empty list of schemas is kept as a list of one name that is empty.
where t.value is distinct from case w.value when '' then '""' else w.value end \gexec

-- What PostgreSQL gives to everybody, and would stay on the disk: temporary tables, which the stage
-- of an import needs, and large objects. Nothing is written where nothing differs, as the first is
-- a matter of all databases.
do $$
declare
  f regprocedure;
  here constant text := current_database();
begin
  if exists (select from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) x
             where d.datname = here and x.grantee = 0 and x.privilege_type = 'TEMPORARY') then
    execute format('revoke temporary on database %I from public', here);
    execute format('grant temporary on database %I to tolok_owner, tolok_admin', here);
  end if;
  if not has_database_privilege('tolok_job', here, 'temporary') then
    execute format('grant temporary on database %I to tolok_job', here);
  end if;
  for f in
    select p.oid from pg_proc p
    where p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~ '^lo(_|read$|write$)'
      and has_function_privilege('tolok_web', p.oid, 'execute')
  loop
    execute format('revoke execute on function %s from public', f);
  end loop;
end $$;
