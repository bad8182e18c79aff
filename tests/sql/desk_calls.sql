-- Every function that tolok_desk may call and that runs with its owner's rights, called by hand:
-- with nobody signed in, and by somebody who has given their password and no code yet. A new
-- function is missing in the lists below until somebody has thought about it.
begin;
\ir desk.psql
select plan(7);

insert into data.session (account, digest, level, source, agent, expires_at)
select id, data.digest_of(pg_temp.token('half')), 'password', '', '',
    now() + interval '10 minutes' from pg_temp.person where name = 'asesor';
select pg_temp.as_person('kediri');
create temp table win as
    select (act.win_save(null, null, pg_temp.new_key(),
    pg_temp.words('Rahasia') || '{"dimension": "governance"}')).id;
grant select on win to public;

-- What the function says when each argument is one that might do something: an outcome, how many
-- rows, or an error's code. It is taken back.
create function pg_temp.says(f oid) returns text language plpgsql as $$
declare
  arguments text := (select coalesce(string_agg(case t::regtype::text
      when 'integer' then (select min(id)::text from win) when 'bigint' then '1' when 'boolean'
          then 'true' when 'jsonb' then '''{"title": "x"}''::jsonb' when 'text[]'
          then '''{a,b}''::text[]'
      else quote_literal(rpad('x', 64, 'a')) || '::' || t::regtype end, ', ' order by o), '')
    from pg_proc p, unnest(p.proargtypes) with ordinality a (t, o) where p.oid = f);
  said jsonb;
begin
  execute format('select coalesce(jsonb_agg(x), ''[]'') from %s(%s) x', f::regproc,
      arguments) into said;
  raise exception using errcode = 'XX999', message = case
    when said -> 0 ? 'outcome' then said -> 0 ->> 'outcome'
    when jsonb_typeof(said -> 0) = 'null' or said = '[]' then 'nothing'
    else said::text end;
exception
  when sqlstate 'XX999' then return sqlerrm;
  when others then return sqlstate;
end $$;
create function pg_temp.all_say() returns table (said text, functions text) language sql as $$
  select s.said, string_agg(s.name, ' ' order by s.name collate "C")
  from (select n.nspname || '.' || p.proname as name, pg_temp.says(p.oid) as said
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname in ('data', 'act', 'pub', 'page', 'calc')
          and has_function_privilege('tolok_desk', p.oid, 'execute')
          and p.proname not in ('sign_in_begin', 'sign_in_back', 'enter', 'sealed_any',
          'trail_free')) s
  group by s.said order by s.said collate "C"
$$;

create temp table acts as select 'act.account_change act.authenticator_renew '
    'act.authenticator_reset act.disable act.file_add act.file_change act.file_down '
    'act.file_remove act.file_restore act.file_up act.invite act.name_change '
    'act.password_change act.prove act.recovery_renew act.reinvite act.reset'
  || ' act.agency_add act.agency_close act.agency_save act.ask_add act.ask_answer act.ask_close'
  || ' act.invite_line act.mails_change act.notices_read act.post_add act.post_end'
  || ' act.remind act.reopen'
  || ' act.draft_drop act.export_ask act.gather_ask act.import_ask act.job_cancel'
  || ' act.preview_ask act.preview_open'
  || ' act.request_ask act.request_confirm act.request_withdraw'
  || ' act.letter_add act.letter_ask act.letter_confirm act.letter_correct act.letter_paste'
  || ' act.letter_return act.letter_save act.letter_submit act.letter_withdraw'
  || ' act.session_end act.sessions_end act.topic_mend act.topic_save'
  || ' act.note_add act.queue_assign act.queue_decide'
      ' act.win_begin act.win_claim act.win_copy act.win_drop act.win_fold act.win_join'
      ' act.win_open act.win_publish act.win_recall act.win_return act.win_save '
      'act.win_submit act.win_withdraw'
  || ' act.adviser_add act.adviser_end act.agree act.answer_save act.assessor_set act.assign'
  || ' act.assign_end act.decide act.entrant_add act.entrant_leave act.entrant_remove'
  || ' act.evidence_add act.evidence_drop act.evidence_use act.finding_add act.guide_set'
  || ' act.mark_save act.meeting_save act.minutes_add act.objection_answer act.objection_drop'
  || ' act.objection_save act.objections_send act.question_ask act.question_close'
  || ' act.question_reply act.recommend act.rehearsal_delete act.rehearsal_walk act.report_save'
  || ' act.round_change act.round_create act.round_dates act.round_extend act.round_final'
  || ' act.round_method act.round_na_reason act.round_off act.round_open act.round_preview'
  || ' act.send act.sign act.sign_reopen act.target_set act.verdict' as names;
grant select on acts to public;
set session authorization tolok_desk;
select pg_temp.as_person(null);
select results_eq('select * from pg_temp.all_say() where said not in (''signed_out'', ''nothing'')',
  $$values ('[[]]', 'data.my_assignments data.my_audiences data.my_decided_rounds '
        || 'data.my_mark_parts data.my_parts data.my_rounds'),
      ('[{"region": null, "dimensions": null}]', 'data.my_scope'),
      ('done', 'act.forgot act.mail_link act.touch'),
      ('refused', 'act.invitation_accept act.password_rehash act.sign_in')$$,
      'nobody is told nothing, and what is done has no effect');
select is((select functions from pg_temp.all_say() where said = 'nothing'),
  'act.audit_from act.audit_told act.code_state act.confirm_begin act.enrol_begin act.field_saved '
      'act.file_gone '
      'act.file_named act.gathered_news act.invitation_find act.job_file act.letter_told '
      'act.office_rounds act.own_state act.unseen '
      'data.actor data.actor_dimensions data.actor_region data.actor_role data.person_name',
  'who asks is nobody');
select is((select array_agg(f order by f collate "C") from pg_temp.all_say(),
  string_to_table(functions, ' ') f where said = 'signed_out'),
  (select array_agg(f order by f collate "C") from acts,
      string_to_table(names
      || ' act.code_accept act.code_enrol act.file_ask act.recovery_accept act.sign_out', ' ') f),
      'nobody does anything');
select pg_temp.as_person('half');
select is((select array_agg(f order by f collate "C") from pg_temp.all_say(),
  string_to_table(functions, ' ') f where said = 'signed_out'),
  (select array_agg(f order by f collate "C") from acts,
      string_to_table(names || ' act.file_ask', ' ') f), 'nor does somebody whose code is awaited');
select is((select functions from pg_temp.all_say() where said = 'done'),
    'act.code_accept act.forgot act.mail_link act.sign_out act.touch',
    'but for giving their code and leaving');
-- Another city's draft, by every page there is.
select pg_temp.as_person('madiun');
select is((select count(*) from pg_proc p, lateral (select pg_temp.says(p.oid) as said) s
           where p.pronamespace = 'page'::regnamespace
           and has_function_privilege('tolok_desk', p.oid, 'execute') and s.said like '%Rahasia%'),
           0::bigint, 'no page shows it');
select pg_temp.as_person('kediri');
select ok((select count(*) from pg_proc p, lateral (select pg_temp.says(p.oid) as said) s
           where p.pronamespace = 'page'::regnamespace
           and has_function_privilege('tolok_desk', p.oid, 'execute')
           and s.said like '%Rahasia%') > 3, 'which its own city sees on many');
reset session authorization;
select * from finish();
rollback;
