-- The trail is looked through by day.
set local role tolok_owner;
create index audit_at on data.audit (at);
reset role;
