-- Publishes the draft of a round: computes it, or takes the results of a preview of it, writes the
-- publication and its results, and makes it the one that pages show. When it replaces a
-- publication, which it differs from, `reason` tells readers why. `told`: what the trail is to know
-- besides. Everything happens in the caller's transaction: on any error nothing has happened. One
-- publish runs at a time, so that the digests form one chain over all rounds. Returns one row: the
-- publication's id, its number n within the round, its digest, the digest of the publication before
-- it (null for the very first), the number it supersedes (null for a round's first), and how many
-- regions, criteria and draws it has.
create or replace function act.publish_as(round text, reason text, preview integer, told jsonb)
returns table (publication integer, n integer, digest text, previous_digest text,
               supersedes integer,
               regions integer, criteria integer, draws integer)
language plpgsql
set jit = off
set work_mem = '256MB' as $$
#variable_conflict use_variable
declare
  published data.round;
  source    data.intake;
begin
  perform pg_advisory_xact_lock(hashtextextended('tolok publish', 0));
  select r.* into published from data.round r where r.code = round for update;
  if not found then
    raise exception 'there is no round %', round;
  elsif published.draft is null then
    raise exception 'round % has no draft to publish', round
      using hint = 'Import its package first.';
  end if;
  if act.note_fault(reason) is not null then
    raise exception 'the reason is not fit to be shown: %', act.note_fault(reason);
  end if;
  if published.publication is null and btrim(reason) <> '' then
    raise exception 'round % was never published: there is nothing to correct', round;
  elsif published.publication is not null and coalesce(btrim(reason), '') = '' then
    raise exception 'a correction of round % needs a reason, which all read', round
      using hint = '--reason TEXT';
  end if;
  select i.* into source from data.intake i where i.id = published.draft;

  publication := nextval(pg_get_serial_sequence('data.publication', 'id'));
  if preview is null then
    insert into data.result (publication, region, criterion, "group", status, value, exact,
                             computed, official, rank, label, "of", rank_low, rank_median,
                             rank_high, coverage, applicable)
    select publication, c.* from calc.results(source.id) c;
  else
    perform calc.tell('copy');
    insert into data.result (publication, region, criterion, "group", status, value, exact,
                             computed, official, rank, label, "of", rank_low, rank_median,
                             rank_high, coverage, applicable)
    select publication, v.region, v.criterion, v."group", v.status, v.value, v.exact, v.computed,
           v.official, v.rank, v.label, v."of", v.rank_low, v.rank_median, v.rank_high, v.coverage,
           v.applicable
    from data.preview_result v where v.preview = publish_as.preview;
  end if;

  perform calc.tell('digest');
  supersedes := (select p.n from data.publication p where p.id = published.publication);
  n := coalesce(supersedes, 0) + 1;
  digest := encode(sha256(convert_to(act.export_sums(source.id, publication), 'UTF8')), 'hex');
  if digest = (select p.digest from data.publication p where p.id = published.publication) then
    raise exception 'nothing of round % differs from publication %', round, supersedes
      using hint = 'A correction is another package.';
  end if;
  previous_digest := (select p.digest from data.publication p order by p.id desc limit 1);
  -- The moment is that of writing, so that publications which waited for each other are in order.
  insert into data.publication (id, round, n, intake, published_at, supersedes, reason,
                                previous_digest, digest) overriding system value
  values (publication, round, n, source.id, clock_timestamp(), published.publication,
          nullif(btrim(reason), ''), previous_digest, digest);
  -- Before the rest asks for these rows: planned without knowing how many there are now, it takes
  -- many times as long.
  analyze data.region, data.method, data.criterion, data.criterion_edge, data.intake,
  data.participant, data.mark,
          data.official, data.publication, data.result;
  update data.round r set publication = publish_as.publication, draft = null where r.code = round;
  update data.preview v set state = 'published', ended_at = clock_timestamp() where v.id = preview;
  delete from data.preview_result v where v.preview = publish_as.preview;
  perform calc.tell('pages');
  perform act.refresh(false);
  -- From here on every act of the desk waits for the head of the trail, so all that takes long is
  -- done by now.
  perform act.preview_outdate(round, 'publication');
  if not source.simulated then
    perform act.record_add(publication);
    perform act.refresh_record(publication);
  end if;

  regions := (select count(*) from data.participant p where p.intake = source.id);
  criteria := (select count(*) from data.criterion c where c.method = source.method);
  draws := (select m.draws from data.method m where m.id = source.method);
  perform act.note('publish', 'round', round, null, case when supersedes is not null
                   then jsonb_build_object('n', supersedes) end,
                   jsonb_strip_nulls(jsonb_build_object('n', n, 'digest', digest, 'reason',
                                                        nullif(btrim(reason), '')) || told));
  return next;
end $$;

-- The operator's own: of the draft as it is, alone.
create or replace function act.publish(round text, reason text default null)
returns table (publication integer, n integer, digest text, previous_digest text,
               supersedes integer,
               regions integer, criteria integer, draws integer)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select * from act.publish_as(round, reason, null, '{}')
$$;
