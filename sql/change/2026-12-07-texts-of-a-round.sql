-- Texts that a round of the second format keeps and gives back, frozen with their intake.
set local role tolok_owner;
create table data.intake_text (
  intake integer not null references data.intake on delete cascade,
  file   text collate "C" not null,
  body   text not null,
  primary key (intake, file)
);
create trigger frozen_insert_new after insert on data.intake_text
  referencing new table as changed for each statement
  execute function data.refuse_published_intake('');
create trigger frozen_update_old after update on data.intake_text
  referencing old table as changed for each statement
  execute function data.refuse_published_intake('');
create trigger frozen_update_new after update on data.intake_text
  referencing new table as changed for each statement
  execute function data.refuse_published_intake('');
create trigger frozen_delete_old after delete on data.intake_text
  referencing old table as changed for each statement
  execute function data.refuse_published_intake('');
create trigger frozen_truncate before truncate on data.intake_text
  for each statement execute function data.refuse_change();
reset role;
