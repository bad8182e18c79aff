-- Page winversion: what one version of a quick win changed, word for word.

create or replace function page.winversion(lang text, id integer, n integer)
returns table (id integer, number integer, win text, city text, before integer, compared boolean, first boolean, unchanged boolean, saved_at text,
               saved_by text, named boolean, s_draft boolean, s_submitted boolean, s_published boolean, s_returned boolean, s_withdrawn boolean,
               s_superseded boolean, reason text, reasoned boolean, earlier boolean, later boolean, later_n integer)
language sql stable
begin atomic
  select w.id, v.n, coalesce(nullif(v.title, ''), w.title), w.city, o.n, o.n is not null, o.n is null,
         not exists (select from pub.win_field f where f.said and to_jsonb(v) -> f.name is distinct from to_jsonb(o) -> f.name),
         pub.moment(v.saved_at), data.person_name(v.saved_by), data.person_name(v.saved_by) is not null, v.state = 'draft', v.state = 'submitted', v.state = 'published',
         v.state = 'returned', v.state = 'withdrawn', v.state = 'superseded', v.reason, v.reason <> '', o.n > 1, l.n is not null, l.n
  from pub.desk_win(winversion.id) w
  join data.win_version v on v.win = w.id and v.n = winversion.n
  left join lateral (select x.* from data.win_version x where x.win = w.id and x.n < v.n order by x.n desc limit 1) o on true
  left join lateral (select x.n from data.win_version x where x.win = w.id and x.n > v.n order by x.n limit 1) l on true;
end;

-- Each field that changed, in pieces: the first one opens it, the last one closes it.
create or replace function page.winversion_pieces(lang text, id integer, n integer)
returns table (piece text, kept boolean, removed boolean, added boolean, is_words boolean, is_number boolean, is_day boolean, opens boolean, closes boolean,
               f_title boolean, f_dimension boolean, f_summary boolean, f_problem boolean, f_solution boolean, f_agency boolean, f_started boolean,
               f_cost boolean, f_figure boolean, f_figure_before boolean, f_figure_after boolean, f_figure_source boolean, f_lesson boolean, f_contact
               boolean, f_links boolean, f_partners boolean)
language sql stable
begin atomic
  with changed as (
    select f.*, pub.written('en', f.kind, to_jsonb(o) -> f.name) as old, pub.written('en', f.kind, to_jsonb(v) -> f.name) as new
    from data.win_version v
    left join lateral (select x.* from data.win_version x where x.win = v.win and x.n < v.n order by x.n desc limit 1) o on true
    join pub.win_field f on f.said and to_jsonb(v) -> f.name is distinct from to_jsonb(o) -> f.name
    where v.win = winversion_pieces.id and v.n = winversion_pieces.n
  )
  select p.piece, p.kept, p.removed, p.added, f.kind not in ('number', 'amount', 'date'), f.kind in ('number', 'amount'), f.kind = 'date',
         p.place = 1, p.place = max(p.place) over (partition by f.name),
         f.f_title, f.f_dimension, f.f_summary, f.f_problem, f.f_solution, f.f_agency, f.f_started, f.f_cost, f.f_figure, f.f_figure_before,
         f.f_figure_after, f.f_figure_source, f.f_lesson, f.f_contact, f.f_links, f.f_partners
  from changed f
  cross join lateral pub.changes(f.old, f.new) p
  order by f.ord, p.place;
end;
