-- A browser in which somebody has signed in is known again, wherever it is.
set local role tolok_owner;
alter table data.session add column browser data.sha256;
reset role;
