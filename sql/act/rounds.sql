-- Every round with its newest inputs, for the operator: the newest round first. `edition` is its
-- newest publication, NULL when there is none; `draft` says whether inputs wait to be published.
create or replace function act.rounds()
returns table (code text, year integer, title text, simulated boolean, edition integer,
               draft boolean, regions bigint,
               digest text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.code, i.year, i.title_id, i.simulated, p.n, r.draft is not null,
         (select count(*) from data.participant t where t.intake = i.id), p.digest
  from data.round r
  left join data.publication p on p.id = r.publication
  join data.intake i on i.id = coalesce(r.draft, p.intake)
  order by i.year desc, r.code;
$$;
