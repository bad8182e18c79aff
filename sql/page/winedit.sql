-- Page winedit: the form of a quick win. Who saves after somebody else did sees both versions here.

create or replace function page.winedit(lang text, id integer, sent jsonb, answer jsonb)
returns table (id integer, n integer, location text, status integer, win text, titled boolean, untitled boolean, city text, dimension_name text,
               has_dimension boolean, no_dimension boolean, seen integer, s_draft boolean, s_published boolean, s_returned boolean,
               s_withdrawn boolean, s_submitted boolean, s_superseded boolean, reason text, saved_at text, saved_today boolean, saved_before boolean, saved_clock text, unsaved boolean, opens_version boolean, saved_by text, named boolean,
               nameless boolean, filled bigint, all_fields bigint, filled_percent numeric, has_files boolean, no_files boolean, files_count bigint,
               has_faults boolean, in_conflict boolean, conflicting bigint, locked boolean, used boolean, has_alike boolean)
language sql stable
begin atomic
  select w.id, w.n, case when w.state = 'submitted' and sent is null then '/meja/quickwin/' || w.id end, case when w.state = 'submitted' and sent is null then 303 end,
         w.title, w.title <> '', coalesce(w.title, '') = '', w.city, pub.pick(lang, w.dimension_name_id, w.dimension_name_en),
         w.dimension is not null, w.dimension is null,
         -- Whoever was told of a conflict has seen the newest state; after any other fault he has seen what he had seen.
         case when answer ->> 'outcome' = 'conflict' then w.row_version
           else coalesce(case when sent ->> 'seen' ~ '^[0-9]{1,9}$' then (sent ->> 'seen')::integer end, w.row_version) end,
         w.state = 'draft', w.state = 'published', w.state = 'returned', w.state = 'withdrawn', w.state = 'submitted', w.state = 'superseded', w.reason, w.saved_at, d.today, not d.today, pub.clock(lang, d.at), answer is not null, w.state not in ('draft', 'submitted'), w.saved_by,
         w.saved_by is not null, w.saved_by is null, inputs.filled, inputs.count, round(100.0 * inputs.filled / inputs.count), files.count > 0, files.count = 0, files.count,
         coalesce(jsonb_typeof(answer -> 'faults') = 'object', false), coalesce(answer ->> 'outcome' = 'conflict', false), inputs.differing,
         coalesce(answer ->> 'outcome' = 'state', false), coalesce(answer ->> 'outcome' = 'key_used', false),
         exists (select from pub.alike_wins(coalesce(sent ->> 'title', w.title), w.region, w.id))
  from pub.desk_win(winedit.id) w
  cross join lateral (
    select count(*) filter (where i.differs) as differing, count(*) as count, count(*) filter (where i.value <> '') as filled
    from pub.desk_inputs(lang, w.words, sent, answer) i) inputs
  cross join lateral (select count(*) as count from pub.desk_files(w.id, w.n)) files
  cross join lateral (
    select w.saved_at::timestamptz as at, (w.saved_at::timestamptz at time zone interval '7:00')::date = (now() at time zone interval '7:00')::date as today) d
  where w.writes;
end;

create or replace function page.winedit_fields(lang text, id integer, sent jsonb, answer jsonb)
returns table (field text, optional boolean, value text, stored text, wrong boolean, differs boolean, is_line boolean, is_prose boolean,
               is_date boolean, is_number boolean, is_amount boolean, is_links boolean, is_choice boolean, opens_core boolean, opens_story boolean,
               opens_figures boolean, opens_sharing boolean, closes boolean,
               f_title boolean, f_dimension boolean, f_summary boolean, f_problem boolean, f_solution boolean, f_agency boolean, f_started boolean,
               f_cost boolean, f_figure boolean, f_figure_before boolean, f_figure_after boolean, f_figure_source boolean, f_lesson boolean, f_contact
               boolean, f_links boolean, f_partners boolean)
language sql stable
begin atomic
  select i.field, i.optional, i.value, i.stored, i.wrong, i.differs, i.is_line, i.is_prose, i.is_date, i.is_number, i.is_amount, i.is_links, i.is_choice,
         i.opens_core, i.opens_story, i.opens_figures, i.opens_sharing, i.closes,
         f.f_title, f.f_dimension, f.f_summary, f.f_problem, f.f_solution, f.f_agency, f.f_started, f.f_cost, f.f_figure, f.f_figure_before,
         f.f_figure_after, f.f_figure_source, f.f_lesson, f.f_contact, f.f_links, f.f_partners
  from pub.desk_win(winedit_fields.id) w
  cross join lateral pub.desk_inputs(lang, w.words, sent, answer) i
  join pub.win_field f on f.name = i.field
  where w.writes
  order by i.ord;
end;

-- How much of each part is filled in.
create or replace function page.winedit_parts(lang text, id integer, sent jsonb, answer jsonb)
returns table (part text, part_filled bigint, part_fields bigint, opens_core boolean, opens_story boolean, opens_figures boolean, opens_sharing boolean)
language sql stable
begin atomic
  select f.part, count(*) filter (where i.value <> ''), count(*), f.part = 'core', f.part = 'story', f.part = 'figures', f.part = 'sharing'
  from pub.desk_win(winedit_parts.id) w
  cross join lateral pub.desk_inputs(lang, w.words, sent, answer) i
  join pub.win_field f on f.name = i.field
  where w.writes
  group by f.part
  order by min(i.ord);
end;

create or replace function page.winedit_dimensions(lang text, id integer, sent jsonb, answer jsonb)
returns table (code text, name text, chosen boolean, kept boolean)
language sql stable
begin atomic
  select d.code, pub.pick(lang, d.name_id, d.name_en), coalesce(coalesce(sent ->> 'dimension', w.dimension) = d.code, false), coalesce(w.dimension = d.code, false)
  from pub.desk_win(winedit_dimensions.id) w cross join pub.dimension d
  order by d.ord;
end;

-- What has to be put right before it can be saved, in the order of the fields.
create or replace function page.winedit_faults(lang text, id integer, sent jsonb, answer jsonb)
returns table (field text, is_line boolean, is_prose boolean, is_date boolean, is_number boolean, is_amount boolean, is_links boolean, is_choice boolean,
               f_title boolean, f_dimension boolean, f_summary boolean, f_problem boolean, f_solution boolean, f_agency boolean, f_started boolean,
               f_cost boolean, f_figure boolean, f_figure_before boolean, f_figure_after boolean, f_figure_source boolean, f_lesson boolean, f_contact
               boolean, f_links boolean, f_partners boolean)
language sql stable
begin atomic
  select f.name, f.kind = 'line', f.kind = 'prose', f.kind = 'date', f.kind = 'number', f.kind = 'amount', f.kind = 'links', f.kind = 'choice',
         f.f_title, f.f_dimension, f.f_summary, f.f_problem, f.f_solution, f.f_agency, f.f_started, f.f_cost, f.f_figure, f.f_figure_before,
         f.f_figure_after, f.f_figure_source, f.f_lesson, f.f_contact, f.f_links, f.f_partners
  from pub.win_field f
  where coalesce(answer -> 'faults' ? f.name, false)
  order by f.ord;
end;

create or replace function page.winedit_alike(lang text, id integer, sent jsonb, answer jsonb)
returns table (id integer, win text, city text, shown boolean, kept boolean)
language sql stable
begin atomic
  select a.id, a.win, a.city, a.shown, a.kept
  from pub.desk_win(winedit_alike.id) w
  cross join lateral pub.alike_wins(coalesce(sent ->> 'title', w.title), w.region, w.id) a
  order by a.place;
end;
