-- Faults of round.json. Keys that are absent, unknown, doubled or of the wrong JSON type were
-- reported by the reader; here is what the values mean.
create or replace function act.import_check_round()
returns table (file text, line integer, "column" text, message text) language plpgsql stable as $$
begin
  return query
  select 'round.json', s.line, s.path, f.fault
  from pg_temp.import_setting s
  join (values ('format', array['tolok-round/1', 'tolok-round/2']),
               ('method.rounding', array['half_up', 'half_even']),
               ('method.rank_on', array['value', 'exact']),
               ('method.ties', array['competition', 'dense']),
               ('method.missing', array['drop', 'scale_min', 'strict']
                 || case when act.import_format() = 2 then array['worst'] else '{}' end))
    w (path, words)
                 using (path),
  lateral (select act.word_fault(s.value, w.words) fault) f
  where f.fault is not null
  union all
  select 'round.json', s.line, s.path, f.fault
  from pg_temp.import_setting s,
  lateral (select case when s.path in ('code', 'method.version') then act.code_fault(s.value)
                       when s.path in ('title.id', 'title.en') then act.name_fault(s.value)
                       when s.path = 'source' then act.note_fault(s.value)
                       when s.path in ('method.scale.min', 'method.scale.max',
                                       'method.min_coverage',
                                       'method.weight_spread') then act.decimal_fault(s.value)
                                         end fault) f
  where f.fault is not null
  union all
  select 'round.json', s.line, s.path, act.plain(act.decimal(s.value)) || ' is not ' || r.wanted
  from pg_temp.import_setting s
  join (values ('year', 1900, 2200, 'between 1900 and 2200'),
               ('method.draws', 0, 10000, 'between 0 and 10000'),
               ('method.min_coverage', 0, 1, 'between 0 and 1'),
               ('method.weight_spread', 0, 0.999999999999999999999999999999,
                'at least 0 and below 1'))
    r (path, low, high, wanted) using (path)
  where act.decimal(s.value) not between r.low and r.high
  union all
  select 'round.json', s.line, s.path,
         act.plain(act.decimal(s.value)) || ' is not greater than the minimum '
         || act.plain(act.decimal(act.import_value('method.scale.min')))
  from pg_temp.import_setting s
  where s.path = 'method.scale.max'
    and act.decimal(s.value) <= act.decimal(act.import_value('method.scale.min'))
  union all
  -- Somebody's wrong code would put invented figures in the place of real ones.
  select 'round.json', s.line, s.path,
         format('round %s is published as %s, and stays so', r.code,
                case when i.simulated then 'simulated' else 'real' end)
  from pg_temp.import_setting s
  join data.round r on r.code = act.import_value('code')
  join data.publication p on p.id = r.publication
  join data.intake i on i.id = p.intake
  where s.path = 'simulated' and s.value <> i.simulated::text
  union all
  -- Its marks come from the people who give them.
  select 'round.json', s.line, s.path, format('round %s is run at the desk', r.round)
  from pg_temp.import_setting s join data.round_run r on r.round = s.value
  where s.path = 'code';
end $$;
