-- The second person: somebody of the office who has neither handed the letter in nor written in it.

-- Puts the figures of a letter in the place of the facts that stand, and notes what changed.
create or replace function act.letter_apply(l data.letter) returns integer
language plpgsql as $$
declare
  said constant text := pub.letter_source(l.number, l.issued, l.publisher);
  told integer := 0;
begin
  -- One statement of each kind, as what pages read follows each.
  create temporary table letter_change on commit drop as
  select c.*, nextval('data.figure_number')::integer as fresh
  from act.letter_changes(l, pub.letter_words(l.id)) c;
  insert into data.fact_change (letter, figure, region, year, measure, old_value, new_value, old_of,
                                new_of, old_group, new_group, old_source, new_source, reason)
  select l.id, coalesce(c.figure, c.fresh), l.region, l.year, c.measure, c.old_value, c.new_value,
         c.old_of, c.new_of, c.old_group, c.new_group, c.old_source,
         case when c.new_value is not null then said end, l.reason
  from pg_temp.letter_change c;
  get diagnostics told = row_count;
  delete from data.published_figure f using pg_temp.letter_change c
  where f.id = c.figure and c.new_value is null;
  update data.published_figure f
  set value = g.value, confidence = g.confidence, note = null, source = said,
      letter = l.id, rank_scope = pub.rank_scope(g.measure),
      denominator = case when f.rank_scope is not null then g.denominator else f.denominator end,
      "group" = case g.measure when 'national_rank_in_group' then g."group" else f."group" end
  from data.letter_figure g
  where g.letter = l.id
    and f.id = (select o.id from act.fact_of(l.region, l.year, g.measure) o);
  insert into data.published_figure (id, region, year, measure, value, rank_scope, "group",
                                     denominator, confidence, source, letter)
  select c.fresh, l.region, l.year, c.measure, c.new_value, pub.rank_scope(c.measure), c.new_group,
         c.new_of, g.confidence, said, l.id
  from pg_temp.letter_change c
  join data.letter_figure g on g.letter = l.id and g.measure = c.measure
  where c.figure is null;
  drop table pg_temp.letter_change;
  return told;
end $$;

-- Agrees to what was handed in, as the second person; `confidence`: how sure the figures are,
-- `open`: everybody may read the file.
create or replace function act.letter_confirm(letter integer, seen integer, key text,
                                              confidence text, open text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  sure constant text := coalesce(confidence, 'stated');
  held data.letter;
  answer data.outcome;
  faults jsonb;
  told integer;
begin
  if me.role = 'office' and not act.proved() then
    return act.said('unproved', letter);
  end if;
  held := act.letter_hold(me, letter);
  answer := act.letter_begun(me, held, seen, key,
    array['letter_confirm', letter::text, seen::text, sure, open],
    me.role = 'office' and held.id = letter);
  if answer.outcome is not null then
    return answer;
  elsif held.state <> 'submitted' then
    return act.once_done(me.id, key, act.said('state', held));
  end if;
  faults := coalesce(case
    when me.id = any (held.writers)
      then '{"form": "same_person"}'
    when sure not in ('stated', 'inferred', 'weak') then '{"confidence": "wrong"}' end::jsonb,
    -- Facts may have changed since it was sent.
    act.letter_lacks(held, pub.letter_words(letter)));
  if faults is not null then
    return act.once_done(me.id, key, act.said('invalid', held, faults));
  end if;
  update data.letter_figure g set confidence = sure where g.letter = letter and sure <> 'stated';
  update data.letter l
  set state = 'replaced'
  where l.state = 'confirmed' and held.corrects in (l.id, l.corrects);
  update data.letter l
  set state = 'confirmed', decided_by = me.id, decided_at = now(),
      open = coalesce(letter_confirm.open = 'yes', false)
  where l.id = letter
  returning l.* into held;
  told := act.letter_apply(held);
  perform act.note('letter_confirm', 'letter', letter::text, held.region,
                   '{"state": "submitted"}', jsonb_build_object(
                     'state', 'confirmed', 'year', held.year, 'figures', told,
                     'digest', held.digest));
  return act.letter_done(me, key, letter);
end $$;

-- Returns it with a reason, which whoever handed it in reads.
create or replace function act.letter_return(letter integer, seen integer, key text, reason text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  reason constant text := pub.tidy(coalesce(reason, ''), true);
  faults constant jsonb := act.needed_fault('reason', reason, 'prose');
  held constant data.letter := act.letter_hold(me, letter);
  answer data.outcome;
begin
  answer := act.letter_begun(me, held, seen, key,
    array['letter_return', letter::text, seen::text, reason],
    me.role = 'office' and held.id = letter, faults);
  if answer.outcome is not null then
    return answer;
  elsif held.state <> 'submitted' then
    return act.once_done(me.id, key, act.said('state', held));
  end if;
  update data.letter l
  set state = 'returned', reply = reason, decided_by = me.id, decided_at = now()
  where l.id = letter;
  perform act.note('letter_return', 'letter', letter::text, held.region, '{"state": "submitted"}',
                   act.with_reason(reason, '{"state": "returned"}'));
  return act.letter_done(me, key, letter);
end $$;

-- Takes it back, by whoever writes it, before somebody has agreed to it.
create or replace function act.letter_withdraw(letter integer, seen integer, key text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  held constant data.letter := act.letter_hold(me, letter);
  answer data.outcome;
begin
  answer := act.letter_begun(me, held, seen, key,
    array['letter_withdraw', letter::text, seen::text],
    data.writes_letter(held.region, held.by_office, me.role, me.region));
  if answer.outcome is not null then
    return answer;
  elsif held.state not in ('draft', 'submitted', 'returned') then
    return act.once_done(me.id, key, act.said('state', held));
  end if;
  update data.letter l set state = 'withdrawn' where l.id = letter;
  perform act.note('letter_withdraw', 'letter', letter::text, held.region,
                   jsonb_build_object('state', held.state), '{"state": "withdrawn"}');
  return act.letter_done(me, key, letter);
end $$;

-- Begins a correction: a letter with the same file and words, in which what is wrong is put right.
create or replace function act.letter_correct(letter integer, seen integer, key text)
returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me constant data.account := act.me();
  held constant data.letter := act.letter_hold(me, letter);
  answer data.outcome;
  open integer;
  made data.letter;
begin
  answer := act.letter_begun(me, held, seen, key,
    array['letter_correct', letter::text, seen::text], held.id = letter);
  if answer.outcome is not null then
    return answer;
  end if;
  open := (select l.id from data.letter l
           where l.corrects = coalesce(held.corrects, held.id)
             and l.state in ('draft', 'submitted', 'returned'));
  if held.state <> 'confirmed' or open is not null then
    return act.once_done(me.id, key, act.said('state', held));
  end if;
  insert into data.letter (region, year, corrects, number, issued, publisher, digest, small, name,
                           by_office, created_by, saved_by)
  values (held.region, held.year, coalesce(held.corrects, held.id), held.number, held.issued,
          held.publisher, held.digest, held.small, held.name, me.role = 'office', me.id, me.id)
  returning * into made;
  insert into data.letter_figure (letter, measure, value, "group", denominator)
  select made.id, g.measure, g.value, g."group", g.denominator
  from data.letter_figure g where g.letter = letter;
  perform act.note('letter_correct', 'letter', made.id::text, held.region, null,
                   jsonb_build_object('letter', letter, 'year', held.year));
  return act.once_done(me.id, key, act.said('done', made));
end $$;
