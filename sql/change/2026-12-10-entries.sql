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

-- A draft may be thrown away with its files.
alter table data.file_pending drop constraint file_pending_win_fkey;
reset role;
