-- What each person sees of a round run here, in each of its steps, with SQL written by hand as
-- tolok_desk: rows, counts and the trail. And the two leaks that such a house has had elsewhere.
begin;
\ir desk.psql
\ir rounds.psql
select plan(45);
select pg_temp.make_run('r', '{"agree_days": "0"}');
select pg_temp.make_run('p', '{"how": "panel"}');
create function pg_temp.sees(who text, query text) returns text language plpgsql as $$
declare
  said text;
begin
  perform pg_temp.as_person(who);
  execute query into said;
  return said;
end $$;
-- How many rows each of the people sees: 'kediri 3, ..'; who sees none is not named.
create function pg_temp.all_see(query text) returns text language plpgsql as $$
declare
  who text;
  n text;
  said text;
begin
  perform set_config('role', 'tolok_desk', true);
  foreach who in array array['', 'kantor', 'asesor', 'asesor2', 'asesor3', 'kediri', 'kediri-gov',
                             'kediri-eco', 'madiun', 'madiun-gov', 'mojokerto'] loop
    n := pg_temp.sees(who, 'select count(*)::text from ' || query);
    if n <> '0' then
      said := concat_ws(', ', said, who || ' ' || n);
    end if;
  end loop;
  perform set_config('role', 'none', true);
  return said;
end $$;
-- The trail is told of what was saved.
create function pg_temp.tell() returns void language sql as $$
  update data.saves set minute = minute - interval '1 hour';
  select act.saves_tell(null, 1000)
$$;
grant select on pg_temp.person to public;

select pg_temp.says('kediri-gov', $$answer_save('r','35.71','gov.a',1,KEY,'value','3','x')$$);
select pg_temp.says('kediri', $$answer_save('r','35.71','eco.a',1,KEY,'value','3','x')$$);
select pg_temp.says('madiun', $$answer_save('r','35.77','gov.a',1,KEY,'value','3','x')$$);
select pg_temp.says('kediri', $$evidence_add('r','35.71',KEY,'{"kind": "link",
    "url": "https://a.id/b", "title": "t"}','[{"criterion":"eco.a"}]')$$);

-- Self.
select is(pg_temp.all_see($$data.round_run where round = 'r'$$), 'kantor 1, asesor 1, asesor2 1, '
    'kediri 1, kediri-gov 1, kediri-eco 1, madiun 1, madiun-gov 1, mojokerto 1',
    'who takes part sees the round');
select is(pg_temp.all_see($$data.cell where round = 'r'$$),
    'kantor 10, kediri 3, kediri-gov 2, kediri-eco 1, madiun 3, madiun-gov 2, mojokerto 4',
    'self: cells of one''s own city and dimensions; assessors none');
select is(pg_temp.all_see($$data.answer_version where round = 'r'$$),
    'kantor 3, kediri 2, kediri-gov 1, kediri-eco 1, madiun 1, madiun-gov 1', 'and versions');
select is(pg_temp.all_see($$data.evidence_use where round = 'r'$$),
    'kantor 1, kediri 1, kediri-eco 1', 'and uses of evidence');
select is(pg_temp.all_see($$data.evidence where round = 'r'$$),
    'kantor 1, kediri 1, kediri-gov 1, kediri-eco 1', 'pieces are the city''s');
select is(pg_temp.all_see($$pub.round_board where round = 'r'$$),
    'kantor 7, kediri 2, kediri-gov 1, kediri-eco 1, madiun 2, madiun-gov 1, mojokerto 3',
    'the board counts what one sees');
select is(pg_temp.all_see($$data.assignment where round = 'r'$$), 'kantor 8, asesor 4, asesor2 4',
    'assignments: the office, and each their own');
select pg_temp.tell();
select is(pg_temp.all_see($$data.audit where act = 'answers_saved' and subject_id = 'r'$$),
    'kantor 3, kediri 2, kediri-gov 1, madiun 1', 'the trail of saves: city, author and office');

-- Review: assessors see what they are assigned to.
select pg_temp.walk('r', 'review');
select is(pg_temp.all_see($$data.cell where round = 'r'$$), 'kantor 10, asesor 6, asesor2 6, '
    'kediri 3, kediri-gov 2, kediri-eco 1, madiun 3, madiun-gov 2, mojokerto 4',
    'review: assessors see what they are assigned to');
select pg_temp.says('asesor', $$question_ask('r','35.71','governance',null,KEY,'words','x',null)$$);
select is(pg_temp.all_see($$data.question where round = 'r'$$),
    'kantor 1, asesor 1, asesor2 1, kediri 1, kediri-gov 1', 'questions of a part');

-- Verify: nobody sees another one's marks until all have signed.
select pg_temp.walk('r', 'verify');
select pg_temp.says('asesor', $$mark_save('r','35.71','gov.a',null,KEY,'value','3',null,
    'catatan')$$);
select pg_temp.says('asesor', $$mark_save('r','35.71','gov.a',1,KEY,'value','2','x','catatan')$$);
select is(pg_temp.all_see($$data.assessor_mark where round = 'r'$$), 'asesor 1',
    'verify: a mark is its author''s, not even the office''s');
select is(pg_temp.all_see($$data.mark_version$$), 'asesor 2', 'and its versions');
select is(pg_temp.all_see($$data.mark_note$$), 'asesor 1', 'and the note');
select is(pg_temp.mark_all('r', '35.71', 'governance', 'asesor', '2'), 'conflict done done',
    'who has signed');
select is(pg_temp.all_see($$data.assessor_mark where round = 'r'$$), 'asesor 2',
    'is seen by nobody while another one has not');
select pg_temp.mark_all('r', '35.71', 'governance', 'asesor2', '3');
select is(pg_temp.all_see($$data.assessor_mark where round = 'r'$$),
    'kantor 4, asesor 4, asesor2 4', 'until all have: assessors and office, no city');
select is(pg_temp.all_see($$data.mark_note$$), 'asesor 1', 'a note stays its author''s');
select pg_temp.tell();
select is(pg_temp.all_see($$data.audit where act in ('marks_saved', 'sign')
    and subject_id = 'r'$$), 'kantor 4, asesor 2, asesor2 2',
    'no city sees in the trail that somebody marks');
select is(pg_temp.all_see($$data.audit a cross join lateral act.audit_told(a.id) t
    where a.act in ('marks_saved', 'sign') and a.subject_id = 'r'$$),
    'kantor 4, asesor 2, asesor2 2', 'nor what the row says');
select ok((select bool_and(a.after::text !~ 'value|reason|catatan') from data.audit a
    where a.act in ('marks_saved', 'sign')), 'of a mark the trail has the digest alone');
select is(pg_temp.all_see($$data.audit where act = 'assign' and subject_id = 'r'$$),
    'kantor 8', 'nor who assesses');

-- Reply: a city sees its own.
select pg_temp.walk('r', 'reply');
select is(pg_temp.all_see($$data.assessor_mark where round = 'r'$$),
    'kantor 4, asesor 4, asesor2 4, kediri 4, kediri-gov 4',
    'reply: a city sees the marks of its own cells');
select is(pg_temp.all_see($$data.assignment where round = 'r'$$), 'kantor 8, asesor 5, asesor2 5',
    'not whose they are; assessors know each other by then');
select is(pg_temp.all_see($$data.mark_note$$), 'asesor 1', 'notes are not for cities');
select is(pg_temp.all_see($$data.audit where act in ('marks_saved', 'sign')
    and subject_id = 'r'$$), 'kantor 4, asesor 2, asesor2 2, kediri 4', 'the trail of its own too');
select pg_temp.says('kediri', $$objection_save('r','35.71','gov.a',null,KEY,'value','4','x')$$);
select is(pg_temp.all_see($$data.objection where round = 'r'$$),
    'kantor 1, asesor 1, asesor2 1, kediri 1, kediri-gov 1', 'objections of a part');
select is(pg_temp.all_see($$data.decision$$), null, 'nothing is decided');

-- Final: decisions are for the plenary and the assessors.
select pg_temp.walk('r', 'final');
select pg_temp.says('kantor', $$round_final('r', KEY)$$);
select is(pg_temp.all_see($$data.decision where round = 'r'$$),
    'kantor 10, asesor 6, asesor2 6', 'final: decisions are not for cities');
select is(pg_temp.all_see($$data.minutes where round = 'r'$$), 'kantor 1', 'nor are minutes');
select pg_temp.says('kantor', format('decide(''r'', KEY, %L, ''value'', ''1'', ''pleno'')', (
  select jsonb_agg(jsonb_build_object('region', d.region, 'criterion', d.criterion, 'seen', 1))
  from data.decision d where d.state = 'open')));
select is(pg_temp.all_see($$data.audit where act = 'decide' and subject_id = 'r'$$), 'kantor 1',
    'nor is their trail');
update data.round_run set state = 'published' where round = 'r';
select is(pg_temp.all_see($$data.decision where round = 'r'$$), 'kantor 10, asesor 6, asesor2 6, '
    'kediri 3, kediri-gov 2, kediri-eco 1, madiun 3, madiun-gov 2, mojokerto 4',
    'published: a city reads its own');

-- A panel: the lead's marks are seen by those who are to agree, by no other.
select pg_temp.walk('p', 'verify');
select pg_temp.says('asesor', $$mark_save('p','35.71','eco.a',null,KEY,'value','3','x',null)$$);
select is(pg_temp.all_see($$data.assessor_mark where round = 'p'$$), 'asesor 1, asesor2 1',
    'panel: the lead''s marks are the panel''s');
select is(pg_temp.says('asesor2', $$sign('p','35.71','economy',KEY)$$),
    'invalid {"form": "lead"}', 'the lead signs first');
select is(pg_temp.says('asesor', $$sign('p','35.71','economy',KEY)$$), 'done', 'the lead signs');
select is(pg_temp.says('asesor2', $$sign('p','35.71','economy',KEY)$$), 'done',
    'signing is agreeing');
select is((select string_agg(concat_ws(' ', m.seat, trim_scale(m.value), m.counts, m.agreed), ', '
    order by m.seat) from data.assessor_mark m where m.round = 'p'), '1 3 t f, 2 3 t t',
    'with the lead''s marks');

-- Somebody who is assigned no more sees nothing more of it.
select pg_temp.says('kantor', format('assign_end(%s, KEY, ''sakit'')', a.id))
from data.assignment a where a.round = 'p' and a.assessor = pg_temp.id_of('asesor2');
select is(pg_temp.all_see($$data.assessor_mark where round = 'p'$$), 'kantor 2, asesor 2',
    'who is assigned no more sees none');
select is(pg_temp.all_see($$data.assessor_mark where round = 'p' and counts$$),
    'kantor 1, asesor 1', 'and theirs count no more');

-- The first leak: a view that runs with its owner's rights shows all cities to all. Views over
-- tables of rounds are those of whoever asks; this is what finds one that is not.
create view pg_temp.leaks as
select distinct v.oid::regclass::text as name
from pg_class v
join pg_rewrite w on w.ev_class = v.oid
join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
  and d.refclassid = 'pg_class'::regclass
join pg_class t on t.oid = d.refobjid and t.relnamespace = 'data'::regnamespace
  and t.relname in ('round_run', 'round_step', 'entrant', 'extension', 'city_step', 'part', 'cell',
    'answer_version', 'evidence', 'evidence_use', 'question', 'question_line', 'submission',
    'target', 'saves', 'assessor', 'assessor_former', 'adviser', 'assignment', 'assessor_mark',
    'mark_version', 'mark_note', 'objection', 'reply_sent', 'decision', 'decision_version',
    'agreement', 'minutes', 'recommendation', 'recommendation_report', 'recommendation_verdict',
    'meeting', 'finding', 'round_notice')
where v.relkind in ('v', 'm') and v.relnamespace = 'pub'::regnamespace
  and not coalesce(v.reloptions::text ~ 'security_invoker=(true|on|1)|security_invoker}', false);
select is_empty('select name from pg_temp.leaks', 'views over rounds are security_invoker');
set local role tolok_owner;
create view pub.leak as select * from data.cell;
grant select on pub.leak to tolok_desk;
reset role;
select is(pg_temp.all_see($$pub.leak where round = 'r' and region <> '35.71'$$) ~ 'kediri 7', true,
    'one that is not shows a city all others');
select results_eq('select name from pg_temp.leaks', array['pub.leak'], 'and is found');
-- The second: a row of the trail about a mark without an audience is read by the city.
select pg_temp.as_person('asesor');
select act.note('marks_saved', 'round', 'bocor', '35.71');
select act.note('marks_saved', 'round', 'aman', '35.71', round => 'p', audience => 'marks');
select is(pg_temp.all_see($$data.audit where subject_id = 'bocor'$$),
    'kantor 1, asesor 1, kediri 1', 'a row without an audience is read by the city');
select is(pg_temp.all_see($$data.audit where subject_id = 'aman'$$), 'kantor 1, asesor 1',
    'with one it is not');
select is((select count(*) from data.audit a where a.act in ('marks_saved', 'sign', 'decide',
    'objection_save', 'agree', 'assign') and a.audience is null and a.subject_id <> 'bocor'),
    0::bigint, 'all of ours have one');
select is((select fault from act.audit_verify()), null, 'and the chain holds');
select * from finish();
rollback;
