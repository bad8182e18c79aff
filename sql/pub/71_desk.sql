-- What pages of the desk share. These functions run with the rights of who asks: tolok_desk sees
-- the rows that its policies show it.

-- A moment as templates read it. Stable, as to_char is: only so it becomes part of the query that
-- asks it.
create or replace function pub.moment(at timestamptz) returns text
language sql stable parallel safe
return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

-- The same moment's time of day in western Indonesia.
create or replace function pub.clock(lang text, at timestamptz) returns text
language sql stable parallel safe
return to_char(at at time zone interval '7:00',
               case lang when 'en' then 'HH24:MI' else 'HH24.MI' end);

-- A quick win with the newest version that one may read; no row when there is none.
create or replace function pub.desk_win(id integer)
returns table (id integer, n integer, region text, city text, slug text, dimension text,
               dimension_name_id text, dimension_name_en text,
               row_version integer, newest boolean, public_id integer, state text, reason text,
                 title text, writes boolean,
               saved_by text, saved_at text, submitted_by text, submitted_at text, decided_at text,
                 words jsonb, saved_by_me boolean, decided_by text, mending boolean, times bigint,
               number integer, unopened boolean)
language sql stable
begin atomic
  select w.id, v.n, w.region, coalesce(r.name, w.region), case when r.listed then r.slug end,
    w.dimension, d.name_id, d.name_en,
         w.row_version, v.n = w.newest, case when w.published is not null then w.public_id end,
           v.state, v.reason, v.title,
         data.writes_win(w.region, w.dimension, (select data.actor_role()),
                         (select data.actor_region()), (select data.actor_dimensions())),
         data.person_name(v.saved_by), pub.moment(v.saved_at), data.person_name(v.submitted_by),
           pub.moment(v.submitted_at),
         pub.moment(v.decided_at),
         to_jsonb(v) || jsonb_build_object('dimension', w.dimension),
         v.saved_by = (select data.actor()), data.person_name(v.decided_by),
         v.state = 'draft' and coalesce(w.own_state = 'mending', false),
         (select count(*) from data.win_version x
          where x.win = w.id and x.submitted_at is not null),
         w.public_id, v.opened_at is null
  from data.win w
  cross join lateral (select x.* from data.win_version x where x.win = w.id
                      order by x.n desc limit 1) v
  left join pub.region r on r.code = w.region
  left join pub.dimension d on d.code = w.dimension
  where w.id = desk_win.id;
end;

-- What the office said last of a version or of those before it, as long as it waits for an answer:
-- why it was returned or rejected. By whom the office knows.
create or replace function pub.desk_reply(win integer, n integer)
returns table (n integer, state text, reason text, at text, by_name text)
language sql stable
begin atomic
  select r.n, r.state, r.reason, pub.moment(r.decided_at), data.person_name(r.decided_by)
  from (select v.n, v.state, v.reason, v.decided_at, v.decided_by
        from data.win_version v
        where v.win = desk_reply.win and v.n <= desk_reply.n and v.decided_at is not null
        order by v.n desc limit 1) r
  where r.state in ('returned', 'rejected');
end;

-- Its fields with their values for reading, null where there is none.
create or replace function pub.desk_values(lang text, words jsonb)
returns table (ord integer, field text, label text, kind text, needed boolean, value text)
language sql stable
begin atomic
  select f.ord, f.name, pub.pick(lang, f.name_id, f.name_en),
         case when f.kind = 'choice' and f.said then 'line' else f.kind end, f.needed,
         case when f.kind = 'amount'
              then pub.rupiah((desk_values.words ->> f.name)::numeric)
              when f.kind = 'choice' and f.said
              then (select c.name from pub.win_choices(lang, f.name) c
                    where c.code = desk_values.words ->> f.name)
              else pub.written('en', f.kind, desk_values.words -> f.name) end
  from pub.win_field f
  order by f.ord;
end;

-- Which state of a record its reader has seen, for a form that is shown again: whoever was told of
-- a conflict has seen the newest one; after any other fault they have seen what they had seen.
create or replace function pub.desk_seen(row_version integer, sent jsonb, answer jsonb)
  returns integer
language sql immutable parallel safe
return case when answer ->> 'outcome' = 'conflict' then row_version
            when sent ->> 'seen' ~ '^[0-9]{1,9}$' then (sent ->> 'seen')::integer
            else row_version end;

-- The same fields as a form has them: what was sent comes before what is stored, and the page that
-- follows a conflict has both. What only somebody else changed is shown as they have it. `fault` is
-- what is wrong with it, `mark` stands for the stored value (pub.mark).
create or replace function pub.desk_inputs(lang text, words jsonb, sent jsonb, answer jsonb)
returns table (ord integer, field text, label text, help text, kind text, part text,
               needed boolean, value text, stored text, mark text, fault text, differs boolean,
               most integer, length integer)
language sql stable
begin atomic
  select f.ord, f.name, pub.pick(lang, f.name_id, f.name_en), pub.pick(lang, f.help_id, f.help_en),
         f.kind, f.part, f.needed, t.text, v.stored, v.mark, a.fault,
         coalesce(desk_inputs.answer ->> 'outcome' = 'conflict' and s.ours <> v.mark
                  and a.fault is null and s.was is distinct from s.ours
                  and s.was is distinct from v.mark, false),
         case when f.kind = 'line' then 500 when f.kind = 'prose' then 8000 end, length(t.text)
  from pub.win_field f
  cross join lateral (
    select pub.typed(lang, f.kind, desk_inputs.words -> f.name) as stored,
           pub.mark(f.kind, desk_inputs.words -> f.name) as mark) v
  cross join lateral (
    select desk_inputs.sent ->> ('was_' || f.name) as was,
           pub.mark(f.kind, pub.meant(lang, f.kind, desk_inputs.sent ->> f.name)) as ours
    where desk_inputs.sent ? f.name
    union all
    select null, null where desk_inputs.sent is null or not desk_inputs.sent ? f.name) s
  cross join lateral (select desk_inputs.answer -> 'faults' ->> f.name as fault) a
  cross join lateral (
    select case when a.fault is null
                     and (s.ours is null or s.ours = v.mark or s.was = s.ours) then v.stored
                else desk_inputs.sent ->> f.name end as text) t
  -- The owner of one dimension writes for that one.
  where f.said or data.chooses((select data.actor_dimensions()))
  order by f.ord;
end;

-- What is said of a quick win that may be right but often is not, for whoever sends it to look at
-- once more.
create or replace function pub.win_doubts(words jsonb) returns table (field text, doubt text)
language sql stable
begin atomic
  select d.field, d.doubt
  from (select win_doubts.words ->> 'started' as started,
               (win_doubts.words ->> 'cost')::numeric as cost,
               (win_doubts.words ->> 'figure_before')::numeric as earlier,
               (win_doubts.words ->> 'figure_after')::numeric as later,
               win_doubts.words ->> 'figure' as figure,
               win_doubts.words ->> 'figure_source' as source,
               win_doubts.words ->> 'contact' as contact) w
  cross join lateral (values
    (1, 'started', 'future', w.started > left(to_char(now(), 'YYYY-MM-DD'), length(w.started))),
    (2, 'started', 'early', w.started < '2000'),
    (3, 'cost', 'small', w.cost < 100000),
    (4, 'cost', 'big', w.cost >= 1000000000000),
    (5, 'figure', 'unnamed', w.figure is null and num_nonnulls(w.earlier, w.later) > 0),
    (6, 'figure_before', 'alone', w.earlier is null and w.later is not null),
    (7, 'figure_after', 'alone', w.later is null and w.earlier is not null),
    (8, 'figure_after', 'same', w.later = w.earlier),
    (9, 'figure_source', 'unsourced', w.source is null and num_nonnulls(w.earlier, w.later) > 0),
    (10, 'contact', 'mobile', w.contact ~ '(^|[^0-9])(\+?62|0)[ .()-]*8([ .()-]*[0-9]){7,11}'))
    d (ord, field, doubt, holds)
  where d.holds
  order by d.ord;
end;

-- All that one may read, with the newest version of each that one may read: its number, its state,
-- and when something happened to it last. The office sees no drafts, but what was there before. A
-- city's are found by the city.
create or replace function pub.desk_wins()
returns table (id integer, n integer, region text, dimension text, state text, at timestamptz,
               published boolean, writes boolean)
language sql stable
begin atomic
  select w.id, v.n, w.region, w.dimension, v.state, v.at, w.published is not null,
         (select data.actor_region()) is not null
         and data.writes_win(w.region, w.dimension, (select data.actor_role()),
                             (select data.actor_region()), (select data.actor_dimensions()))
  from (select c.id, c.region, c.dimension, c.published, c.newest, c.own_state, c.own_at, c.told,
               c.told_state, c.told_at, c.public_at
        from data.win c where c.region = (select data.actor_region())
        union all
        select o.id, o.region, o.dimension, o.published, o.newest, o.own_state, o.own_at, o.told,
               o.told_state, o.told_at, o.public_at
        from data.win o where (select data.actor_region()) is null) w
  cross join lateral (
    select w.newest, w.own_state, w.own_at where (select data.actor_role()) in ('operator', 'owner')
    union all
    select w.told, w.told_state, w.told_at where (select data.actor_role()) = 'office'
      and w.told is not null
    union all
    select w.published, 'published', w.public_at where (select data.actor_role()) = 'assessor'
      and w.published is not null) v (n, state, at);
end;

-- The newest entries of the trail before that number that one may read, of one quick win or of one
-- kind or all: at most so many of each of a few parts, which together are what the policy of the
-- table says, and of which each is found in the order of its numbers by an index (where it
-- is compared with what `(select ..)` worked out before, as conditions of our own could tell of
-- hidden rows). What somebody did in the matters of their own city is in two of them.
create or replace function pub.desk_trail(quickwin integer, kind text, before bigint, most integer)
returns table (id bigint, at timestamptz, account integer, actor text, source text, request text,
               act text, subject text, subject_id text, digest text)
language sql stable
begin atomic
  select a.id, a.at, a.account, a.actor, a.source, a.request, a.act, a.subject, a.subject_id,
         a.digest
  from (
    (select o.id from data.audit o
     where desk_trail.quickwin is null and desk_trail.kind is null
       and (select data.actor_role()) = 'office' and o.id < (select desk_trail.before)
     order by o.id desc limit most)
    union all
    (select o.id from data.audit o
     where desk_trail.quickwin is null and desk_trail.kind is not null
       and o.kind = desk_trail.kind and (select data.actor_role()) = 'office'
       and o.id < (select desk_trail.before)
     order by o.id desc limit most)
    union all
    (select w.id from data.audit w
     where desk_trail.quickwin is not null
       and w.subject = 'win' and w.subject_id = desk_trail.quickwin::text
       and w.id < (select desk_trail.before)
       and (desk_trail.kind is null or w.kind = desk_trail.kind)
     order by w.id desc limit most)
    union all
    (select c.id
     from unnest(array['quickwin', 'akun', 'putaran', 'ditolak']) k (kind)
     cross join lateral (
       select r.id from data.audit r
       where r.region = (select data.actor_region()) and r.kind = k.kind
         and r.id < (select desk_trail.before)
       order by r.id desc limit most) c
     where desk_trail.quickwin is null and (select data.actor_role()) = 'operator'
       and (desk_trail.kind is null or k.kind = desk_trail.kind))
    union
    (select m.id
     from unnest(array['quickwin', 'akun', 'putaran', 'ditolak']) k (kind)
     cross join lateral (
       select r.id from data.audit r
       where r.account = (select data.actor()) and r.kind = k.kind
         and r.id < (select desk_trail.before)
       order by r.id desc limit most) m
     where desk_trail.quickwin is null and (select data.actor_role()) <> 'office'
       and (desk_trail.kind is null or k.kind = desk_trail.kind))) e
  join data.audit a on a.id = e.id;
end;

-- The names of a scope's dimensions, null of all and of none.
create or replace function pub.scope_name(lang text, dimensions text[]) returns text
language sql stable
begin atomic
  select string_agg(pub.pick(lang, d.name_id, d.name_en), ', ' order by d.ord)
  from pub.dimension d
  where d.code = any (scope_name.dimensions);
end;

-- The same of codes in one text, separated by commas; '*' is all.
create or replace function pub.scope_names(lang text, codes text) returns text
language sql stable
begin atomic
  select coalesce(
    case when scope_names.codes = '*' then pub.pick(lang, 'semua', 'all') end,
    pub.scope_name(lang, string_to_array(replace(scope_names.codes, ' ', ''), ',')));
end;

-- The same of some people, of a place, and from a number on, as far as one may read it.
create or replace function pub.desk_trail_of(who integer[], place text, since bigint,
                                             quickwin integer, kind text, before bigint,
                                             most integer)
returns table (id bigint, at timestamptz, account integer, actor text, source text, request text,
               act text, subject text, subject_id text, digest text)
language sql stable
begin atomic
  select t.id, t.at, t.account, t.actor, t.source, t.request, t.act, t.subject, t.subject_id,
         t.digest
  from pub.desk_trail(desk_trail_of.quickwin, desk_trail_of.kind, desk_trail_of.before,
                      desk_trail_of.most) t
  where desk_trail_of.who is null and desk_trail_of.place is null
    and t.id >= desk_trail_of.since
  union all
  (select p.id, p.at, p.account, p.actor, p.source, p.request, p.act, p.subject, p.subject_id,
          p.digest
   from data.audit p
   where desk_trail_of.who is not null and p.account = any (desk_trail_of.who)
     and (desk_trail_of.place is null or p.region = desk_trail_of.place)
     and (desk_trail_of.kind is null or p.kind = desk_trail_of.kind)
     and (desk_trail_of.quickwin is null
          or p.subject = 'win' and p.subject_id = desk_trail_of.quickwin::text)
     and p.id >= desk_trail_of.since and p.id < desk_trail_of.before
   order by p.id desc limit most)
  union all
  (select c.id, c.at, c.account, c.actor, c.source, c.request, c.act, c.subject, c.subject_id,
          c.digest
   from data.audit c
   where desk_trail_of.who is null and desk_trail_of.place is not null
     and c.region = desk_trail_of.place
     and (desk_trail_of.kind is null or c.kind = desk_trail_of.kind)
     and (desk_trail_of.quickwin is null
          or c.subject = 'win' and c.subject_id = desk_trail_of.quickwin::text)
     and c.id >= desk_trail_of.since and c.id < desk_trail_of.before
   order by c.id desc limit most);
end;

-- What the filters of the trail mean: whose entries, of people whose name or address has the words,
-- and between which numbers, of days that are days.
create or replace function pub.trail_filter(orang text, dari text, sampai text)
returns table (who integer[], since bigint, before bigint)
language plpgsql stable as $$
begin
  if btrim(orang) <> '' then
    who := coalesce((
      select array_agg(a.id) from data.account a
      where strpos(lower(a.name || ' ' || a.email), lower(btrim(orang))) > 0), '{0}');
  end if;
  since := coalesce(act.audit_from(dari, 0), 0);
  before := coalesce(act.audit_from(sampai, 1), 9223372036854775807);
  return next;
end $$;
