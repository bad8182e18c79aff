-- Who may do what, compared with tests/sql/rights.csv: role x table x verb, with the columns ('*':
-- all), and role x function of schema act and data. What the file does not name is forbidden. Views
-- of schema pub are what everybody reads; pages run in them.
begin;
select plan(19);

create temp table expected (role text, object text, verb text, columns text);
\copy expected from 'tests/sql/rights.csv' with (format csv, header match)

create temp view actual as
-- pg_has_role lets superusers pass; these roles are none.
select r.role, c.oid::regclass::text as object, lower(v.verb) as verb,
       case when has_table_privilege(r.role, c.oid, v.verb) then '*'
           else part.columns end as columns
from (values ('tolok_web'), ('tolok_desk'), ('tolok_admin'),
    ('tolok_job')) r (role)
join pg_class c on c.relnamespace = 'data'::regnamespace and c.relkind in ('r', 'v', 'm', 'p', 'f')
cross join (values ('SELECT', true), ('INSERT', true), ('UPDATE', true), ('REFERENCES', true),
    ('DELETE', false), ('TRUNCATE', false), ('TRIGGER', false)) v (verb, parts)
cross join lateral (
  select string_agg(a.attname, ' ' order by a.attnum) as columns from pg_attribute a
  where v.parts and a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    and has_column_privilege(r.role, c.oid, a.attnum,
        case when v.parts then v.verb else 'SELECT' end)) part
where has_table_privilege(r.role, c.oid, v.verb) or part.columns is not null
union all
select r.role, c.oid::regclass::text, lower(v.verb), '*'
from (values ('tolok_web'), ('tolok_desk'), ('tolok_admin'),
    ('tolok_job')) r (role)
join pg_class c on c.relnamespace = 'data'::regnamespace and c.relkind = 'S'
cross join (values ('USAGE'), ('SELECT'), ('UPDATE')) v (verb)
where has_sequence_privilege(r.role, c.oid, v.verb)
union all
select r.role, p.oid::regprocedure::text, 'execute', '*'
from (values ('tolok_web'), ('tolok_desk')) r (role)
join pg_proc p on p.pronamespace in ('data'::regnamespace, 'act'::regnamespace)
where has_function_privilege(r.role, p.oid, 'execute');

select is_empty('select * from actual except select * from expected',
    'nobody may do more than the file says');
select is_empty('select * from expected except select * from actual', 'nor less');
select is_empty($$select c.oid::regclass, v.verb from pg_class c,
                  (values ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('TRIGGER')) v (verb),
                  (values ('tolok_web'), ('tolok_desk'), ('tolok_admin'),
    ('tolok_job')) r (role)
                  where c.relnamespace in ('pub'::regnamespace, 'page'::regnamespace,
                    'act'::regnamespace, 'calc'::regnamespace) and c.relkind in ('r', 'v')
                    and has_table_privilege(r.role, c.oid, v.verb)$$,
                    'views are read and nothing else');

-- The operator's command has names of its own: nothing that writes the trail or opens a session.
select results_eq($$select distinct p.proname::text collate "C" from pg_proc p
                  where p.pronamespace in ('data'::regnamespace, 'act'::regnamespace,
                                           'calc'::regnamespace, 'page'::regnamespace)
                    and has_function_privilege('tolok_admin', p.oid, 'execute') order by 1$$,
  $$select unnest(array['account_authenticator', 'account_create', 'account_disable',
      'account_list', 'audit_find', 'audit_verify', 'demo_end', 'demo_make', 'demo_round',
      'demo_secret',
      'export_done', 'export_file', 'export_files', 'export_find', 'file_lapsed', 'file_list',
      'gather_files', 'import_apply', 'import_begin', 'import_check', 'import_notes',
      'job_list', 'job_log', 'mail_done',
      'mail_link', 'mail_list', 'mail_next', 'preview', 'publication_fault', 'publications',
          'publications_missing',
      'publish', 'reseal', 'rounds', 'sealed', 'sealed_any', 'sealed_forget', 'simulated_remove',
      'tidy']) collate "C"$$,
  'the operator''s command calls what it needs');
select results_eq($$select p.oid::regproc::text collate "C" from pg_proc p
                  where p.pronamespace in ('data'::regnamespace, 'act'::regnamespace,
                                           'calc'::regnamespace, 'page'::regnamespace,
                                           'pub'::regnamespace)
                    and has_function_privilege('tolok_job', p.oid, 'execute') order by 1$$,
  $$select 'act.' || unnest(array['export_done', 'export_file', 'export_files', 'gather_files',
      'import_apply', 'import_begin', 'import_check', 'import_notes', 'job_beat', 'job_done',
      'job_end', 'job_export', 'job_exported', 'job_faults', 'job_hold', 'job_imported',
      'job_package', 'job_preview', 'job_publish', 'job_take']) collate "C"$$,
  'and so does the service of jobs, which publishes nothing that two people have not asked for');

-- Public has nothing of ours.
select is_empty($$select c.oid::regclass from pg_class c, aclexplode(c.relacl) x
                  where c.relnamespace in ('data'::regnamespace, 'pub'::regnamespace)
                  and x.grantee = 0$$, 'public reads nothing');
select is_empty($$select p.oid::regprocedure from pg_proc p
                  where p.pronamespace in ('data'::regnamespace, 'act'::regnamespace,
                    'calc'::regnamespace)
                    and (p.proacl is null
                    or exists (select from aclexplode(p.proacl) x where x.grantee = 0))$$,
                    'and calls nothing');

-- Nor what would lie on the disk for good, or for as long as a connection.
select is_empty($$select r.role from (values ('tolok_web'), ('tolok_desk')) r (role)
                  where has_database_privilege(r.role, 'tolok', 'create, temporary')$$,
                'public pages and the desk make no tables');
select is_empty($$select r.role, p.oid::regprocedure
                  from (values ('tolok_web'), ('tolok_desk'), ('tolok_admin'),
    ('tolok_job')) r (role), pg_proc p
                  where p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~ '^lo'
                    and p.prosrc ~ '^be_lo' and has_function_privilege(r.role, p.oid, 'execute')$$,
                'and nobody large objects');

-- Roles.
select is_empty($$select rolname from pg_roles where rolname like 'tolok%'
                and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)$$,
                'no role of ours is above the rules');
select is_empty($$select m.member::regrole from pg_auth_members m
    where m.member::regrole::text like 'tolok%'$$, 'none is a member of another');
select results_eq($$select rolname::text collate "C" from pg_roles where rolname like 'tolok%'
    and not rolcanlogin$$, $$values ('tolok_owner' collate "C")$$, 'the owner never logs in');
select is_empty($$select c.oid::regclass from pg_class c where c.relnamespace = 'data'::regnamespace
                and c.relowner <> 'tolok_owner'::regrole$$,
                'and owns every table');
select is_empty($$select p.oid::regprocedure from pg_proc p where p.prosecdef
                  and p.pronamespace in ('data'::regnamespace, 'act'::regnamespace,
                  'page'::regnamespace, 'pub'::regnamespace, 'calc'::regnamespace)
                  and not exists (select from unnest(p.proconfig) s
                  where s like 'search_path=pg_catalog, pg_temp%')$$,
                'what runs with the rights of its owner pins where names are looked for');

select is_empty($$select r.rolname from pg_roles r left
                  join pg_db_role_setting s on s.setrole = r.oid and s.setdatabase = 0
                  where r.rolname like 'tolok%' and r.rolcanlogin
                    and not exists (select from unnest(s.setconfig) c
                    where c like 'idle_in_transaction_session_timeout=%' and c not like '%=0')$$,
                'whoever stops in the middle of a transaction does not keep others waiting');

-- Row-level security, on all that the desk reads and all of the desk's own tables.
create temp view desk_table as
select distinct object::regclass::oid as oid from expected where role = 'tolok_desk'
    and verb = 'select'
union
select unnest(array['data.account', 'data.recovery_code', 'data.invitation', 'data.login_attempt',
                    'data.session', 'data.decoy', 'data.audit',
                    'data.audit_head', 'data.win', 'data.win_version', 'data.receipt', 'data.file',
                    'data.win_file', 'data.mail']::regclass[])::oid;
select is_empty('select c.oid::regclass from pg_class c join desk_table t on t.oid = c.oid
    where not (c.relrowsecurity and c.relforcerowsecurity)',
                'row-level security is on, and holds for the owner');
select is_empty($$select p.polrelid::regclass,
                p.polname from pg_policy p where p.polroles && array[0::oid]
                or not p.polpermissive$$,
                'each policy names its role');
select is_empty($$select t.oid::regclass from desk_table t
                  join expected e on e.object::text = t.oid::regclass::text
                  and e.role = 'tolok_desk' and e.verb = 'select'
                  where not exists (select from pg_policy p where p.polrelid = t.oid
                  and p.polroles = array['tolok_desk'::regrole::oid] and p.polcmd = 'r')$$,
                'what the desk reads has a policy for reading');
select is_empty($$select p.polrelid::regclass from pg_policy p
                where p.polroles && array['tolok_desk'::regrole::oid] and p.polcmd <> 'r'$$,
                'no policy lets the desk write');
select * from finish();
rollback;
