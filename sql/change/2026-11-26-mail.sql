-- The outbox of mails.
set local role tolok_owner;
\ir ../schema/71_mail.sql
reset role;
