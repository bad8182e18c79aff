-- What people are told, and the mails of it: decisions within a minute or two, and once a day what
-- waits for somebody, when that is new or a week has passed. No mail has a text of a record.

-- What waits for somebody, as their board counts it, and when the newest of it came.
create or replace function act.waits_for(a data.account)
returns table (count bigint, newest timestamptz) language sql stable as $$
  select count(*), max(x.at)
  from (
    select w.told_at as at from data.win w
    where a.role = 'office' and w.told_state = 'submitted'
    union all
    select w.own_at from data.win w
    where a.role in ('operator', 'owner') and w.region = a.region
      and w.own_state in ('returned', 'mending')
      and data.in_scope(w.dimension, a.dimensions)
    union all
    select w.handed_at from data.win w
    where a.role = 'operator' and w.region = a.region and w.handed_at is not null
    union all
    select coalesce(k.answered_at, k.asked_at)
    from data.ask k join data.win w on w.id = k.win
    where a.role in ('operator', 'owner') and w.region = a.region and k.closed_at is null
      and data.in_scope(w.dimension, a.dimensions)
      and (k.answered_at is not null) = (a.role = 'operator')
    union all
    select n.at from data.notice n join data.post p on p.id = n.post
    where n.account = a.id and n.read_at is null and p.ended_at is null) x
$$;

-- Makes the mails that are due. The service of mails asks for it before each one, so that there are
-- none where no mail goes out; what is older than two days then needs none. Mails of the day are
-- made in the morning of western Indonesia, or when the service begins again later.
create or replace function act.mails_make(moment timestamptz default now()) returns void
language plpgsql as $$
declare
  here constant timestamp := moment at time zone 'Asia/Jakarta';
begin
  with told as (
    update data.notice n set mailed_at = now()
    where n.mailed_at is null and n.at < now() - interval '1 minute'
    returning n.account, n.kind, n.at)
  insert into data.mail (account, topic, count)
  select t.account, 'decision', count(*)
  from told t join data.account a on a.id = t.account
  where t.kind <> 'post' and t.at > now() - interval '2 days' and a.mails and a.state = 'active'
    and not a.demo
  group by t.account;
  if here::time < '07:00' or exists (select from data.mail_day d where d.day = here::date) then
    return;
  end if;
  insert into data.mail_day (day) values (here::date) on conflict do nothing;
  if not found then
    return;
  end if;
  with due as (
    update data.account a set mailed_at = now()
    from (select b.id, w.count, w.newest
          from data.account b cross join lateral act.waits_for(b) w
          where b.mails and b.state = 'active' and not b.demo and w.count > 0) w
    where a.id = w.id and (a.mailed_at is null or w.newest > a.mailed_at
                           or a.mailed_at < now() - interval '7 days')
    returning a.id, w.count)
  insert into data.mail (account, topic, count) select d.id, 'daily', d.count from due d;
end $$;

-- Marks what one was told as read, up to the newest that one has seen.
create or replace function act.notices_read(upto bigint) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me integer := data.actor();
begin
  if me is null then
    return act.said('signed_out');
  end if;
  update data.notice n set read_at = now()
  where n.account = me and n.read_at is null and n.id <= upto;
  return act.said('done', me);
end $$;

-- Whether one wants mails of what waits.
create or replace function act.mails_change(wanted text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
  on_now constant boolean := mails_change.wanted is not distinct from 'ya';
begin
  if me.id is null then
    return act.said('signed_out');
  elsif me.mails <> on_now then
    update data.account a set mails = on_now where a.id = me.id;
    perform act.note('mails_change', 'account', me.id::text, me.region,
                     jsonb_build_object('mails', case when me.mails then 'yes' else 'no' end),
                     jsonb_build_object('mails', case when on_now then 'yes' else 'no' end));
  end if;
  return act.said('done', me.id);
end $$;

-- The places that somebody has written, one a line or separated by commas: by name, address or
-- code. `unknown` is the first that is none.
create or replace function act.places_read(said text, out regions text[], out unknown text)
language sql stable as $$
  select array_agg(distinct r.code::text) filter (where r.code is not null),
         min(t.place) filter (where r.code is null)
  from (select btrim(p) as place from regexp_split_to_table(coalesce(said, ''), E'[,;\n]') p) t
  left join pub.region r on lower(t.place) in (r.code, r.slug, lower(r.name))
  where t.place <> '';
$$;

-- The office tells all cities something, or some: on the boards of their operators and owners.
create or replace function act.post_add(key text, title text, body text, places text)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me data.account := act.me();
  head constant text := pub.tidy(post_add.title, false);
  words constant text := pub.tidy(post_add.body, true);
  placed record;
  faults jsonb;
  made data.post;
  answer data.outcome;
begin
  if me.id is null then
    return act.said('signed_out');
  end if;
  answer := act.once(me.id, key, array['post_add', head, words, places]);
  if answer.outcome is not null then
    return answer;
  elsif me.role <> 'office' then
    return act.once_done(me.id, key, act.refuse('post_add'));
  end if;
  select * into placed from act.places_read(places);
  faults := coalesce(act.needed_fault('title', head, 'line'), '{}')
            || coalesce(act.needed_fault('body', words, 'prose'), '{}')
            || jsonb_strip_nulls(jsonb_build_object('places', left(placed.unknown, 100)));
  if faults <> '{}' then
    return act.once_done(me.id, key, act.said('invalid', faults => faults));
  end if;
  insert into data.post as p (title, body, regions, posted_by)
  values (head, words, placed.regions, me.id) returning p.* into made;
  insert into data.notice (account, kind, post)
  select a.id, 'post', made.id
  from data.account a
  where a.role in ('operator', 'owner') and a.state = 'active'
    and (made.regions is null or a.region = any (made.regions));
  perform act.note('post_add', 'post', made.id::text, null, null,
                   jsonb_build_object('name', made.title));
  return act.once_done(me.id, key, act.said('done', made.id));
end $$;

-- Takes it from the boards.
create or replace function act.post_end(post integer, key text) returns data.outcome
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  me data.account := act.me();
  held data.post;
  answer data.outcome;
begin
  if me.id is null then
    return act.said('signed_out');
  end if;
  answer := act.once(me.id, key, array['post_end', post::text]);
  if answer.outcome is not null then
    return answer;
  end if;
  select p.* into held from data.post p where p.id = post for update;
  if me.role <> 'office' or held.id is null then
    return act.once_done(me.id, key, act.refuse('post_end', post::text));
  elsif held.ended_at is not null then
    return act.once_done(me.id, key, act.said('state', held.id));
  end if;
  update data.post p set ended_at = now() where p.id = post;
  perform act.note('post_end', 'post', post::text, null, jsonb_build_object('name', held.title));
  return act.once_done(me.id, key, act.said('done', post));
end $$;
