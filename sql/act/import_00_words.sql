-- Small words that the checks of an import share.

-- The number that a plain decimal stands for, or NULL where the text is none: digits, at most 30 on
-- either side of the point, and perhaps a minus sign before them.
create or replace function act.decimal(t text) returns numeric
language sql immutable strict parallel safe
return case when t ~ '^-?[0-9]{1,30}([.][0-9]{1,30})?$' then t::numeric end;

-- The same of one that is written as spreadsheets do, 2.5e-7.
create or replace function act.power(t text) returns numeric
language sql immutable strict parallel safe
return case when t ~ '^-?[0-9]{1,30}([.][0-9]{1,30})?[eE][+-]?[0-9]{1,2}$'
            and abs(t::numeric) < 1e30 and scale(trim_scale(t::numeric)) <= 30
            then t::numeric end;

-- A code of a round, criterion, method or region. `.` and `..` would not survive as a part of an
-- address.
create or replace function act.is_code(t text) returns boolean
language sql immutable strict parallel safe
return t ~ '^[A-Za-z0-9._-]{1,64}$' and t not in ('.', '..');

-- A number as people write it: no zeros at the end.
create or replace function act.plain(n numeric) returns text
language sql immutable strict parallel safe
return trim_scale(n)::text;

-- The name of a region as it is compared: case, blanks, dots, hyphens and kab./kabupaten aside.
create or replace function act.name_key(t text) returns text
language sql stable strict parallel safe
return replace(regexp_replace(pub.place_name(t), '^kabupaten ', ''), ' ', '');

-- A code without the zeros that a spreadsheet takes from a number: 35.10 is 35.1, 05.20 is 5.2.
create or replace function act.bare_code(t text) returns text
language sql immutable strict parallel safe
return case when t ~ '^[0-9]+[.][0-9]+$'
            then trim(leading '0' from split_part(t, '.', 1)) || '.'
                 || trim(trailing '0' from split_part(t, '.', 2)) else t end;

-- A piece of the input as a message quotes it: short, and harmless to a terminal.
create or replace function act.shown(t text) returns text
language sql immutable strict parallel safe
return '"' || regexp_replace(left(t, 60), '[\u0001-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]',
                             '?', 'g')
           || case when length(t) > 60 then '..."' else '"' end;

-- 'leaf, mean or geomean'.
create or replace function act.one_of(words text[]) returns text
language sql immutable strict parallel safe
return case when cardinality(words) = 1 then words[1]
            else array_to_string(trim_array(words, 1), ', ') || ' or ' || words[cardinality(words)]
              end;

-- What is wrong with a name, or NULL: it is shown on pages, in lists and in addresses.
create or replace function act.name_fault(t text) returns text
language sql immutable strict parallel safe
return case
  when btrim(t) = '' then 'missing'
  when length(t) > 200 then 'longer than 200 characters'
  when t ~ '[\u0001-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]' then 'holds a control character'
end;

-- What is wrong with a note or a source, or NULL: it may be empty and may have several lines.
create or replace function act.note_fault(t text) returns text
language sql immutable strict parallel safe
return case
  when length(t) > 2000 then 'longer than 2000 characters'
  when t ~ '[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]'
    then 'holds a control character'
end;

-- What is wrong with a code, or NULL.
create or replace function act.code_fault(t text) returns text
language sql immutable strict parallel safe
return case
  when t = '' then 'missing'
  when t in ('.', '..') then act.shown(t) || ' is not a code: it would be lost in an address'
  when t ~* '[.](json|csv|xlsx|zip)$'
    then act.shown(t) || ' ends as a file does, and would be lost in an address'
  when not act.is_code(t)
    then act.shown(t) || ' is not a code: 1 to 64 of the characters A-Z a-z 0-9 . _ -'
end;

-- What is wrong with a decimal, or NULL.
create or replace function act.decimal_fault(t text) returns text
language sql immutable strict parallel safe
return case
  when t = '' then 'missing'
  when t ~ '^-?[0-9]+([.][0-9]+)?$' and act.decimal(t) is null
    then act.shown(t) || ' has more than 30 digits on one side of the point'
  when act.decimal(t) is null then act.shown(t) || ' is not a plain decimal number'
end;

-- What is wrong with a word of a fixed list, or NULL.
create or replace function act.word_fault(t text, words text[]) returns text
language sql immutable strict parallel safe
return case when t <> all (words) then act.shown(t) || ' is not ' || act.one_of(words) end;
