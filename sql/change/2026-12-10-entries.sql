-- Cities take over quick wins that the portal shows for them from another source.
set local role tolok_owner;
alter table data.win
  add column claimed integer unique check (claimed between 1 and 9999),
  add column claimed_source text,
  add column claimed_by integer references data.account,
  add column claimed_at timestamptz,
  add check (num_nulls(claimed, claimed_source, claimed_by, claimed_at) in (0, 4)),
  drop column public_id;
alter table data.win
  add column public_id integer generated always as (coalesce(claimed, 10000 + id)) stored unique;

-- Numbers of quick wins that the public read once: what their pages say in the place of them.
create table data.win_gone (
  quick_win integer primary key,
  region    data.code not null references data.region,
  by_office boolean not null,             -- else its city took it back
  at        timestamptz not null default now(),
  reason    data.prose,                   -- null: from before readers were told
  kept      integer,                      -- the one that it was joined to, which says it now
  check (kept <> quick_win)
);
alter table data.win_gone enable row level security, force row level security;
create policy owner on data.win_gone to tolok_owner using (true) with check (true);

insert into data.win_gone (quick_win, region, by_office, at)
select distinct on (w.id) w.public_id, w.region, coalesce(c.role = 'office', false), a.at
from data.win w
join data.audit a on a.subject = 'win' and a.subject_id = w.id::text and a.act = 'win_withdraw'
                     and a.before ->> 'published' is not null
left join data.account c on c.id = a.account
where w.published is null
order by w.id, a.id desc;

-- Reasons stay in view and are answered; versions are rejected or joined, opened, called back.
alter table data.win add column joined integer;
alter table data.win_version
  drop constraint win_version_state_check,
  drop constraint win_version_check,
  drop constraint win_version_check1,
  add constraint win_version_state_check
    check (state in ('draft', 'submitted', 'published', 'returned', 'superseded', 'withdrawn',
                     'rejected', 'joined')),
  add column answer data.prose,
  add column opened_by integer references data.account,
  add column opened_at timestamptz,
  add constraint win_version_named check (state in ('draft', 'withdrawn', 'joined') or title <> ''),
  add constraint win_version_reasoned
    check (state not in ('returned', 'withdrawn', 'rejected') or reason <> '');
create table data.win_remark (
  win    integer not null,
  n      integer not null,
  field  text not null,
  remark data.prose not null check (btrim(remark) <> ''),
  primary key (win, n, field),
  foreign key (win, n) references data.win_version
);
alter table data.win_remark enable row level security, force row level security;
create policy owner on data.win_remark to tolok_owner using (true) with check (true);
create policy desk on data.win_remark for select to tolok_desk using (
  exists (select from data.win_version v where v.win = win_remark.win and v.n = win_remark.n));
create or replace function data.guard_win_version() returns trigger language plpgsql as $$
declare
  steps constant text[] := array['draft>draft', 'draft>submitted', 'draft>withdrawn',
                                 'submitted>published', 'submitted>returned',
                                 'submitted>rejected', 'submitted>joined', 'submitted>draft',
                                 'submitted>submitted', 'draft>joined', 'published>joined',
                                 'submitted>withdrawn', 'published>superseded',
                                 'published>withdrawn'];
  status constant text[] := array['state', 'reason', 'submitted_by', 'submitted_at', 'decided_by',
                                  'decided_at', 'opened_by', 'opened_at'];
begin
  if old.state || '>' || new.state <> all (steps) then
    raise exception 'a quick win that is % can not become %', old.state,
      new.state using errcode = 'restrict_violation';
  elsif old.state <> 'draft' and to_jsonb(old) - status <> to_jsonb(new) - status then
    raise exception 'a quick win that was submitted keeps its words'
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create or replace function data.tell_win(win integer) returns void language sql
set search_path = pg_catalog, pg_temp as $$
  update data.win w
  set (own_state, own_at) = (
        select case when v.state = 'draft' and (
                      select o.state from data.win_version o
                      where o.win = v.win and o.decided_at is not null
                      order by o.n desc limit 1) in ('returned', 'rejected') then 'mending'
                    else v.state end,
               greatest(v.saved_at, v.submitted_at, v.decided_at) from data.win_version v
          where v.win = w.id order by v.n desc limit 1),
      (told, told_state, told_at) = (
        select v.n, v.state, greatest(v.saved_at, v.submitted_at, v.decided_at)
        from data.win_version v where v.win = w.id and data.reads_version(v.state, 'office')
          order by v.n desc limit 1),
      public_at = (select v.decided_at from data.win_version v where v.win = w.id
                   and data.reads_version(v.state, 'assessor') order by v.n desc limit 1)
  where w.id = tell_win.win;
$$;

-- The queue: who reads what, and what the office notes for itself.
alter table data.win add column reader integer references data.account;
create index win_waiting on data.win (told_at) where told_state = 'submitted';
create table data.win_note (
  id         integer generated always as identity primary key,
  win        integer not null references data.win,
  note       data.prose not null check (btrim(note) <> ''),
  written_by integer not null references data.account,
  at         timestamptz not null default now()
);
create index on data.win_note (win);
alter table data.win_note enable row level security, force row level security;
create policy owner on data.win_note to tolok_owner using (true) with check (true);
create policy desk on data.win_note for select to tolok_desk using (
  (select data.actor_role()) = 'office');
do $$ begin perform data.tell_win(w.id) from data.win w; end $$;

-- A draft may be thrown away with its files.
alter table data.file_pending drop constraint file_pending_win_fkey;
reset role;
