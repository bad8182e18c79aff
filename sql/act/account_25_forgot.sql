-- A password that was forgotten. Whoever asks gets the same answer after the same work, whether the
-- address has an account or not: a link is made in any case, and only the one of an account is sent
-- (act.mail_next). It spares nobody the one-time code.

-- Three links an hour go to an address, so that nobody's mailbox is filled by strangers; those that
-- went before stay good, and when none of them is any more another one goes, so that nobody is kept
-- from the one they asked for, however often strangers ask. Ten an hour are heard from a place
-- (act.place); then `n` is the seconds until it is heard again.
create or replace function act.forgot(email text, token text)
returns data.outcome language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  address constant text := lower(btrim(email));
  asked constant text := data.digest_of(address);
  source constant text := act.place(address);
  heard timestamptz;
begin
  if coalesce(address, '') = '' then
    return act.said('invalid', faults => '{"email": "missing"}');
  end if;
  perform act.token_judge(token), pg_advisory_xact_lock(hashtextextended('tolok forgot', 0));
  select i.created_at + interval '1 hour' into heard from data.invitation i
  where i.purpose = 'forgot' and i.asked_from = source and i.created_at > now() - interval '1 hour'
    order by i.created_at desc offset 9 limit 1;
  if heard is not null then
    perform act.note_once('', 'sign_in_throttled', 'address', left(asked, 16), 'forgotten',
                          after => jsonb_build_object('wait',
                                                      ceil(extract(epoch from heard - now()))));
    return row('throttled', null, ceil(extract(epoch from heard - now())), null,
               null)::data.outcome;
  end if;
  insert into data.invitation (account, purpose, digest, expires_at, closed_at, asked_for,
                               asked_from)
  select (select a.id from data.account a where a.email = address and a.state = 'active'), 'forgot',
         data.digest_of(token),
         now() + interval '30 minutes',
         case when count(*) >= 3 and bool_or(i.closed_at is null and i.expires_at > now())
              then now() end, asked, source
  from data.invitation i where i.purpose = 'forgot' and i.asked_for = asked
    and i.created_at > now() - interval '1 hour' and i.closed_at is distinct from i.created_at;
  perform act.note_evenly(act.whose(address), 'password_forgotten', 'address', left(asked, 16));
  return act.said('done');
end $$;
