-- Page win: a quick win at the desk: what it says, what has become of it, and what the one who reads it may do.

create or replace function page.win(lang text, id integer, sent jsonb, answer jsonb)
returns table (id integer, n integer, win text, titled boolean, untitled boolean, city text, slug text, placed boolean, dimension text, dimension_name text,
               has_dimension boolean, no_dimension boolean, seen integer, s_draft boolean, s_submitted boolean, s_published boolean, s_returned boolean,
               s_withdrawn boolean, s_superseded boolean, reason text, saved_at text, submitted_at text, decided_at text,
               shown boolean, public_id integer, pulls boolean,
               begins boolean, continues boolean, sends boolean, decides boolean, compares boolean, withdraws boolean, acts boolean,
               has_faults boolean, fault_publish boolean, fault_return boolean, fault_withdraw boolean, is_missing boolean, is_long boolean, in_conflict boolean,
               wrong_state boolean, used boolean, note text, return_reason text, withdraw_reason text, has_alike boolean, has_files boolean,
               no_files boolean, adds boolean)
language sql stable
begin atomic
  select w.id, w.n, w.title, w.title <> '', coalesce(w.title, '') = '', w.city, w.slug, w.slug is not null, w.dimension,
         pub.pick(lang, w.dimension_name_id, w.dimension_name_en), w.dimension is not null, w.dimension is null,
         case when answer ->> 'outcome' = 'conflict' then w.row_version
           else coalesce(case when sent ->> 'seen' ~ '^[0-9]{1,9}$' then (sent ->> 'seen')::integer end, w.row_version) end,
         w.state = 'draft', w.state = 'submitted', w.state = 'published', w.state = 'returned', w.state = 'withdrawn', w.state = 'superseded',
         w.reason, w.saved_at, w.submitted_at, w.decided_at, w.public_id is not null, w.public_id, may.withdraw and not may.decide,
         may.edit and w.state <> 'draft', may.edit and w.state = 'draft', may.edit and w.state = 'draft', may.decide, may.decide and w.n > 1, may.withdraw,
         may.decide or may.withdraw,
         fault.word is not null, fault.word is not null and sent ? 'note', fault.word is not null and sent ? 'reason', fault.word is not null and sent ? 'why',
         coalesce(fault.word = 'missing', false), coalesce(fault.word <> 'missing', false), coalesce(answer ->> 'outcome' = 'conflict', false),
         coalesce(answer ->> 'outcome' = 'state', false), coalesce(answer ->> 'outcome' = 'key_used', false),
         sent ->> 'note', sent ->> 'reason', sent ->> 'why', may.decide and exists (select from pub.alike_wins(w.title, w.region, w.id)),
         attached.any, not attached.any, may.edit and w.newest
  from pub.desk_win(win.id) w
  cross join lateral (
    select w.writes and w.state <> 'submitted' as edit, (select data.actor_role()) = 'office' and w.state = 'submitted' as decide,
           (w.writes and w.state in ('draft', 'submitted')) or ((w.writes or (select data.actor_role()) = 'office') and w.public_id is not null) as withdraw) may
  cross join lateral (select answer -> 'faults' ->> 'reason' as word) fault
  cross join lateral (select exists (select from pub.desk_files(w.id, w.n)) as any) attached;
end;

create or replace function page.win_fields(lang text, id integer, sent jsonb, answer jsonb)
returns table (value text, empty boolean, is_words boolean, is_number boolean, is_amount boolean, is_day boolean, is_links boolean, is_choice boolean,
               f_title boolean, f_dimension boolean, f_summary boolean, f_problem boolean, f_solution boolean, f_agency boolean, f_started boolean,
               f_cost boolean, f_figure boolean, f_figure_before boolean, f_figure_after boolean, f_figure_source boolean, f_lesson boolean, f_contact
               boolean, f_links boolean, f_partners boolean)
language sql stable
begin atomic
  select v.value, v.empty, v.is_words and v.filled, v.is_number and v.filled, v.is_amount and v.filled, v.is_day and v.filled, v.is_links and v.filled,
         v.is_choice and v.filled,
         f.f_title, f.f_dimension, f.f_summary, f.f_problem, f.f_solution, f.f_agency, f.f_started, f.f_cost, f.f_figure, f.f_figure_before,
         f.f_figure_after, f.f_figure_source, f.f_lesson, f.f_contact, f.f_links, f.f_partners
  from pub.desk_win(win_fields.id) w
  cross join lateral pub.desk_values(w.words) v
  join pub.win_field f on f.name = v.field
  order by v.ord;
end;

create or replace function page.win_links(lang text, id integer, sent jsonb, answer jsonb)
returns table (link_url text)
language sql stable
begin atomic
  select l.link from pub.desk_win(win_links.id) w cross join lateral jsonb_array_elements_text(nullif(w.words -> 'links', 'null')) l (link);
end;

create or replace function page.win_files(lang text, id integer, sent jsonb, answer jsonb)
returns table (file integer, name text, caption text, picture boolean, document boolean)
language sql stable
begin atomic
  select f.file, f.name, f.caption, f.picture, not f.picture
  from pub.desk_win(win_files.id) w
  cross join lateral pub.desk_files(w.id, w.n) f
  order by f.file;
end;

-- Its versions, the newest first, each with what became of it.
create or replace function page.win_versions(lang text, id integer, sent jsonb, answer jsonb)
returns table (number integer, s_draft boolean, s_submitted boolean, s_published boolean, s_returned boolean, s_withdrawn boolean, s_superseded boolean,
               saved_at text, saved_by text, saver boolean, submitted_at text, was_submitted boolean, submitted_by text, sender boolean,
               decided_at text, was_decided boolean, reason text, reasoned boolean)
language sql stable
begin atomic
  select v.n, v.state = 'draft', v.state = 'submitted', v.state = 'published', v.state = 'returned', v.state = 'withdrawn', v.state = 'superseded',
         pub.moment(v.saved_at), data.person_name(v.saved_by), data.person_name(v.saved_by) is not null, pub.moment(v.submitted_at),
         v.submitted_at is not null,
         data.person_name(v.submitted_by), data.person_name(v.submitted_by) is not null, pub.moment(v.decided_at), v.decided_at is not null, v.reason, v.reason <> ''
  from data.win_version v
  where v.win = win_versions.id
  order by v.n desc;
end;

create or replace function page.win_alike(lang text, id integer, sent jsonb, answer jsonb)
returns table (id integer, win text, city text, shown boolean, kept boolean)
language sql stable
begin atomic
  select a.id, a.win, a.city, a.shown, a.kept
  from pub.desk_win(win_alike.id) w
  cross join lateral pub.alike_wins(w.title, w.region, w.id) a
  where (select data.actor_role()) = 'office' and w.state = 'submitted'
  order by a.place;
end;
