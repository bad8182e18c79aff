-- Names of regions as they are compared.

-- The name of a region in the one form in which names are compared: small letters without accents,
-- what people shorten in full, one spelling of Yogyakarta, no office before it, nothing between
-- words but a blank. A point inside a code stays.
create or replace function pub.place_name(name text) returns text
language plpgsql stable parallel safe as $$
declare
  -- In this order: what is looked for, and what stands there instead.
  rules constant text[] := array[
    ['[^[:alnum:].]+|[.](?![0-9])|(?<![0-9])[.]', ' '],
    ['\m(pemerintah|provinsi|propinsi|prov)\M', ''],
    ['\m(kab|pemkab)\M', 'kabupaten'],
    ['\m(kotamadya|kotamadia|kodya|pemkot)\M', 'kota'],
    ['\mkota adm\M', 'kota administrasi'],
    ['\mkep\M', 'kepulauan'],
    ['\m(jogjakarta|jogja|yogya)\M', 'yogyakarta'],
    ['\m(d *i *yogyakarta|diy)\M', 'daerah istimewa yogyakarta'],
    [' +', ' ']];
  rule text[];
begin
  name := lower(ext.unaccent(name));
  foreach rule slice 1 in array rules loop
    name := regexp_replace(name, rule[1], rule[2], 'g');
  end loop;
  return btrim(name);
end $$;

-- A region's own name as one word, as many people write it: tanjungpinang.
create or replace function pub.place_joined(name text) returns text
language sql stable parallel safe
return replace(regexp_replace(pub.place_name(name), '^(kabupaten|kota) ', ''), ' ', '');

-- All under which a region is looked for: its name, once more without the blanks in it, its code
-- with and without the point, its province, and `more` that stands for one of them.
create or replace function pub.place_words(name text, code text, province text, more text)
  returns text
language sql stable parallel safe
return concat_ws(' ', pub.place_name(name), pub.place_joined(name), lower(code),
                 replace(lower(code), '.', ''), pub.place_name(province), more);
