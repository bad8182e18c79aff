-- When a quick win began may be known by its month or its year only.
set local role tolok_owner;
drop view if exists pub.win_story cascade;
alter table data.win_version
  alter column started type text using started::text,
  add constraint win_version_started_check
    check (started ~ '^(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?$');
reset role;
