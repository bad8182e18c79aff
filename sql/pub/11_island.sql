-- The groups of islands by which the country is divided, from west to east: the first digit of a
-- province's code says which.
create or replace view pub.island as
select code, ord, digits, name_id, name_en
from (values
  ('sumatera',            1, '12', 'Sumatera',                'Sumatra'),
  ('jawa',                2, '3',  'Jawa',                    'Java'),
  ('bali-nusa-tenggara',  3, '5',  'Bali dan Nusa Tenggara',  'Bali and Nusa Tenggara'),
  ('kalimantan',          4, '6',  'Kalimantan',              'Kalimantan'),
  ('sulawesi',            5, '7',  'Sulawesi',                'Sulawesi'),
  ('maluku',              6, '8',  'Maluku',                  'Maluku'),
  ('papua',               7, '9',  'Papua',                   'Papua')
) island (code, ord, digits, name_id, name_en);

-- The first digits of an island group's provinces, for a filter: NULL for none asked, '' for one
-- that there is not.
create or replace function pub.island_digits(island text) returns table (digits text)
language sql stable
begin atomic
  select case when island_digits.island is not null
              then coalesce((select i.digits from pub.island i where i.code = island_digits.island),
                            '') end;
end;

-- Whether a province lies in an island group with these digits; everything does when none was asked
-- for. `digits` is named once: only so is the function inlined where they come from a query.
create or replace function pub.on_island(province text, digits text) returns boolean
language sql immutable parallel safe
return strpos(coalesce(digits, left(province, 1), '-'), coalesce(left(province, 1), '-')) > 0;
