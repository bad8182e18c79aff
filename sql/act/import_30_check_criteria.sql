-- Faults of criteria.csv, apart from the shape of the tree.

-- Faults that one row shows by itself.
create or replace function act.import_check_criterion_rows()
returns table (file text, line integer, "column" text, message text) language plpgsql stable as $$
begin
  return query
  select 'criteria.csv', c.line, f.col, f.fault
  from (select r.*, act.decimal(r.weight) as w, act.decimal(r.round_step) as step
        from pg_temp.import_criterion r) c,
  lateral (values
    ('criterion', act.code_fault(c.criterion)),
    ('weight', case when c.parent = '' and c.weight <> '' then 'a root has no weight'
                    when c.parent <> '' then coalesce(act.decimal_fault(c.weight),
                                                      case when c.w <= 0
                                                        then act.plain(c.w) || ' is not positive'
                                                        end) end),
    ('aggregate', act.word_fault(c.aggregate, array['leaf', 'mean', 'geomean'])),
    ('round_step', case when c.round_step <> '' then
                     coalesce(act.decimal_fault(c.round_step),
                              case when c.step <= 0 then act.plain(c.step) || ' is not positive'
                                end) end),
    ('kind', act.word_fault(c.kind, array['index', 'component', 'dimension', 'subdimension',
                                          'indicator', 'other'])),
    ('name_id', act.name_fault(c.name_id)),
    ('name_en', act.name_fault(c.name_en))) f (col, fault)
  where f.fault is not null;
end $$;

-- Faults that show when the rows of one criterion are laid side by side.
create or replace function act.import_check_criterion_repeats()
returns table (file text, line integer, "column" text, message text) language plpgsql stable as $$
begin
  return query
  select 'criteria.csv', c.line, f.col, f.fault
  from (select r.*, first_value(r.line) over own as first_line, first_value(r.parent) over own
        as first_parent,
               first_value(r.aggregate) over own as first_aggregate, first_value(r.round_step)
                 over own as first_step,
               first_value(r.kind) over own as first_kind, first_value(r.name_id) over own
                 as first_id,
               first_value(r.name_en) over own as first_en,
               first_value(r.line) over same as same_line
        from pg_temp.import_criterion r
        window own as (partition by r.criterion order by r.line),
               same as (partition by r.criterion, r.parent order by r.line)) c,
  lateral (values
    ('parent', case when c.same_line < c.line and c.parent = '' then
                      format('second root row of %s, the first is on line %s', c.criterion,
                             c.same_line)
                    when c.same_line < c.line then
                      format('second row of %s under %s, the first is on line %s', c.criterion,
                             c.parent, c.same_line)
                    when (c.parent = '') <> (c.first_parent = '') then
                      format('%s is a root on one row and has a parent on another, see line %s',
                             c.criterion, c.first_line) end),
    ('aggregate', case when c.aggregate <> c.first_aggregate then
                    format('%s is not %s as on line %s',
                           act.shown(c.aggregate), act.shown(c.first_aggregate), c.first_line) end),
    ('round_step', case when c.round_step <> c.first_step
                         and act.decimal(c.round_step) is distinct from act.decimal(c.first_step)
                             then
                    format('%s is not %s as on line %s',
                           act.shown(c.round_step), act.shown(c.first_step), c.first_line) end),
    ('kind', case when c.kind <> c.first_kind then
               format('%s is not %s as on line %s', act.shown(c.kind), act.shown(c.first_kind),
                      c.first_line) end),
    ('name_id', case when c.name_id <> c.first_id then
                  format('%s is not %s as on line %s', act.shown(c.name_id), act.shown(c.first_id),
                         c.first_line) end),
    ('name_en', case when c.name_en <> c.first_en then
                  format('%s is not %s as on line %s', act.shown(c.name_en), act.shown(c.first_en),
                         c.first_line) end)
  ) f (col, fault)
  where c.criterion <> '' and c.first_line < c.line and f.fault is not null;
end $$;
