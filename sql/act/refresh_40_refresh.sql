-- Keeps the tables that pages read.

-- Makes what is new: rows of publications that have none yet, and everything that tells which
-- publication is the newest. With `again` all is made anew. One at a time; readers see the old rows
-- until the transaction ends. Words are counted anew when those of the directory are others, and
-- the planner is told when there are a tenth more results.
create or replace function act.refresh(again boolean) returns void
language plpgsql
set work_mem = '64MB'
-- Rows are looked up by their keys: a small sample tells enough of them.
set default_statistics_target = 20 as $$
declare
  -- In their order: the later are made of the earlier.
  frozen constant text[] := array['criterion', 'group', 'result', 'entrant', 'change'];
  results constant real := (select c.reltuples from pg_class c
                            where c.oid = 'data.read_result'::regclass);
  places constant text[] := array(select r.words from data.read_region r where r.listed
                                  order by r.code);
  name text;
  made integer;
  more boolean := again;
begin
  lock table data.read_publication in share row exclusive mode;
  if again then
    foreach name in array frozen || array['publication', 'figure', 'win'] loop
      execute 'delete from data.read_' || name;
    end loop;
    insert into data.read_figure select * from act.read_figure();
    insert into data.read_win select * from act.read_win();
    analyze data.read_figure, data.read_win;
  end if;
  for made in select p.id from data.publication p
    where not exists (select from data.read_publication r where r.id = p.id)
      and not exists (select from data.round_run x where x.round = p.round and x.rehearsal)
    order by p.id loop
    foreach name in array frozen loop
      execute format('insert into data.read_%1$s select * from act.read_%1$s($1)', name) using made;
    end loop;
    more := more or (select count(*) from data.read_result r where r.publication = made)
                    > results / 10;
  end loop;
  foreach name in array array['publication', 'region', 'word', 'stem'] loop
    continue when name in ('word', 'stem') and not again
      and places = array(select r.words from data.read_region r where r.listed order by r.code);
    execute format('delete from data.read_%1$s', name);
    execute format('insert into data.read_%1$s select * from act.read_%1$s()', name);
  end loop;
  if more then
    analyze data.read_criterion, data.read_group, data.read_entrant, data.read_change,
            data.read_result (publication, criterion, region, official),
            data.read_publication, data.read_region, data.read_word, data.read_stem;
  end if;
end $$;

-- The digest of a publication's record, which is made after all else.
create or replace function act.refresh_record(publication integer) returns void
language sql as $$
  update data.read_publication p set record = r.digest
  from data.record r
  where p.id = refresh_record.publication and r.publication = p.id;
$$;

-- Words of these quick wins and regions, of which there were others `before`.
create or replace function act.refresh_words(before data.read_word[], wins integer[],
                                             regions text[]) returns void
language sql as $$
  merge into data.read_word w
  using (select d.word, d.stem_id, d.stem_en, sum(d.wins) as wins, sum(d.told) as told,
         sum(d.places) as places
         from (select * from act.read_word(refresh_words.wins, refresh_words.regions)
               union all select b.word, b.stem_id, b.stem_en, -b.wins, -b.told, -b.places
                 from unnest(before) b) d
         group by d.word, d.stem_id, d.stem_en
         having (sum(d.wins), sum(d.told), sum(d.places)) <> (0, 0, 0)) d
  on w.word = d.word
  when matched and w.wins + d.wins = 0 and w.places + d.places = 0 then delete
  when matched then update set wins = w.wins + d.wins, told = w.told + d.told,
    places = w.places + d.places
  when not matched then insert values (d.word, d.stem_id, d.stem_en, d.wins, d.told, d.places);
$$;

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
  perform act.refresh_words(words, every, regions);
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

-- Makes anew what follows from the published figures of these regions; of many of them, all.
create or replace function act.refresh_figures(regions text[]) returns void
language plpgsql
set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_variable
declare
  words data.read_word[];
  made integer;
begin
  if cardinality(regions) > 10 then
    perform act.refresh(true);
    return;
  end if;
  lock table data.read_publication in share row exclusive mode;
  words := array(select w from act.read_word('{}', regions) w);
  delete from data.read_figure f where f.region = any (regions);
  insert into data.read_figure select f.* from act.read_figure() f where f.region = any (regions);
  for made in select p.id from data.read_publication p
    where p.programme and exists (select from data.read_entrant e
                                  where e.publication = p.id and e.region = any (regions))
    order by p.id loop
    delete from data.read_result r where r.publication = made and r.region = any (regions);
    insert into data.read_result
    select r.* from act.read_result(made) r where r.region = any (regions);
    delete from data.read_entrant e where e.publication = made and e.region = any (regions);
    insert into data.read_entrant
    select e.* from act.read_entrant(made) e where e.region = any (regions);
  end loop;
  delete from data.read_region r where r.code = any (regions);
  insert into data.read_region select * from act.read_region(regions);
  perform act.refresh_words(words, '{}', regions);
end $$;

-- Topics of quick wins, or of these alone; all else of them stays.
create or replace function act.refresh_topics(wins integer[] default null) returns void
language sql
begin atomic
  update data.read_win r set topics = w.topics
  from data.read_win o
  cross join lateral (select act.win_topics(o.id, o.whole) as topics offset 0) w
  where o.id = r.id and w.topics <> r.topics
    and (refresh_topics.wins is null or o.id = any (refresh_topics.wins));
end;

-- Makes all anew if the code that works it out is another one (etc/db has its digest).
create or replace function act.refresh_code(digest text) returns void
language plpgsql as $$
begin
  if (select c.digest from data.read_code c) is distinct from refresh_code.digest then
    perform act.refresh(true);
    delete from data.read_code;
    insert into data.read_code values (refresh_code.digest);
  end if;
end $$;
