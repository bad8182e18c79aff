-- Where the quartiles of a group lie on its scale. The code fills them.
alter table data.read_group
  add column if not exists quartile_low_shown numeric,
  add column if not exists quartile_high_shown numeric,
  add column if not exists quartile_at numeric,
  add column if not exists quartile_width numeric;
