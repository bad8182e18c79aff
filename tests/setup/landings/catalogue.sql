-- Everything that a database consists of, a line each, but its rows: run with psql -At. Two
-- databases with the same lines are made alike. Bodies of functions are compared without comments
-- and blanks. The order of columns is told of tables for reading, which are filled by place, and of
-- composite types; of other tables it is not, since a column that is added to a live table stands
-- last.
create function pg_temp.rights(acl aclitem[]) returns text language sql stable as
  $$ select string_agg(a::text, ',' order by a::text) from unnest(acl) a $$;
set search_path = '';
with mine as (
  select oid, nspname, nspowner, nspacl from pg_namespace where nspname in ('data', 'calc', 'pub',
    'page', 'act', 'ext')
), rel as (
  select c.*, c.oid::regclass::text as name from pg_class c join mine n on n.oid = c.relnamespace
  where not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid =
    c.oid and d.deptype = 'e')
), fun as (
  select p.* from pg_proc p join mine n on n.oid = p.pronamespace
  where not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid =
    p.oid and d.deptype = 'e')
), said (kind, name, what) as (
  select 'schema', nspname, concat_ws(' ', 'of', nspowner::regrole, pg_temp.rights(coalesce(nspacl,
    acldefault('n', nspowner)))) from mine
  union all
  select 'extension', extname, extnamespace::regnamespace::text from pg_extension
  union all
  select 'relation', name, concat_ws(' ', relkind, 'of', relowner::regrole, relpersistence,
    relrowsecurity, relforcerowsecurity, reloptions,
         pg_temp.rights(coalesce(relacl,
           acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))))
  from rel where relkind not in ('i', 'c')
  union all
  select 'column', r.name || '.' || attname,
         concat_ws(' ', format_type(atttypid, atttypmod), case when attnotnull then 'not null' end,
           pg_get_expr(d.adbin, d.adrelid),
                   nullif(attidentity, ''), nullif(attgenerated, ''),
                     nullif(attcollation::regcollation::text, '-'), pg_temp.rights(attacl),
                   case when r.relkind <> 'r' or r.relname like 'read\_%' then row_number() over
                     (partition by attrelid order by attnum) end)
  from rel r join pg_attribute a on a.attrelid = r.oid and attnum > 0 and not attisdropped
  left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
  where r.relkind not in ('i', 'S')
  union all
  select 'constraint', coalesce(nullif(conrelid, 0)::regclass::text, contypid::regtype::text) || ' '
    || conname,
         concat_ws(' ', pg_get_constraintdef(c.oid), convalidated)
  from pg_constraint c join mine n on n.oid = connamespace where contype <> 't'
  union all
  select 'domain', typname, concat_ws(' ', format_type(typbasetype, typtypmod), typnotnull,
    typdefault, typowner::regrole)
  from pg_type t join mine n on n.oid = typnamespace where typtype = 'd'
  union all
  select 'index', r.name, pg_get_indexdef(r.oid) from rel r where relkind = 'i'
  union all
  select 'view', name, pg_get_viewdef(oid) from rel where relkind = 'v'
  union all
  select 'sequence', s.seqrelid::regclass::text, concat_ws(' ', seqtypid::regtype, seqstart,
    seqincrement, seqmax, seqmin, seqcache, seqcycle)
  from pg_sequence s join rel r on r.oid = s.seqrelid
  union all
  select 'trigger', r.name || ' ' || tgname, concat_ws(' ', pg_get_triggerdef(t.oid), tgenabled)
    from pg_trigger t join rel r on r.oid = tgrelid
  where not tgisinternal
  union all
  select 'policy', r.name || ' ' || polname,
         concat_ws(' ', polcmd, polpermissive, (select string_agg(x::regrole::text, ',' order by
           x::regrole::text) from unnest(polroles) x),
                   pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid))
  from pg_policy join rel r on r.oid = polrelid
  union all
  select 'function', f.oid::regprocedure::text,
         concat_ws(' ', regexp_replace(regexp_replace(pg_get_functiondef(f.oid), '--[^\n]*', '',
           'g'), '\s+', ' ', 'g'), 'of', proowner::regrole,
                   pg_temp.rights(coalesce(proacl, acldefault('f', proowner))))
  from fun f where prokind = 'f'
  union all
  select 'comment', pg_describe_object(classoid, objoid, objsubid), d.description
  from pg_description d
  where pg_describe_object(classoid, objoid, objsubid) ~ '\m(data|calc|pub|page|act|ext)\M'
    and not exists (select from pg_depend x where x.classid = d.classoid and x.objid = d.objoid and
      x.deptype = 'e')
  union all
  select 'default rights', defaclnamespace::regnamespace::text, concat_ws(' ', defaclobjtype,
    pg_temp.rights(defaclacl)) from pg_default_acl
)
select concat_ws(' ', kind, name, ':', regexp_replace(what, '\s+', ' ', 'g')) from said order by 1;
