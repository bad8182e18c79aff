-- Records of publications, and whether what is published is what was published.

-- The text of a record: one JSON object, keys in order, strings or null, no blanks, so that it is
-- canonical (RFC 8785). `previous` is the digest of the record before, `supersedes` of that of the
-- edition before, `trail` of the trail's newest row before the publication's own.
create or replace function act.record_text(p data.publication, seq integer, previous text,
                                           supersedes text, trail text) returns text
language sql stable
return (select '{' || string_agg(to_json(f.key) || ':' || coalesce(to_json(f.value)::text, 'null'),
                                 ',' order by f.key collate "C") || '}'
        from (values ('format', 'tolok-record/1'), ('seq', seq::text), ('round', p.round::text),
                     ('edition', p.n::text),
                     ('published', to_char(p.published_at at time zone 'UTC',
                                           'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
                     ('package', p.digest), ('supersedes', supersedes), ('reason', p.reason),
                     ('previous', previous), ('trail', trail)) f (key, value));

-- The record of a publication that is just being made. The head of the trail is held until the
-- transaction ends, so that the publication's own row comes next.
create or replace function act.record_add(publication integer) returns void
language plpgsql as $$
#variable_conflict use_variable
declare
  p data.publication;
  trail text;
  text text;
begin
  select x.* into strict p from data.publication x where x.id = publication;
  select h.digest into strict trail from data.audit_head h for update;
  text := act.record_text(p, (select coalesce(max(r.seq), 0) + 1 from data.record r),
    (select r.digest from data.record r order by r.seq desc limit 1),
    (select r.digest from data.record r where r.publication = p.supersedes), trail);
  insert into data.record (seq, publication, record, digest)
  values ((text::json ->> 'seq')::integer, publication, text, data.digest_of(text));
end $$;

-- What is wrong with the record of a publication, or NULL.
create or replace function act.record_fault(publication integer) returns text
language plpgsql stable as $$
#variable_conflict use_variable
declare
  p data.publication;
  r data.record;
  place bigint;
  wanted text;
begin
  select x.* into strict p from data.publication x where x.id = publication;
  select x.* into r from data.record x where x.publication = p.id;
  if (select i.simulated from data.intake i where i.id = p.intake) then
    return case when r.seq is not null then 'a simulated round has no record' end;
  elsif r.seq is null then
    return 'its record is missing';
  end if;
  place := (select count(*) from data.publication x join data.intake i on i.id = x.intake
            where not i.simulated and x.id <= p.id);
  if r.seq <> place then
    return format('its record is number %s and stands in place %s', r.seq, place);
  elsif r.digest <> data.digest_of(r.record) then
    return 'its record was changed';
  end if;
  wanted := act.record_text(p, r.seq, (select x.digest from data.record x where x.seq = r.seq - 1),
    (select x.digest from data.record x where x.publication = p.supersedes),
    r.record::json ->> 'trail');
  return case when r.record <> wanted then format('its record says something else of %s', (
    select coalesce(string_agg(w.key, ', ' order by w.key), 'nothing')
    from json_each_text(wanted::json) w
    where w.value is distinct from r.record::json ->> w.key)) end;
exception when invalid_text_representation then
  return 'its record can not be read';
end $$;

-- What is wrong with a publication, or NULL: its record, the digest of its package and, where
-- `results` are wanted too, its results, which are computed anew. The first difference is named.
create or replace function act.publication_fault(publication integer, results boolean)
returns table (fault text)
language plpgsql security definer set search_path = pg_catalog, pg_temp set jit = off
set work_mem = '256MB' as $$
#variable_conflict use_variable
declare
  p data.publication;
begin
  select x.* into strict p from data.publication x where x.id = publication;
  fault := act.record_fault(publication);
  if fault is null and results then
    fault := (
      select format('the result of %s for %s is not what is computed',
                    coalesce(c.region, r.region), coalesce(c.criterion, r.criterion))
      from calc.results(p.intake) c
      full join (select x.* from data.result x where x.publication = p.id) r
        on r.region = c.region and r.criterion = c.criterion
      where (c."group", c.status, c.value, c.exact, c.computed, c.official, c.rank, c.label, c."of",
             c.rank_low, c.rank_median, c.rank_high, c.coverage, c.applicable)
        is distinct from
            (r."group", r.status, r.value, r.exact, r.computed, r.official, r.rank, r.label, r."of",
             r.rank_low, r.rank_median, r.rank_high, r.coverage, r.applicable)
      order by coalesce(c.region, r.region) collate "C", coalesce(c.criterion, r.criterion)
      limit 1);
  end if;
  if fault is null and p.digest <> data.digest_of(act.export_sums(p.intake, p.id)) then
    fault := format('its package is not the one with digest %s', p.digest);
  end if;
  return next;
end $$;

-- All publications, in the order in which they were made.
create or replace function act.publications()
returns table (publication integer, round text, n integer, record text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, p.round, p.n, r.digest
  from data.publication p left join data.record r on r.publication = p.id
  order by p.id;
$$;

-- What the trail says was published and is there no more, or with another digest. Simulated rounds
-- that were taken away are told by the trail as well.
create or replace function act.publications_missing() returns table (round text, n integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.subject_id, (a.after ->> 'n')::integer
  from data.audit a
  where a.act = 'publish' and a.subject = 'round'
    and not exists (select from data.publication p
                    where p.round = a.subject_id and p.n = (a.after ->> 'n')::integer
                      and p.digest = a.after ->> 'digest')
    and not exists (select from data.audit g
                    where g.act = 'simulated_remove' and g.subject_id = a.subject_id
                      and g.before ->> 'digest' = a.after ->> 'digest')
  order by a.id;
$$;
