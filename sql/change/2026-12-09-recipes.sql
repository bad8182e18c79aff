-- What a quick win needs, how it stands, which criterion it serves, and which one it copies.
set local role tolok_owner;
alter table data.win_version
  add column needs data.prose,
  add column progress text,
  add column criterion data.code,
  add column copied integer,
  add column changed data.prose;

-- Made again from the rest.
truncate data.read_win;
alter table data.read_win
  add column copied integer,
  add column criterion text;
create index on data.read_win (copied);
create index on data.read_win (criterion);
reset role;
