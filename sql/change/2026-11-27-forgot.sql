-- Links that somebody asks for who has forgotten his password.
set local role tolok_owner;
alter table data.invitation alter account drop not null, drop constraint invitation_purpose_check, add column asked_for data.sha256, add column asked_from text,
  add constraint invitation_purpose_check check (purpose in ('invite', 'reset', 'forgot')),
  add check ((purpose = 'forgot') = (asked_for is not null and asked_from is not null)),
  add check (account is not null or purpose = 'forgot');
create index on data.invitation (asked_for, created_at) where purpose = 'forgot';
create index on data.invitation (asked_from, created_at) where purpose = 'forgot';
reset role;
