-- Page wincheck: everything that a draft says, once more, before it is sent to the office.

create or replace function page.wincheck(lang text, id integer, sent jsonb, answer jsonb)
returns table (id integer, location text, status integer, n integer, win text, titled boolean, untitled boolean, city text, dimension_name text,
               seen integer, saved_at text, ready boolean, has_faults boolean, in_conflict boolean,
               used boolean, has_alike boolean, has_files boolean, no_files boolean)
language sql stable
begin atomic
  select w.id, case when w.state <> 'draft' then '/meja/quickwin/' || w.id end, case when w.state <> 'draft' then 303 end, w.n, w.title, w.title <> '',
         coalesce(w.title, '') = '', w.city, pub.pick(lang, w.dimension_name_id, w.dimension_name_en),
         w.row_version, w.saved_at, not missing.any, missing.any, coalesce(answer ->> 'outcome' = 'conflict', false),
         coalesce(answer ->> 'outcome' = 'key_used', false),
         exists (select from pub.alike_wins(w.title, w.region, w.id)),
         attached.any, not attached.any
  from pub.desk_win(wincheck.id) w
  cross join lateral (select exists (select from pub.desk_files(w.id, w.n)) as any) attached
  cross join lateral (select coalesce(bool_or(v.needed and v.empty), false) as any from pub.desk_values(w.words) v) missing
  where w.writes;
end;

create or replace function page.wincheck_fields(lang text, id integer, sent jsonb, answer jsonb)
returns table (field text, value text, missing boolean, empty boolean, is_words boolean, is_number boolean, is_amount boolean, is_day boolean,
               is_links boolean, is_choice boolean, edits boolean,
               f_title boolean, f_dimension boolean, f_summary boolean, f_problem boolean, f_solution boolean, f_agency boolean, f_started boolean,
               f_cost boolean, f_figure boolean, f_figure_before boolean, f_figure_after boolean, f_figure_source boolean, f_lesson boolean, f_contact
               boolean, f_links boolean, f_partners boolean)
language sql stable
begin atomic
  select v.field, v.value, v.empty and v.needed, v.empty and not v.needed, v.is_words and v.filled, v.is_number and v.filled, v.is_amount and v.filled,
         v.is_day and v.filled, v.is_links and v.filled, v.is_choice and v.filled, not v.is_choice or (select data.actor_role()) = 'operator',
         f.f_title, f.f_dimension, f.f_summary, f.f_problem, f.f_solution, f.f_agency, f.f_started, f.f_cost, f.f_figure, f.f_figure_before,
         f.f_figure_after, f.f_figure_source, f.f_lesson, f.f_contact, f.f_links, f.f_partners
  from pub.desk_win(wincheck_fields.id) w
  cross join lateral pub.desk_values(w.words) v
  join pub.win_field f on f.name = v.field
  where w.writes
  order by v.ord;
end;

create or replace function page.wincheck_links(lang text, id integer, sent jsonb, answer jsonb)
returns table (link_url text)
language sql stable
begin atomic
  select l.link from pub.desk_win(wincheck_links.id) w cross join lateral jsonb_array_elements_text(nullif(w.words -> 'links', 'null')) l (link);
end;

create or replace function page.wincheck_files(lang text, id integer, sent jsonb, answer jsonb)
returns table (file integer, name text, caption text, picture boolean, document boolean)
language sql stable
begin atomic
  select f.file, f.name, f.caption, f.picture, not f.picture
  from pub.desk_win(wincheck_files.id) w
  cross join lateral pub.desk_files(w.id, w.n) f
  order by f.file;
end;

create or replace function page.wincheck_faults(lang text, id integer, sent jsonb, answer jsonb)
returns table (field text,
               f_title boolean, f_dimension boolean, f_summary boolean, f_problem boolean, f_solution boolean, f_agency boolean, f_started boolean,
               f_cost boolean, f_figure boolean, f_figure_before boolean, f_figure_after boolean, f_figure_source boolean, f_lesson boolean, f_contact
               boolean, f_links boolean, f_partners boolean)
language sql stable
begin atomic
  select v.field,
         f.f_title, f.f_dimension, f.f_summary, f.f_problem, f.f_solution, f.f_agency, f.f_started, f.f_cost, f.f_figure, f.f_figure_before,
         f.f_figure_after, f.f_figure_source, f.f_lesson, f.f_contact, f.f_links, f.f_partners
  from pub.desk_win(wincheck_faults.id) w
  cross join lateral pub.desk_values(w.words) v
  join pub.win_field f on f.name = v.field
  where w.writes and v.needed and v.empty
  order by v.ord;
end;

create or replace function page.wincheck_alike(lang text, id integer, sent jsonb, answer jsonb)
returns table (id integer, win text, city text, shown boolean, kept boolean)
language sql stable
begin atomic
  select a.id, a.win, a.city, a.shown, a.kept
  from pub.desk_win(wincheck_alike.id) w
  cross join lateral pub.alike_wins(w.title, w.region, w.id) a
  order by a.place;
end;
