-- Page trail: who did what, the newest first; all of it for the office, what concerns the city for a city, for anybody what he did himself.

create or replace function page.trail(lang text, quickwin integer, halaman integer)
returns table (office boolean, city boolean, own boolean, city_name text, entries bigint, nothing boolean,
               quickwin integer, one_win boolean, every boolean, win text, page_number integer,
               paged boolean, previous boolean, previous_page integer, next boolean, next_page integer, last_page bigint)
language sql stable
begin atomic
  select (select data.actor_role()) = 'office', (select data.actor_role()) = 'operator', (select data.actor_role()) not in ('office', 'operator'),
         (select r.name from pub.region r where r.code = (select data.actor_region())), e.count, e.count = 0, w.id, w.id is not null, w.id is null, w.title,
         halaman, e.count > 50,
         halaman > 1, halaman - 1, e.count > 50 * halaman, halaman + 1, greatest(1, (e.count + 49) / 50)
  from (select count(*) as count from data.audit a
        where trail.quickwin is null or (a.subject = 'win' and a.subject_id = trail.quickwin::text)) e
  left join pub.desk_win(trail.quickwin) w on true
  where (select data.actor_role()) is not null;
end;

-- Each entry in as many rows as it changed values: the first opens it, the last closes it. Long texts are shown by their beginnings.
create or replace function page.trail_rows(lang text, quickwin integer, halaman integer)
returns table (id bigint, at text, actor text, known boolean, stranger boolean, command boolean, source text, request text,
               act text, subject_id text, is_win boolean, is_account boolean, opens boolean, closes boolean, has_changes boolean,
               changes boolean, changed_key text, keyed boolean, k_n boolean, k_state boolean, k_reason boolean, old text, has_old boolean, new text,
               has_new boolean, has_source boolean,
               a_sign_in_throttled boolean, a_sign_in_refused boolean, a_sign_in_password boolean, a_sign_in boolean, a_sign_out boolean,
               a_session_end boolean, a_code_enrol boolean, a_account_invite boolean, a_account_accept boolean, a_account_disable boolean,
               a_password_reset_offer boolean, a_password_reset boolean, a_refused boolean, a_win_create boolean, a_win_save boolean, a_win_submit
               boolean, a_win_publish boolean, a_win_return boolean, a_win_withdraw boolean, a_other boolean,
               f_title boolean, f_dimension boolean, f_summary boolean, f_problem boolean, f_solution boolean, f_agency boolean, f_started boolean,
               f_cost boolean, f_figure boolean, f_figure_before boolean, f_figure_after boolean, f_figure_source boolean, f_lesson boolean, f_contact
               boolean, f_links boolean, f_partners boolean)
language sql stable
begin atomic
  with entry as materialized (
    select a.* from data.audit a
    where trail_rows.quickwin is null or (a.subject = 'win' and a.subject_id = trail_rows.quickwin::text)
    order by a.id desc
    limit 50 offset 50 * (halaman - 1)
  ), change as (
    select e.id, k.key, left(k.old #>> '{}', 300) as old, left(k.new #>> '{}', 300) as new
    from entry e
    cross join lateral (
      select key, b.value as old, a.value as new
      from jsonb_each(coalesce(nullif(e.before, 'null'), '{}')) b
      full join jsonb_each(coalesce(nullif(e.after, 'null'), '{}')) a using (key)
      where a.value is distinct from b.value) k
  )
  select e.id, pub.moment(e.at), e.actor, e.actor not in ('-', 'tolok'), e.actor = '-', e.actor = 'tolok', e.source, e.request, e.act,
         e.subject_id, e.subject = 'win' and e.subject_id <> '', e.subject = 'account' and e.subject_id <> '', row_number() over entries = 1, row_number() over entries = count(*) over (partition by e.id),
         c.key is not null, c.key is not null, c.key, c.key is not null and f.name is null and c.key not in ('n', 'state', 'reason'),
         coalesce(c.key = 'n', false), coalesce(c.key = 'state', false), coalesce(c.key = 'reason', false), c.old, c.old is not null, c.new, c.new is not null,
         e.source <> '' and ((select data.actor_role()) = 'office' or e.account = (select data.actor())),
         e.act = 'sign_in_throttled', e.act = 'sign_in_refused', e.act = 'sign_in_password', e.act = 'sign_in', e.act = 'sign_out', e.act =
         'session_end', e.act = 'code_enrol', e.act = 'account_invite', e.act = 'account_accept', e.act = 'account_disable', e.act =
         'password_reset_offer', e.act = 'password_reset', e.act = 'refused', e.act = 'win_create', e.act = 'win_save', e.act = 'win_submit', e.act =
         'win_publish', e.act = 'win_return', e.act = 'win_withdraw', e.act not in ('sign_in_throttled', 'sign_in_refused', 'sign_in_password',
         'sign_in', 'sign_out', 'session_end', 'code_enrol', 'account_invite', 'account_accept', 'account_disable', 'password_reset_offer',
         'password_reset', 'refused', 'win_create', 'win_save', 'win_submit', 'win_publish', 'win_return', 'win_withdraw'),
         f.f_title, f.f_dimension, f.f_summary, f.f_problem, f.f_solution, f.f_agency, f.f_started, f.f_cost, f.f_figure, f.f_figure_before,
         f.f_figure_after, f.f_figure_source, f.f_lesson, f.f_contact, f.f_links, f.f_partners
  from entry e
  left join change c on c.id = e.id
  left join pub.win_field f on f.name = c.key
  window entries as (partition by e.id order by f.ord, c.key)
  order by e.id desc, f.ord, c.key;
end;
