-- Simulated rounds, which are there to see every page full, and which no public site shows.

create or replace function act.simulated_rounds() returns table (round text, publications bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.round, count(p.id)
  from data.intake i left join data.publication p on p.intake = i.id
  where i.simulated
  group by i.round
  order by i.round;
$$;

-- Takes all of them away: their publications, inputs, the methods that no other round has, and the
-- regions that nothing else knows. The audit trail keeps the digests, so that the chain of
-- publications can be followed still. What is published is immutable
-- (sql/schema/30_publication.sql), for everybody who goes on seeing the triggers: they are off in
-- this transaction alone, in which nothing but simulated rows is named, and the rest is compared
-- with what it was.
create or replace function act.simulated_remove() returns table (round text, publications bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  intakes integer[] := array(select i.id from data.intake i where i.simulated);
  rounds text[] := array(select s.round from act.simulated_rounds() s);
  methods integer[] := array(select i.method from data.intake i where i.simulated);
  gone integer[] := array(select p.id from data.publication p where p.intake = any (intakes));
  newcomers text[] := array(
    select distinct t.region from data.participant t join data.region r on r.code = t.region
    where t.intake = any (intakes) and r.source is null);
  mixed text;
  before text;
begin
  if intakes = '{}' then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('tolok publish', 0));
  select p.round into mixed from data.publication p where p.supersedes = any (gone)
         and p.id <> all (gone);
  if mixed is not null then
    raise exception 'round % has a real publication that replaced a simulated one', mixed;
  end if;
  before := act.publications_digest(gone);
  return query select s.round, s.publications from act.simulated_rounds() s;
  perform act.note('simulated_remove', 'round', i.round, null,
                   jsonb_strip_nulls(jsonb_build_object('intake', i.id, 'n', p.n, 'digest',
                                                        p.digest,
                                                        'previous', p.previous_digest)), null)
  from data.intake i left join data.publication p on p.intake = i.id
  where i.id = any (intakes)
  order by i.id;

  delete from data.job j where j.round = any (rounds);
  delete from data.request q where q.round = any (rounds);
  delete from data.preview v where v.round = any (rounds);
  alter table data.result disable trigger immutable;
  alter table data.publication disable trigger immutable;
  delete from data.result r where r.publication = any (gone);
  delete from data.publication p where p.id = any (gone);
  update data.round r
  set publication = case when r.publication = any (gone) then null else r.publication end,
      draft = case when r.draft = any (intakes) then null else r.draft end
  where r.code = any (rounds);
  delete from data.intake i where i.id = any (intakes);
  delete from data.round r
  where r.code = any (rounds) and not exists (select from data.intake i where i.round = r.code);
  delete from data.method m
  where m.id = any (methods) and not exists (select from data.intake i where i.method = m.id)
    and not exists (select from data.round_run r where r.method = m.id);
  set constraints all immediate;
  alter table data.result enable trigger immutable;
  alter table data.publication enable trigger immutable;
  if act.publications_digest('{}') is distinct from before then
    raise exception 'another publication would have changed';
  end if;

  delete from data.region r
  where r.code = any (newcomers) and not (
    exists (select from data.participant t where t.region = r.code)
    or exists (select from data.published_figure f where f.region = r.code)
    or exists (select from data.quick_win q where q.region = r.code)
    or exists (select from data.account a where a.region = r.code)
    or exists (select from data.win w where w.region = r.code)
    or exists (select from data.cohort c where c.region = r.code));
  perform act.refresh(true);
end $$;

-- One digest over all publications but those, and their results.
create or replace function act.publications_digest(but integer[]) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select md5(string_agg(concat_ws(' ', p.id, p.digest, p.previous_digest, (
           select md5(string_agg(r::text, e'\n' order by r.criterion collate "C",
                                 r.region collate "C"))
           from data.result r where r.publication = p.id)), e'\n' order by p.id))
  from data.publication p where p.id <> all (but);
$$;
