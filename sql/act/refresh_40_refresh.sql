-- Keeps the tables that pages read. Triggers of schema data call this whenever something changes
-- that they follow from.

-- Makes what is new: rows of publications that have none yet, and everything that tells which
-- publication is the newest. With `again` all is made anew. One at a time; readers see the old rows
-- until the transaction ends.
create or replace function act.refresh(again boolean) returns void
language plpgsql
set work_mem = '64MB'
-- Rows are looked up by their keys: a small sample tells enough of them.
set default_statistics_target = 20 as $$
declare
  made integer;
  news boolean := again;
begin
  lock table data.read_publication in share row exclusive mode;
  if again then
    delete from data.read_publication;
    delete from data.read_criterion;
    delete from data.read_group;
    delete from data.read_entrant;
    delete from data.read_result;
    delete from data.read_change;
    delete from data.read_figure;
    delete from data.read_win;
    insert into data.read_figure select * from act.read_figure();
    insert into data.read_win select * from act.read_win();
  end if;
  for made in select p.id from data.publication p
    where not exists (select from data.read_publication r where r.id = p.id) order by p.id loop
    insert into data.read_criterion select * from act.read_criterion(made);
    insert into data.read_group select * from act.read_group(made);
    insert into data.read_result select * from act.read_result(made);
    insert into data.read_entrant select * from act.read_entrant(made);
    insert into data.read_change select * from act.read_change(made);
    news := true;
  end loop;
  delete from data.read_publication;
  insert into data.read_publication select * from act.read_publication();
  if news then
    analyze data.read_criterion, data.read_group, data.read_entrant,
    data.read_result (publication, criterion, region, official), data.read_figure,
            data.read_win, data.read_change;
  end if;
  delete from data.read_region;
  insert into data.read_region select * from act.read_region();
  analyze data.read_publication, data.read_region;
  delete from data.read_word;
  insert into data.read_word select * from act.read_word();
  delete from data.read_stem;
  insert into data.read_stem select * from act.read_stem();
  analyze data.read_word, data.read_stem;
end $$;

-- Makes anew what follows from these quick wins of these regions, whether they came, changed or
-- went, so that it takes as long with few quick wins as with many. Of words and stems it counts
-- what these said before and say now.
create or replace function act.refresh_wins(wins integer[], regions text[]) returns void
language plpgsql
set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_variable
declare
  every integer[];
  words data.read_word[];
  stems data.read_stem[];
begin
  lock table data.read_publication in share row exclusive mode;
  -- Another one may be the newest of its region now.
  every := wins || array(select r.id from data.read_win r where r.region = any (regions)
                         and r.newest)
           || array(select act.newest_win(g.code) from unnest(regions) g (code));
  words := array(select w from act.read_word(every, regions) w);
  stems := array(select s from act.read_stem(every) s);
  delete from data.read_win r where r.id = any (every);
  insert into data.read_win select * from act.read_win(every);
  delete from data.read_region r where r.code = any (regions);
  insert into data.read_region select * from act.read_region(regions);
  merge into data.read_word w
  using (select d.word, d.stem_id, d.stem_en, sum(d.wins) as wins, sum(d.told) as told,
         sum(d.places) as places
         from (select * from act.read_word(every, regions)
               union all select b.word, b.stem_id, b.stem_en, -b.wins, -b.told, -b.places
                 from unnest(words) b) d
         group by d.word, d.stem_id, d.stem_en
         having (sum(d.wins), sum(d.told), sum(d.places)) <> (0, 0, 0)) d
  on w.word = d.word
  when matched and w.wins + d.wins = 0 and w.places + d.places = 0 then delete
  when matched then update set wins = w.wins + d.wins, told = w.told + d.told,
    places = w.places + d.places
  when not matched then insert values (d.word, d.stem_id, d.stem_en, d.wins, d.told, d.places);
  merge into data.read_stem s
  using (select d.stem, sum(d.wins) as wins
         from (select * from act.read_stem(every) union all select b.stem, -b.wins
               from unnest(stems) b) d
         group by d.stem
         having sum(d.wins) <> 0) d
  on s.stem = d.stem
  when matched and s.wins + d.wins = 0 then delete
  when matched then update set wins = s.wins + d.wins
  when not matched then insert values (d.stem, d.wins);
end $$;

-- A digest of all code that works out these rows: the functions act.read_*, and what they call.
create or replace function act.read_digest() returns text
language sql stable
set search_path = pg_catalog
begin atomic
  with recursive used (class, id) as (
    select 'pg_catalog.pg_proc'::regclass::oid, p.oid
    from pg_catalog.pg_proc p
    where p.pronamespace = 'act'::regnamespace and p.proname like 'read\_%'
      and p.proname <> 'read_digest'
    union
    -- A view depends on other things through its rule.
    select d.refclassid, d.refobjid
    from used u
    left join pg_catalog.pg_rewrite r on u.class = 'pg_catalog.pg_class'::regclass
      and r.ev_class = u.id
    join pg_catalog.pg_depend d on d.classid = case when r.oid is null then u.class
      else 'pg_catalog.pg_rewrite'::regclass::oid end
                               and d.objid = coalesce(r.oid, u.id)
    where d.refclassid in ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_class'::regclass)
  )
  select md5(string_agg(t.body, '' order by t.body))
  from used u
  join lateral (
    select pg_get_functiondef(p.oid) as body from pg_catalog.pg_proc p
    where u.class = 'pg_catalog.pg_proc'::regclass and p.oid = u.id
      and p.pronamespace <> 'pg_catalog'::regnamespace and p.prokind = 'f'
    union all
    select pg_get_viewdef(c.oid) from pg_catalog.pg_class c
    where u.class = 'pg_catalog.pg_class'::regclass and c.oid = u.id and c.relkind = 'v') t on true;
end;

-- Makes all anew if the code that works it out has changed.
create or replace function act.refresh_code() returns void
language plpgsql as $$
begin
  if (select c.digest from data.read_code c) is distinct from act.read_digest() then
    perform act.refresh(true);
    delete from data.read_code;
    insert into data.read_code select act.read_digest();
  end if;
end $$;
