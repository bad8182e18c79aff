-- The office prepares a round: what it is, when, who takes part, what the guide asks.

-- How an act of the office on a round begins: the round, locked (all null: there is none), and the
-- answer that ends it.
create or replace function act.round_office(me data.account, key text, asked text[], round text,
                                            out held data.round_run, out answer data.outcome)
language plpgsql as $$
begin
  answer := act.office_begun(me, key, asked);
  if answer.outcome is null then
    select r.* into held from data.round_run r where r.round = round_office.round for update;
    if held.round is null then
      answer := act.round_not(me, key, 'forbidden', asked[1], round);
    end if;
  end if;
end $$;

-- What is wrong with fields of a round, beside its code and method.
create or replace function act.round_faults(fields jsonb, round text, anew boolean) returns jsonb
language plpgsql stable as $$
#variable_conflict use_variable
declare
  wrong jsonb;
begin
  select coalesce(jsonb_object_agg(f.name, 'wrong'), '{}') into wrong
  from (values ('year', '^(19|20|21)[0-9]{2}$'), ('how', '^(blind|panel)$'), ('marks', '^[1-5]$'),
               ('tolerance', '^[0-9]$'), ('repair', '^(asked|everywhere)$'),
               ('own_province', '^(yes|no)?$'), ('rehearsal', '^(yes|no)?$'),
               ('advised_years', '^([0-9]|[12][0-9]|30)$'),
               ('na_limit', '^(0([.][0-9]{1,4})?|1([.]0{1,4})?)$'),
               ('agree_days', '^([0-9]|[12][0-9]|30)$'),
               ('answer_days', '^([0-9]|[1-5][0-9]|60)$')) f (name, form)
  where fields ? f.name and coalesce(fields ->> f.name, '') !~ f.form
     or f.name = 'year' and anew and not fields ? 'year';
  wrong := wrong || coalesce((
    select jsonb_object_agg(f.name, f.fault)
    from (select n.name, case when coalesce(btrim(fields ->> n.name), '') = '' then 'missing'
                              when n.kind = 'date'
                                then case when not (act.is_day(fields ->> n.name)
                                                    and length(fields ->> n.name) = 10)
                                          then 'date' end
                              else act.field_fault(fields ->> n.name, n.kind) end as fault
          from (values ('title_id', 'line'), ('title_en', 'line'), ('from', 'date'),
                       ('to', 'date')) n (name, kind)
          where anew or fields ? n.name) f
    where f.fault is not null), '{}');
  if not wrong ? 'from' and not wrong ? 'to' and fields ? 'from'
     and fields ->> 'from' > fields ->> 'to' then
    wrong := wrong || '{"to": "order"}';
  end if;
  -- Titles tell rounds apart.
  if not wrong ? 'title_id' and (
    exists (select from data.round_run r
            where r.round <> round_faults.round and r.state <> 'off'
              and lower(r.title_id) = lower(btrim(fields ->> 'title_id')))
    or exists (select from data.intake i
               where i.round <> round_faults.round
                 and lower(i.title_id) = lower(btrim(fields ->> 'title_id')))) then
    wrong := wrong || '{"title_id": "taken"}';
  end if;
  return wrong;
end $$;

-- A round with these fields, which are sound.
create or replace function act.round_filled(r data.round_run, fields jsonb) returns data.round_run
language sql stable as $$
  select jsonb_populate_record(r, jsonb_strip_nulls(jsonb_build_object(
    'title_id', btrim(fields ->> 'title_id'), 'title_en', btrim(fields ->> 'title_en'),
    'year', fields ->> 'year', 'period_from', fields ->> 'from', 'period_to', fields ->> 'to',
    'how', fields ->> 'how', 'marks', fields ->> 'marks', 'tolerance', fields ->> 'tolerance',
    'repair_everywhere', (fields ->> 'repair') = 'everywhere',
    'own_province', (fields ->> 'own_province') = 'yes',
    'advised_years', fields ->> 'advised_years', 'na_limit', fields ->> 'na_limit',
    'agree_days', fields ->> 'agree_days', 'answer_days', fields ->> 'answer_days')))
$$;

-- A method under another name, with its guide.
create or replace function act.method_copy(method integer, version text) returns integer
language plpgsql as $$
#variable_conflict use_variable
declare
  made integer;
begin
  insert into data.method (version, digest, scale_min, scale_max, rounding, rank_on, ties, missing,
                           min_coverage, higher_is_better, draws, weight_spread)
  select version, m.digest, m.scale_min, m.scale_max, m.rounding, m.rank_on, m.ties, m.missing,
         m.min_coverage, m.higher_is_better, m.draws, m.weight_spread
  from data.method m where m.id = method returning id into made;
  insert into data.criterion (method, code, ord, height, aggregate, round_step, kind, name_id,
                              name_en)
  select made, c.code, c.ord, c.height, c.aggregate, c.round_step, c.kind, c.name_id, c.name_en
  from data.criterion c where c.method = method_copy.method;
  insert into data.criterion_edge (method, parent, child, weight, ord)
  select made, e.parent, e.child, e.weight, e.ord
  from data.criterion_edge e where e.method = method_copy.method;
  insert into data.guide (method, criterion, text, dimension, na, pieces, reason, groups, was)
  select made, g.criterion, g.text, g.dimension, g.na, g.pieces, g.reason, g.groups, g.was
  from data.guide g where g.method = method_copy.method;
  insert into data.guide_option (method, criterion, value, label, pieces, reason)
  select made, o.criterion, o.value, o.label, o.pieces, o.reason
  from data.guide_option o where o.method = method_copy.method;
  return made;
end $$;

create or replace function act.round_create(key text, round text, fields jsonb)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  answer data.outcome := act.office_begun(me, key, array['round_create', round, fields::text]);
  faults jsonb;
  m data.method;
  made data.round_run;
begin
  if answer.outcome is not null then
    return answer;
  end if;
  select x.* into m from data.method x where x.version = fields ->> 'method';
  faults := act.round_faults(fields, coalesce(round, ''), true) || jsonb_strip_nulls(
    jsonb_build_object(
      'round', case when act.code_fault(coalesce(round, '')) is not null then 'wrong'
                    when exists (select from data.round_run r where r.round = round_create.round)
                         or exists (select from data.round r where r.code = round_create.round)
                         or exists (select from act.gathered_rounds() g
                                    where g.round = round_create.round) then 'taken' end,
      'method', case when coalesce(fields ->> 'method', '') = '' then 'missing'
                     when m.id is null then 'unknown'
                     when m.missing <> 'worst' then 'missing_rule' end));
  if faults <> '{}' then
    return act.round_not(me, key, null, 'round_create', round, faults => faults);
  end if;
  made := act.round_filled(jsonb_populate_record(null::data.round_run, jsonb_build_object(
    'round', round, 'rehearsal', coalesce(fields ->> 'rehearsal', '') = 'yes', 'state', 'draft',
    'how', 'blind', 'marks', 2, 'tolerance', 1, 'repair_everywhere', false, 'own_province', false,
    'advised_years', 3, 'na_limit', 0.10, 'agree_days', 7, 'answer_days', 14, 'row_version', 1,
    'created_by', me.id, 'created_at', now())), fields);
  made.method := case when made.rehearsal then act.method_copy(m.id, 'gladi-' || round)
                 else m.id end;
  insert into data.round_run values (made.*);
  perform act.note('round_create', 'round', round, null, null,
                   jsonb_build_object('method', m.version, 'name', made.title_id));
  return act.round_done(me, key, null, null, 1);
end $$;

create or replace function act.round_change(round text, seen integer, key text, fields jsonb)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['round_change', round, seen::text, fields::text],
                                   round);
  made data.round_run;
  faults jsonb;
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif (begun.held).state <> 'draft' then
    return act.round_not(me, key, 'state', 'round_change', round);
  end if;
  faults := act.round_faults(fields, round, false);
  if faults <> '{}' then
    return act.round_not(me, key, null, 'round_change', round, faults => faults);
  elsif seen is distinct from (begun.held).row_version then
    return act.round_not(me, key, 'conflict', 'round_change', round);
  end if;
  made := act.round_filled(begun.held, fields);
  update data.round_run r
  set (title_id, title_en, year, period_from, period_to, how, marks, tolerance, repair_everywhere,
       own_province, advised_years, na_limit, agree_days, answer_days, row_version)
      = (made.title_id, made.title_en, made.year, made.period_from, made.period_to, made.how,
         made.marks, made.tolerance, made.repair_everywhere, made.own_province,
         made.advised_years, made.na_limit, made.agree_days, made.answer_days, r.row_version + 1)
  where r.round = round_change.round;
  perform act.note('round_change', 'round', round, null, null,
                   jsonb_build_object('name', made.title_id));
  return act.round_done(me, key, null, null, seen + 1);
end $$;

-- What is wrong with the dates of a calendar, {step: word}.
create or replace function act.round_date_faults(dates jsonb) returns jsonb
language sql stable as $$
  with step as (
    select s.step, data.step_place(s.step) as place, act.moment_of(dates -> s.step ->> 0) as opens,
           act.moment_of(dates -> s.step ->> 1) as closes
    from jsonb_object_keys(dates) s (step)
  ), judged as (
    select s.step, case when s.place is null then 'wrong'
                        when s.opens is null or s.closes is null then 'date'
                        when s.opens >= s.closes
                             or s.opens < max(s.closes) over (order by s.place
                               rows between unbounded preceding and 1 preceding) then 'order'
                        end as fault
    from step s
    union all
    select n.step, 'missing' from (values ('self'), ('verify')) n (step)
    where not dates ? n.step
  )
  select jsonb_object_agg(j.step, j.fault) from judged j where j.fault is not null
$$;

create or replace function act.round_dates(round text, seen integer, key text, dates jsonb)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['round_dates', round, seen::text, dates::text],
                                   round);
  faults jsonb;
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif (begun.held).state <> 'draft' then
    return act.round_not(me, key, 'state', 'round_dates', round);
  end if;
  faults := act.round_date_faults(dates);
  if faults is not null then
    return act.round_not(me, key, null, 'round_dates', round, faults => faults);
  elsif seen is distinct from (begun.held).row_version then
    return act.round_not(me, key, 'conflict', 'round_dates', round);
  end if;
  delete from data.round_step s where s.round = round_dates.round;
  insert into data.round_step (round, step, opens, closes)
  select round, s.step, act.moment_of(dates -> s.step ->> 0), act.moment_of(dates -> s.step ->> 1)
  from jsonb_object_keys(dates) s (step);
  update data.round_run r set row_version = r.row_version + 1
  where r.round = round_dates.round;
  perform act.note('round_dates', 'round', round);
  return act.round_done(me, key, null, null, seen + 1);
end $$;

-- The leaves of a method with the dimension that their desk is: of the guide, else the one above
-- them, else `umum`. `dimensions`: how many are above, where the guide names none.
create or replace function act.round_leaves(method integer)
returns table (criterion text, ord integer, dimension text, dimensions bigint, groups text[])
language sql stable as $$
  with recursive up (leaf, node) as (
    select c.code::text, c.code::text from data.criterion c
    where c.method = round_leaves.method and c.height = 0
    union
    select u.leaf, e.parent::text from up u
    join data.criterion_edge e on e.method = round_leaves.method and e.child = u.node
  )
  select c.code::text, c.ord, coalesce(g.dimension, min(d.code), 'umum'),
         case when g.dimension is null then count(d.code) else 1 end, g.groups
  from data.criterion c
  join up u on u.leaf = c.code
  left join data.criterion n on n.method = c.method and n.code = u.node and n.kind = 'dimension'
  left join data.dimension d on d.code = n.code
  left join data.guide g on g.method = c.method and g.criterion = c.code
  where c.method = round_leaves.method and c.height = 0
  group by c.code, c.ord, g.dimension, g.groups
$$;

-- Makes what is missing of the parts and cells of a round, and lays aside the cells of criteria
-- that it has no more.
create or replace function act.round_cells(round text, region text default null) returns void
language plpgsql as $$
#variable_conflict use_variable
declare
  method constant integer := (select r.method from data.round_run r
                              where r.round = round_cells.round);
begin
  create temporary table if not exists round_leaf (region text, criterion text, dimension text)
    on commit drop;
  delete from pg_temp.round_leaf;
  insert into pg_temp.round_leaf
  select e.region, l.criterion, l.dimension
  from data.entrant e
  cross join act.round_leaves(method) l
  where e.round = round_cells.round and (region is null or e.region = round_cells.region)
    and (l.groups is null or e."group" = any (l.groups));
  insert into data.part (round, region, dimension)
  select distinct round, l.region, l.dimension from pg_temp.round_leaf l
  on conflict do nothing;
  update data.cell c set aside = n.aside
  from (select x.region, x.criterion, l.criterion is null as aside
        from data.cell x
        left join pg_temp.round_leaf l on l.region = x.region and l.criterion = x.criterion
        where x.round = round_cells.round
          and (region is null or x.region = round_cells.region)) n
  where c.round = round_cells.round and c.region = n.region and c.criterion = n.criterion
    and c.aside <> n.aside;
  insert into data.cell (round, region, criterion, dimension, part)
  select round, l.region, l.criterion, l.dimension, p.id
  from pg_temp.round_leaf l
  join data.part p on p.round = round_cells.round and p.region = l.region
    and p.dimension = l.dimension
  on conflict do nothing;
  update data.cell c set dimension = l.dimension, part = p.id
  from pg_temp.round_leaf l
  join data.part p on p.round = round_cells.round and p.region = l.region
    and p.dimension = l.dimension
  where c.round = round_cells.round and c.region = l.region and c.criterion = l.criterion
    and c.part <> p.id;
end $$;

-- What the guide says of a leaf, while no opened round uses the method.
create or replace function act.guide_set(round text, criterion text, key text, fields jsonb)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['guide_set', round, criterion, fields::text],
                                   round);
  m constant integer := (begun.held).method;
  faults jsonb;
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif not exists (select from data.criterion c where c.method = m and c.height = 0
                    and c.code = criterion) then
    return act.round_not(me, key, 'forbidden', 'guide_set', round);
  elsif (begun.held).state <> 'draft'
        or exists (select from data.round_run r where r.method = m and not r.rehearsal
                   and r.state in ('open', 'final', 'published')) then
    return act.round_not(me, key, 'state', 'guide_set', round);
  end if;
  faults := jsonb_strip_nulls(jsonb_build_object(
    'text', act.field_fault(fields ->> 'text', 'prose'),
    'na', act.field_fault(fields ->> 'na', 'prose'),
    'pieces', case when coalesce(fields ->> 'pieces', '0') !~ '^([0-9]|1[0-9]|20)$'
                   then 'wrong' end,
    'dimension', case when nullif(fields ->> 'dimension', '') is not null and not exists (
      select from data.dimension d where d.code = fields ->> 'dimension') then 'unknown' end,
    'was', case when nullif(fields ->> 'was', '') is not null and not act.is_code(fields ->> 'was')
                then 'wrong' end,
    'options', case when exists (
      select from jsonb_array_elements(coalesce(fields -> 'options', '[]')) o
      where coalesce(o ->> 'value', '') !~ '^-?[0-9]{1,15}([.][0-9]{1,2})?$'
         or act.needed_fault('label', o ->> 'label', 'line') is not null
         or coalesce(o ->> 'pieces', '0') !~ '^([0-9]|1[0-9]|20)$') then 'wrong' end));
  if faults <> '{}' then
    return act.round_not(me, key, null, 'guide_set', round, faults => faults);
  end if;
  delete from data.guide g where g.method = m and g.criterion = guide_set.criterion;
  insert into data.guide (method, criterion, text, dimension, na, pieces, reason, groups, was)
  values (m, criterion, nullif(fields ->> 'text', ''), nullif(fields ->> 'dimension', ''),
          nullif(fields ->> 'na', ''), coalesce(fields ->> 'pieces', '0')::integer,
          coalesce(fields ->> 'reason', '') = 'yes',
          case when jsonb_typeof(fields -> 'groups') = 'array'
               then array(select jsonb_array_elements_text(fields -> 'groups')) end,
          nullif(fields ->> 'was', ''));
  insert into data.guide_option (method, criterion, value, label, pieces, reason)
  select m, criterion, (o ->> 'value')::numeric, o ->> 'label', (o ->> 'pieces')::integer,
         case o ->> 'reason' when 'yes' then true end
  from jsonb_array_elements(coalesce(fields -> 'options', '[]')) o
  on conflict do nothing;
  perform act.note('guide_set', 'round', round, null, null,
                   jsonb_build_object('criterion', criterion));
  return act.round_done(me, key);
end $$;

-- What keeps a round from being opened, {field: word}.
create or replace function act.round_open_faults(r data.round_run) returns jsonb
language sql stable as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'dates', case
      when (select count(*) from data.round_step s where s.round = r.round
            and s.step in ('self', 'verify')) < 2 then 'missing'
      when exists (select from data.round_step s where s.round = r.round and s.step = 'self'
                   and s.closes <= now()) then 'past' end,
    'entrants', case when not exists (select from data.entrant e where e.round = r.round)
                     then 'missing' end,
    'dimension', case when exists (select from act.round_leaves(r.method) l
                                   where l.dimensions > 1) then 'several' end,
    'options', case when exists (
      select from data.guide_option o join data.method m on m.id = o.method
      where o.method = r.method and (o.value not between m.scale_min and m.scale_max
                                     or scale(trim_scale(o.value)) > 2)) then 'scale' end))
$$;

create or replace function act.round_open(round text, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  begun record := act.round_office(me, key, array['round_open', round], round);
  faults jsonb;
begin
  if (begun.answer).outcome is not null then
    return begun.answer;
  elsif (begun.held).state <> 'draft' then
    return act.round_not(me, key, 'state', 'round_open', round);
  end if;
  faults := act.round_open_faults(begun.held);
  if faults <> '{}' then
    return act.round_not(me, key, null, 'round_open', round, faults => faults);
  end if;
  perform act.round_cells(round);
  update data.round_run r set state = 'open', opened_at = now(), row_version = r.row_version + 1
  where r.round = round_open.round;
  perform act.note('round_open', 'round', round, null, '{"state": "draft"}',
                   jsonb_build_object('state', 'open'));
  return act.round_done(me, key, null, null, (begun.held).row_version + 1);
end $$;
