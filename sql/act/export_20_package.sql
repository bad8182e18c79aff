-- A publication as a package of the format that its intake came in. The helpers take the intake and
-- the publication's number in data.result, so that act.publish can make the digest before it writes
-- the publication; or of a preview its own number.

-- The results of a publication, or else those that are kept of a preview.
create or replace function act.export_rows(publication integer, preview integer)
returns table (region text, criterion text, "group" text, value numeric, exact numeric,
               computed numeric, official numeric, rank integer, label text, "of" integer,
               rank_low numeric, rank_median numeric, rank_high numeric, coverage numeric,
               applicable numeric)
language sql stable as $$
  select r.region, r.criterion, r."group", r.value, r.exact, r.computed, r.official, r.rank,
         r.label, r."of", r.rank_low, r.rank_median, r.rank_high, r.coverage, r.applicable
  from data.result r where r.publication = $1
  union all
  select r.region, r.criterion, r."group", r.value, r.exact, r.computed, r.official, r.rank,
         r.label, r."of", r.rank_low, r.rank_median, r.rank_high, r.coverage, r.applicable
  from data.preview_result r where r.preview = $2
$$;

-- results.csv: every participant and criterion; since /2 with what is covered and what applies.
create or replace function act.export_results(intake integer, publication integer,
                                              preview integer default null) returns text
language sql stable as $$
  select E'region,group,criterion,value,exact,computed,official,rank,label,of,rank_low,rank_median,'
         || 'rank_high' || case when i.format > 1 then ',coverage,applicable' else '' end
         || E'\r\n'
         || coalesce(string_agg(
              r.region || ',' || act.export_field(r."group") || ',' || r.criterion
              || ',' || coalesce(r.value::text, '')
              || ',' || coalesce(trim_scale(r.exact)::text, '')
              || ',' || coalesce(r.computed::text, '')
              || ',' || coalesce(r.official::text, '')
              || ',' || coalesce(r.rank::text, '')
              || ',' || coalesce(r.label, '')
              || ',' || coalesce(r."of"::text, '')
              || ',' || coalesce(r.rank_low::text, '')
              || ',' || coalesce(r.rank_median::text, '')
              || ',' || coalesce(r.rank_high::text, '')
              || case when i.format > 1
                      then ',' || coalesce(r.coverage::text, '') || ',' || r.applicable else '' end
              || E'\r\n',
              '' order by r.region collate "C", c.ord) filter (where r.region is not null), '')
  from data.intake i
  left join act.export_rows($2, $3) r on true
  left join data.criterion c on c.method = i.method and c.code = r.criterion
  where i.id = $1
  group by i.format
$$;

-- The text of one file but SHA256SUMS; null: the package has no such file.
create or replace function act.export_text(intake integer, publication integer, file text,
                                           preview integer default null) returns text
language sql stable as $$
  select case file
    when 'criteria.csv' then act.export_criteria(intake)
    when 'marks.csv'    then act.export_marks(intake)
    when 'official.csv' then act.export_official(intake)
    when 'regions.csv'  then act.export_regions(intake)
    when 'results.csv'  then act.export_results(intake, publication, preview)
    when 'round.json'   then act.export_round(intake)
    else (select t.body from data.intake_text t where t.intake = $1 and t.file = $3) end
$$;

-- The names that a package of the intake may have but SHA256SUMS, in byte order.
create or replace function act.export_names(intake integer) returns text[]
language sql stable as $$
  select array_agg(f.name order by f.name collate "C")
  from (select unnest(array['criteria.csv', 'marks.csv', 'official.csv', 'regions.csv',
                            'results.csv', 'round.json'])
        union all
        select t.file from data.intake_text t where t.intake = $1) f (name)
$$;

-- SHA256SUMS as sha256sum writes it, files in byte order. Its own SHA-256 is the publication's
-- digest.
create or replace function act.export_sums(intake integer, publication integer,
                                           preview integer default null) returns text
language sql stable as $$
  select string_agg(encode(sha256(convert_to(t.body, 'UTF8')), 'hex') || '  ' || f.name || E'\n', ''
                    order by f.name collate "C")
  from unnest(act.export_names(intake)) f (name)
  cross join lateral (select act.export_text(intake, publication, f.name, preview)
                      offset 0) t (body)
  where t.body is not null
$$;

-- The publication that `tolok export` writes: the newest of the round, or its n-th. No row: there
-- is none.
create or replace function act.export_find(round text, n integer default null)
returns table (publication integer, n_found integer, digest text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, p.n, p.digest
  from data.round r
  join data.publication p on p.round = r.code
  where r.code = $1 and (p.n = $2 or ($2 is null and p.id = r.publication))
$$;

-- The files of a publication's package, in byte order of their names; SHA256SUMS is one of them,
-- and the record, which stands beside the package, outside its digest.
create or replace function act.export_files(publication integer) returns table (file text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.name
  from data.publication p
  cross join unnest(array['SHA256SUMS'] || act.export_names(p.intake)
                    || array(select 'record.json' from data.record r
                             where r.publication = p.id)) f (name)
  where p.id = $1 and (f.name <> 'official.csv' or exists (select from data.official o
                                                           where o.intake = p.intake))
  order by f.name collate "C"
$$;

-- The text of one of these files; null: there is no such file or publication.
create or replace function act.export_file(publication integer, file text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when $2 = 'SHA256SUMS' then act.export_sums(p.intake, p.id)
         when $2 = 'record.json'
           then (select r.record from data.record r where r.publication = p.id)
         else act.export_text(p.intake, p.id, $2) end
  from data.publication p where p.id = $1
$$;

-- Notes in the trail that a publication was taken out, after its files were written. Gives back its
-- round.
create or replace function act.export_done(publication integer) returns table (round text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  taken data.publication;
begin
  select p.* into strict taken from data.publication p where p.id = $1;
  perform act.note('export', 'round', taken.round, null, null, jsonb_build_object('n', taken.n,
    'digest', taken.digest));
  round := taken.round;
  return next;
end $$;
