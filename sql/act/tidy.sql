-- What nobody needs any more goes by a service (`tolok tidy`), in small steps, and never in the way
-- of somebody who waits for an answer: however much strangers have left, a visitor's statement does
-- not get longer by it.

-- One step, which looks at no more than it removes: of each kind at most so many rows; how many
-- there were. Tries and wrong codes count for a day, answers are kept for two (act.once). Of links
-- that somebody asked for because they had forgotten their password, those that no mail took to
-- anybody go after a day, the others after a week, each with its mail. And the trail is told of
-- what people saved in a round.
create or replace function act.tidy(most integer) returns table (removed bigint)
language sql security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_bitmapscan = off as $$
  with tries as (
    delete from data.login_attempt a
    where a.ctid = any (array(select o.ctid from data.login_attempt o
                              where o.at < now() - interval '1 day' order by o.at limit most))
    returning 1),
  codes as (
    delete from data.wrong_code w
    where w.ctid = any (array(select o.ctid from data.wrong_code o
                              where o.at < now() - interval '1 day' order by o.at limit most))
    returning 1),
  receipts as (
    delete from data.receipt r
    where r.ctid = any (array(select o.ctid from data.receipt o
                              where o.at < now() - interval '2 days' order by o.at limit most))
    returning 1),
  told as (
    delete from data.told t
    where t.ctid = any (array(select o.ctid from data.told o
                              where o.quarter < now() - interval '1 hour'
                              order by o.quarter limit most))
    returning 1),
  days as (
    delete from data.city_day d
    where d.ctid = any (array(select o.ctid from data.city_day o
                              where o.day < current_date - 1 order by o.day limit most))
    returning 1),
  persons as (
    delete from data.person_day d
    where d.ctid = any (array(select o.ctid from data.person_day o
                              where o.day < current_date - 1 order by o.day limit most))
    returning 1),
  halves as (
    delete from data.session s
    where s.ctid = any (array(select o.ctid from data.session o
                              where o.level = 'password'
                                and o.expires_at < now() - interval '1 day'
                              order by o.expires_at limit most))
    returning 1),
  links as materialized (
    select i.id from data.invitation i
    where i.purpose = 'forgot' and i.created_at < now() - interval '1 day'
      and (i.account is null or i.closed_at <= i.created_at
           or i.created_at < now() - interval '7 days')
    order by i.created_at limit most),
  mails as (delete from data.mail m where m.invitation in (select l.id from links l) returning 1),
  gone as (delete from data.invitation i where i.id in (select l.id from links l) returning 1)
  select (select count(*) from tries) + (select count(*) from codes)
         + (select count(*) from receipts) + (select count(*) from told)
         + (select count(*) from days) + (select count(*) from persons)
         + (select count(*) from halves) + (select count(*) from mails)
         + (select count(*) from gone) + (select act.saves_tell(null, most))
$$;
