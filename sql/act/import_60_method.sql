-- A version names one content for ever.

-- SHA-256 of the canonical text of the staged method: its settings, then its rows of criteria.csv
-- in file order, each a JSON array on a line of its own, numbers without zeros at the end. Only for
-- a stage without faults.
create or replace function act.import_method_digest() returns text language plpgsql stable as $$
declare
  settings text := (
    select json_agg(case when act.decimal(act.import_value(k.path)) is null
                    then act.import_value(k.path)
                         else act.plain(act.decimal(act.import_value(k.path))) end
                           order by k.ord)::text
    from unnest(array['method.scale.min', 'method.scale.max', 'method.rounding', 'method.rank_on',
                      'method.ties',
                      'method.missing', 'method.min_coverage', 'method.higher_is_better',
                      'method.draws',
                      'method.weight_spread']) with ordinality k (path, ord));
  tree text := (
    select string_agg(json_build_array(c.criterion, c.parent, act.plain(act.decimal(c.weight)),
                                       c.aggregate,
                                       act.plain(act.decimal(c.round_step)), c.kind, c.name_id,
                                       c.name_en)::text,
                      E'\n' order by c.line)
    from pg_temp.import_criterion c);
begin
  return encode(sha256(convert_to(settings || E'\n' || tree, 'UTF8')), 'hex');
end $$;

-- The fault of a version that is known with other content, be it only by a draft: whoever holds a
-- package that names the version must be able to rely on it.
create or replace function act.import_check_version()
returns table (file text, line integer, "column" text, message text) language plpgsql stable as $$
declare
  wanted text := act.import_method_digest();
begin
  return query
  select 'round.json', s.line, s.path,
         format('%s has other content in round %s: give the changed method a new version', s.value,
                user_of.round)
  from pg_temp.import_setting s
  join data.method m on m.version = s.value and m.digest <> wanted
  cross join lateral (select i.round from data.intake i where i.method = m.id order by i.id
                      limit 1) user_of
  where s.path = 'method.version';
end $$;
