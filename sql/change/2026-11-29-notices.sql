-- The outbox has mails without links too.
set local role tolok_owner;
alter table data.mail rename to mail_before;
\ir ../schema/71_mail.sql
insert into data.mail (invitation, sealed, made_at, tries, next_at, sent_at, failed_at, fault)
select m.invitation, m.sealed, i.created_at, m.tries, m.next_at, m.sent_at, m.failed_at, m.fault
from data.mail_before m join data.invitation i on i.id = m.invitation order by m.invitation;
drop table data.mail_before;
reset role;
