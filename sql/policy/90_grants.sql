-- Who may do what, in one place. Run after the code schemas were replaced.
revoke all on all functions in schema calc, pub, page, act from public;
revoke all on all functions in schema data from public;

-- What compares words.
grant usage on schema ext to tolok_web, tolok_admin;

grant usage on schema pub, page to tolok_web;
grant select on all tables in schema pub to tolok_web;
grant execute on all functions in schema pub, page to tolok_web;

grant usage on schema pub, act to tolok_admin;
grant select on all tables in schema pub to tolok_admin;
-- What the operator's command calls, and nothing besides: whoever could call the rest would act in
-- the name of anybody.
revoke all on all functions in schema act from tolok_admin;
do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid from pg_proc p
    where p.pronamespace = 'act'::regnamespace and p.proname = any (array[
      'account_authenticator', 'account_create', 'account_disable', 'account_list', 'audit_find',
      'audit_verify', 'demo_end', 'demo_make', 'demo_round', 'demo_secret', 'export_done',
      'export_file',
      'export_files', 'export_find', 'file_lapsed', 'file_list', 'import_apply', 'import_begin',
      'import_check', 'import_notes', 'mail_done', 'mail_link', 'mail_list', 'mail_next',
      'gather_files', 'job_list', 'job_log', 'preview', 'publication_fault', 'publications',
      'publications_missing', 'publish', 'reseal',
      'rounds', 'sealed', 'sealed_any', 'sealed_forget', 'simulated_remove', 'tidy'])
  loop
    execute format('grant execute on function %s to tolok_admin', f);
  end loop;
end $$;

-- The desk: columns of rows that its policies show it (sql/schema/69_desk.sql), what those policies
-- ask, and its acts. tests/sql/rights.csv holds all of it once more, as it is expected.
revoke all on all tables in schema data from tolok_desk;
revoke all on all functions in schema act, page from tolok_desk;
grant usage on schema data, pub, page, act, ext to tolok_desk;
-- Pages of the desk are for the desk alone, by these names.
do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid from pg_proc p
    join unnest(array['signin', 'forgot', 'code', 'enrol', 'invitation', 'account', 'prove',
                      'resume', 'users', 'user', 'board', 'queue', 'queuefile',
                      'win', 'winnew', 'winedit', 'wincheck',
                      'winsent', 'winversion', 'winfiles', 'winfile', 'trail', 'editions',
                      'edition', 'preview', 'job', 'jobfile', 'topics', 'topic', 'agencies',
                      'agency', 'invites', 'letters', 'letternew', 'letteredit', 'lettercheck',
                      'letter', 'letterfile', 'posts', 'numbers', 'help', 'trailfile',
                      'numbersfile']) page (name)
      on p.proname = page.name or starts_with(p.proname, page.name || '_')
    where p.pronamespace = 'page'::regnamespace
  loop
    execute format('revoke execute on function %s from tolok_web', f);
    execute format('grant execute on function %s to tolok_desk', f);
  end loop;
end $$;
grant select on all tables in schema pub to tolok_desk;
grant execute on all functions in schema pub to tolok_desk;
grant execute on function data.actor(), data.actor_role(), data.actor_region(),
  data.actor_dimensions(), data.in_scope(text, text[]), data.chooses(text[]),
  data.manages(integer, text, text, boolean, integer, text, text, boolean),
  data.writes_win(text, text, text, text, text[]),
    data.reads_win(text, text, integer, text, text, text[]), data.reads_version(text, text),
      data.reads_audit(integer, text, integer, text, text), data.person_name(integer)
  to tolok_desk;
grant select (id, email, name, role, region, dimensions, sends, deputy, agency, mails, state,
              created_at, created_by, signed_in_at, demo) on data.account to tolok_desk;
grant select (id, account, purpose, created_by, created_at, expires_at,
              closed_at) on data.invitation to tolok_desk;
grant select (id, account, level, source, agent, created_at, seen_at, expires_at,
              ended_at) on data.session to tolok_desk;
-- What changed, act.audit_told says.
grant select (id, at, account, actor, source, request, act, subject, subject_id, region, kind,
              previous, digest) on data.audit to tolok_desk;
grant execute on function act.audit_from(text, integer), act.audit_told(bigint),
  act.field_saved(integer, text) to tolok_desk;
grant select on data.win, data.win_version, data.win_remark, data.win_note to tolok_desk;
-- Files of quick wins.
grant select on data.file, data.win_file, data.win_file_edit to tolok_desk;
grant execute on function data.has_file(integer, integer, integer),
  act.file_ask(integer, integer, text, text, text, text, text, integer, jsonb, text, integer),
  act.file_add(integer, integer, text, text, text, text, text, integer, jsonb, text, integer),
  act.file_named(text),
  act.file_change(integer, integer, text, jsonb),
  act.file_up(integer, integer, integer, text, jsonb),
  act.file_down(integer, integer, integer, text, jsonb),
  act.file_remove(integer, integer, integer, text, jsonb),
  act.file_restore(integer, integer, integer, text, jsonb),
  act.file_gone(integer), act.mail_link(text, text) to tolok_desk;
grant execute on function act.enter(text, text, text, text, text), act.touch(), act.sign_out(),
  act.session_end(integer),
  act.sign_in_begin(text, text), act.sign_in_back(bigint), act.sign_in(bigint, text, text, text),
    act.code_state(),
    act.code_accept(bigint, text), act.enrol_begin(text), act.sealed_any(), act.trail_free(),
  act.code_enrol(text, bigint, text[], text), act.recovery_accept(text, text),
  act.invite(jsonb, text, boolean), act.forgot(text, text),
    act.invitation_find(text),
    act.invitation_accept(text, text, text, text),
  act.reinvite(integer, text), act.reset(integer, text),
    act.account_change(integer, jsonb, boolean), act.disable(integer, text),
    act.reopen(integer), act.invite_line(text, text, boolean), act.unseen(),
    act.remind(integer, text, boolean),
  act.own_state(), act.confirm_begin(text), act.prove(bigint, text, bigint),
  act.authenticator_reset(integer, text, boolean),
    act.authenticator_renew(bigint, text, boolean, text),
      act.name_change(text),
      act.password_change(bigint, text, text, text), act.password_rehash(text, text, text),
        act.recovery_renew(bigint, text, text[]), act.sessions_end(),
  act.win_begin(text, jsonb, text), act.win_save(integer, integer, text, jsonb, text),
    act.win_submit(integer, integer, text, text), act.win_claim(integer, text),
    act.queue_decide(text, jsonb), act.queue_assign(text, jsonb),
    act.note_add(integer, text, text), act.win_open(integer),
    act.win_recall(integer, integer, text),
    act.win_join(integer, integer, text, integer, text),
    act.win_drop(integer, integer, text), act.win_copy(integer, integer, text),
  act.win_publish(integer, integer, text, text), act.win_return(integer, integer, text, jsonb),
    act.win_fold(integer, integer, text, integer, text),
    act.win_withdraw(integer, integer, text, text) to tolok_desk;

-- Agencies, and what is asked within a city (sql/schema/65_agency.sql).
grant select on data.agency, data.agency_dimension, data.ask to tolok_desk;
grant execute on function act.agency_add(text, jsonb), act.agency_save(integer, text, jsonb),
  act.agency_close(integer, text), act.ask_add(integer, text, text, text),
  act.ask_answer(integer, text, text), act.ask_close(integer, text) to tolok_desk;

-- Topics of quick wins.
grant execute on function act.topic_save(text, integer, text, text, text, text),
  act.topic_mend(text, text, text, text) to tolok_desk;

-- What people are told (sql/schema/72_notice.sql).
grant select on data.post to tolok_desk;
grant select (id, account, kind, win, post, at, read_at) on data.notice to tolok_desk;
grant execute on function act.notices_read(bigint), act.mails_change(text),
  act.post_add(text, text, text, text), act.post_end(integer, text) to tolok_desk;

-- Publishing (sql/schema/80_job.sql).
grant select on data.preview, data.preview_row, data.preview_seen, data.request, data.job,
  data.job_fault, data.job_log to tolok_desk;
grant execute on function act.import_ask(text, text, bytea, text), act.gather_ask(text, text),
  act.preview_ask(text, text), act.draft_drop(text, text), act.preview_open(integer, text),
  act.request_ask(integer, text, text, text, text), act.request_confirm(integer, text),
  act.request_withdraw(integer, text, text), act.job_cancel(integer, text),
  act.export_ask(text, text, text), act.job_file(integer), act.office_rounds(),
  act.fault_said(text, text), act.fault_sentences() to tolok_desk;

-- Rounds that are run here (sql/schema/94_round_rows.sql).
grant select on data.round_run, data.round_right, data.round_step, data.entrant, data.extension,
  data.city_step, data.guide, data.guide_option, data.round_notice, data.part, data.cell,
  data.answer_version, data.evidence, data.evidence_use, data.question, data.question_line,
  data.submission, data.target, data.assessor, data.assessor_former, data.adviser,
  data.assignment, data.assessor_mark, data.mark_version, data.mark_note, data.objection,
  data.reply_sent, data.decision, data.decision_version, data.agreement, data.minutes,
  data.recommendation, data.recommendation_report, data.recommendation_verdict, data.meeting,
  data.finding to tolok_desk;
grant execute on function data.my_scope(), data.my_parts(boolean), data.my_rounds(),
  data.my_assignments(), data.my_mark_parts(), data.my_decided_rounds(), data.my_audiences(),
  data.reads_told(text, text, integer, integer, text, text[]) to tolok_desk;
grant execute on function act.round_create(text, text, jsonb),
  act.round_change(text, integer, text, jsonb), act.round_dates(text, integer, text, jsonb),
  act.entrant_add(text, text, text, text, text), act.entrant_remove(text, text, text),
  act.entrant_leave(text, text, text, text), act.guide_set(text, text, text, jsonb),
  act.round_open(text, text), act.assessor_set(integer, text, jsonb),
  act.adviser_add(text, jsonb), act.adviser_end(integer, text),
  act.assign(text, text, text, text, integer, text), act.assign_end(integer, text, text),
  act.sign_reopen(integer, text, text),
  act.round_extend(text, text, text, text, text, text, text),
  act.round_method(text, text, text, text), act.round_off(text, text, text),
  act.answer_save(text, text, text, integer, text, text, text, text),
  act.target_set(text, text, text, text, text),
  act.evidence_add(text, text, text, jsonb, jsonb),
  act.evidence_use(integer, text, text, text, text, text), act.evidence_drop(integer, text),
  act.send(text, text, text, text), act.question_reply(integer, text, text),
  act.report_save(integer, text, text, text),
  act.question_ask(text, text, text, text, text, text, text, text),
  act.question_close(integer, text),
  act.mark_save(text, text, text, integer, text, text, text, text, text),
  act.sign(text, text, text, text), act.recommend(text, text, text, jsonb),
  act.verdict(integer, text, text, text, text),
  act.meeting_save(integer, text, text, text, jsonb),
  act.finding_add(integer, text, text, text),
  act.objection_save(text, text, text, integer, text, text, text, text),
  act.objection_drop(text, text, text, text), act.objections_send(text, text, text),
  act.objection_answer(text, text, text, text, text, text, text),
  act.agree(text, text, text, text, text, text, text),
  act.round_final(text, text), act.decide(text, text, jsonb, text, text, text),
  act.minutes_add(text, text, text), act.round_na_reason(text, text, text),
  act.round_preview(text, text), act.rehearsal_walk(text, text, text),
  act.rehearsal_delete(text, text) to tolok_desk;

-- Letters (sql/schema/72_letter.sql).
grant select on data.letter, data.letter_figure, data.fact_change to tolok_desk;
grant execute on function data.reads_letter(text, text, text),
  data.writes_letter(text, boolean, text, text),
  act.letter_ask(text, text, text, text, text, text, integer, jsonb, text, integer),
  act.letter_add(text, text, text, text, text, text, integer, jsonb, text, integer),
  act.letter_save(integer, integer, text, jsonb, text),
  act.letter_paste(integer, integer, text, text, text), act.letter_submit(integer, integer, text),
  act.letter_confirm(integer, integer, text, text, text),
  act.letter_return(integer, integer, text, text), act.letter_withdraw(integer, integer, text),
  act.letter_correct(integer, integer, text), act.letter_told(integer), act.gathered_news()
  to tolok_desk;

-- The service of jobs: what its work calls.
grant usage on schema act to tolok_job;
revoke all on all functions in schema act from tolok_job;
do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid from pg_proc p
    where p.pronamespace = 'act'::regnamespace and p.proname = any (array[
      'export_done', 'export_file', 'export_files', 'gather_files', 'import_apply', 'import_begin',
      'import_check', 'import_notes', 'job_beat', 'job_done', 'job_end', 'job_export',
      'job_exported', 'job_faults', 'job_hold', 'job_imported', 'job_package', 'job_preview',
      'job_publish', 'job_take'])
  loop
    execute format('grant execute on function %s to tolok_job', f);
  end loop;
end $$;
