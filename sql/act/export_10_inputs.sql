-- The input files of a package, from the frozen rows of an intake: never from data.region, whose
-- names may change.

-- round.json, one key per line in the order of the format; decimals are strings, as they were
-- given.
create or replace function act.export_round(intake integer) returns text
language sql stable as $$
  select format(E'{\n  "format": "tolok-round/%s",\n  "code": %s,\n'
                '  "title": {"id": %s, "en": %s},\n  "year": %s,\n'
                '  "simulated": %s,\n  "source": %s,\n  "method": {\n%s\n  }\n}\n',
    i.format, to_json(i.round::text), to_json(i.title_id), to_json(i.title_en), i.year,
    to_json(i.simulated),
    to_json(i.source),
    format(E'    "version": %s,\n    "scale": {"min": "%s", "max": "%s"},\n    "rounding": "%s",\n'
           '    "rank_on": "%s",\n    "ties": "%s",\n    "missing": "%s",\n'
           '    "min_coverage": "%s",\n'
           '    "higher_is_better": %s,\n    "draws": %s,\n    "weight_spread": "%s"',
      to_json(m.version::text), m.scale_min, m.scale_max, m.rounding, m.rank_on, m.ties, m.missing,
      m.min_coverage,
      to_json(m.higher_is_better), m.draws, m.weight_spread))
  from data.intake i join data.method m on m.id = i.method
  where i.id = $1
$$;

-- criteria.csv: the rows in their order, a root's row and each edge.
create or replace function act.export_criteria(intake integer) returns text
language sql stable as $$
  select E'criterion,parent,weight,aggregate,round_step,kind,name_id,name_en\r\n'
         || string_agg(concat_ws(',', c.code, coalesce(e.parent, ''), coalesce(e.weight::text, ''),
                                 c.aggregate,
                                 coalesce(c.round_step::text, ''), c.kind,
                                 act.export_field(c.name_id),
                                 act.export_field(c.name_en)) || E'\r\n',
                                 '' order by coalesce(e.ord, c.ord))
  from data.intake i
  join data.criterion c on c.method = i.method
  left join data.criterion_edge e on e.method = c.method and e.child = c.code
  where i.id = $1
$$;

-- regions.csv.
create or replace function act.export_regions(intake integer) returns text
language sql stable as $$
  select E'region,name,group\r\n'
         || coalesce(string_agg(concat_ws(',', p.region, act.export_field(p.name),
                                          act.export_field(p."group")) || E'\r\n',
                                '' order by p.region collate "C"), '')
  from data.participant p where p.intake = $1
$$;

-- marks.csv: the cells that were given; one that was not given is not written as no_data.
create or replace function act.export_marks(intake integer) returns text
language sql stable as $$
  select E'region,criterion,value,status\r\n'
         || coalesce(string_agg(m.region || ',' || m.criterion || ',' || coalesce(m.value::text,
           '') || ',' || m.status
                                || E'\r\n', '' order by m.region collate "C", c.ord), '')
  from data.intake i
  join data.mark m on m.intake = i.id
  join data.criterion c on c.method = i.method and c.code = m.criterion
  where i.id = $1
$$;

-- official.csv; null when there is no official figure, since the file is then left out.
create or replace function act.export_official(intake integer) returns text
language sql stable as $$
  select E'region,criterion,value,note,source\r\n'
         || string_agg(concat_ws(',', o.region, o.criterion, o.value, act.export_field(o.note),
                                 act.export_field(o.source)) || E'\r\n',
                                 '' order by o.region collate "C", c.ord)
  from data.intake i
  join data.official o on o.intake = i.id
  join data.criterion c on c.method = i.method and c.code = o.criterion
  where i.id = $1
$$;
