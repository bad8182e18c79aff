-- Publishing, correcting and withdrawing one quick win changes the tables that pages read as making
-- all of them anew would.
begin;
\ir desk.psql
\ir desk_wins.psql
\ir stale.psql
select plan(7);

-- Two cities more: one with a quick win of the data file's year, and one that has no page yet.
select pg_temp.make_person(name, 'operator', region)
from (values ('sidoarjo', '35.15'), ('baru', (select min(r.code) from data.region r
                                              where r.kind = 'kota'
                                                  and not exists (select from data.read_region x
                                                  where x.code = r.code)))) p (name, region);

-- Words that many use, that one uses, forms of one stem, names of places, and no words.
create function pg_temp.some_words(count integer) returns text language sql as $$
  select string_agg((array['pajak', 'sampah', 'persampahan', 'pengelolaan', 'mengelola', 'Kediri',
                           'madiun', 'e-parkir', 'antrean', 'online', '2026',
                           'zirkonium', 'kumparan', 'lumbung', 'UMKM', 'smart',
                           'dan'])[1 + floor(17 * random())::integer], ' ')
  from generate_series(1, count);
$$;

-- One step on a quick win that is picked by chance, or that is begun.
create function pg_temp.step() returns text language plpgsql as $$
declare
  writer text := (array['kediri', 'madiun', 'sidoarjo', 'baru'])[1 + floor(4 * random())::integer];
  held data.win;
  said data.outcome;
begin
  select w.* into held from data.win w
  where w.published is not null
      and w.region = (select a.region from data.account a where a.email = writer || '@uji.go.id')
      order by random() limit 1;
  perform pg_temp.as_person(writer);
  if held.id is not null and random() < 0.4 then
    said := act.win_withdraw(held.id, held.row_version, pg_temp.new_key(), 'Alasan');
  else
    said := act.win_save(held.id, held.row_version, pg_temp.new_key(),
      pg_temp.words(pg_temp.some_words(3)) || jsonb_build_object(
      'summary', pg_temp.some_words(8), 'dimension', 'living', 'started',
          case when random() < 0.7 then 2017 + floor(10 * random())::integer || '-03-01' end));
    said := act.win_submit(said.id, said.row_version, pg_temp.new_key());
    perform pg_temp.as_person('kantor');
    said := act.win_publish(said.id, said.row_version, pg_temp.new_key(), '');
  end if;
  return said.outcome;
end $$;

select setseed(0.27);
select is(string_agg(distinct pg_temp.step(), ' '), 'done', 'ten steps by chance')
    from generate_series(1, 10);
select is(pg_temp.stale('{region,win,word,stem}'), null,
    'leave the tables as they would be made anew');
select is(string_agg(distinct pg_temp.step(), ' '), 'done', 'ten more') from generate_series(1, 10);
select is(pg_temp.stale('{region,win,word,stem}'), null, 'leave them so');
-- Several at once, and all that a city has.
delete from data.quick_win
    where region in (select a.region from data.account a
    where a.email in ('kediri@uji.go.id', 'baru@uji.go.id'));
update data.quick_win set year = null, region = '35.77' where id % 50 = 0;
select is(pg_temp.stale('{region,win,word,stem}'), null,
    'and so do quick wins that change together');
-- One that the public never read.
select pg_temp.as_person('madiun');
select is((act.win_withdraw(d.id, d.row_version, pg_temp.new_key(), 'Alasan')).outcome, 'done',
    'a draft is withdrawn')
from act.win_save(null, null, pg_temp.new_key(),
    pg_temp.words('Draf') || '{"dimension": "living"}') d;
update data.quick_win set year = 2020 where id = -1;
select is(pg_temp.stale('{region,win,word,stem}'), null, 'and nothing follows from it');

select * from finish();
rollback;
