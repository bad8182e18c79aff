-- How people write what a form asks for, and how it is stored. One place for all forms of the desk:
-- what they send goes through pub.meant, what they show comes from pub.typed, and pub.mark tells
-- whether a value is still the one that a form was made from.

-- A text without what nobody sees. Tabs and blanks of any width are blanks; other signs that end a
-- line (of Word, of PDFs, of Unicode) end one, or are a blank where there is only one line; soft
-- hyphens, zero-width signs, marks of direction and control characters go, or no search would find
-- the word. What joins the pieces of an emoji stays.
create or replace function pub.tidy(said text, lines boolean) returns text
language sql immutable parallel safe
return btrim(
  regexp_replace(
    regexp_replace(
      regexp_replace(
        replace(normalize(said, NFC), U&'\001E', '-'),
        '\r\n|[\n\u000b\u000c\r\u0085\u2028\u2029]', case when lines then E'\n' else ' ' end, 'g'),
      '[\u0001-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f]'
      '|[\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc]|\u200d(?![\u2190-\U0010ffff])', '', 'g'),
    '[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]', ' ', 'g'),
  E' \n');

-- A number with a point before its decimals and nothing else, or null when it could be another one
-- than is meant. The sign that groups digits in threes and the one before decimals are those of the
-- language, and the other way round where only that can be meant: 12.5 is no group, 0.125 neither,
-- as groups never begin with 0. In sums of money three decimals are a group that went wrong.
create or replace function pub.plain_number(lang text, money boolean, said text) returns text
language sql immutable parallel safe
return (
  select case
    when t.n ~ '^\d+$' then t.n
    when t.n ~ '^[1-9]\d{0,2}([.]\d{3})+(,\d+)?$' then translate(t.n, ',.', '.')
    when t.n ~ '^\d+,\d{3}$' and (money or t.n ~ ',000$') then null
    when t.n ~ '^\d+,\d+$' then translate(t.n, ',', '.')
    when t.n ~ '^[1-9]\d{0,2}((,\d{3})+[.](\d{1,2}|\d{4,})|(,\d{3}){2,})$'
      then translate(t.n, '.,', '.')
    when t.n ~ '^(0|[1-9]\d*)[.](\d{1,2}|\d{4,})$' or (t.n ~ '^0[.]\d{3}$' and not money)
      then t.n end
  from (select case when said ~ '^[1-9]\d{0,2}( \d{3})+([.,]\d+)?$' then replace(said, ' ', '')
               else said end) s (n)
  cross join lateral (select case lang when 'en' then translate(s.n, ',.', '.,')
                             else s.n end) t (n));

-- What a number stands before: thousands, millions and so on. "M" alone is none, as it is a
-- thousand million to one and a million to another.
create or replace function pub.factor(word text) returns numeric
language sql immutable parallel safe
return case when word in ('ribu', 'rb', 'thousand') then 1000
            when word in ('juta', 'jt', 'million') then 1000000
            when word in ('miliar', 'milyar', 'billion') then 1000000000
            when word in ('triliun', 'trillion') then 1000000000000 end;

-- A number or a sum of rupiah as people write it: "Rp1.250.000,-", "3,5 juta", "12,5 %". What is
-- none stays as it is, behind a question mark where others would take it for one.
create or replace function pub.number_meant(lang text, kind text, said text) returns text
language sql immutable parallel safe
return (
  select coalesce(
    v.minus || case when w.word is null then pub.plain_number(lang, t.money, n.bare)
                    else trim_scale(pub.plain_number(lang, true, n.bare)::numeric
                                    * pub.factor(w.word))::text end,
    case when t.text ~ '^-?[0-9]+[.][0-9]+$' then '?' else '' end || t.text)
  from (select pub.tidy(said, false), kind = 'amount') t (text, money)
  cross join lateral (
    select case when t.money
      then regexp_replace(lower(t.text), '^(rp|idr)[. ]*| *rupiah$|[.,] ?[-–—=]+$', '', 'g')
      else regexp_replace(lower(t.text), ' *(%|persen|percent)$', '') end) u (text)
  cross join lateral (select substring(u.text from '[a-z]+$')) w (word)
  cross join lateral (
    select case when not t.money and u.text ~ '^[-−–]' then '-' else '' end,
           btrim(case when t.money then u.text else regexp_replace(u.text, '^[-−–]', '') end))
    v (minus, text)
  cross join lateral (
    select case when pub.factor(w.word) is null then v.text
                else rtrim(left(v.text, -length(w.word))) end) n (bare));

-- The number of a month by its name or what it is shortened to, in both languages.
create or replace function pub.month_meant(name text) returns integer
language sql immutable parallel safe
return (
  select m.n
  from (values
    (1, 'jan(uari|uary)?'), (2, '[fp]eb(ruari|ruary)?'), (3, 'mar(et|ch)?'), (4, 'apr(il)?'),
    (5, 'mei|may'), (6, 'jun[ie]?'), (7, 'jul[iy]?'), (8, 'ag[ust]|agustus|aug(ust)?'),
    (9, 'sept?(ember)?'), (10, 'o[kc]t(ober)?'), (11, 'no[vp](ember)?'), (12, 'de[sc](ember)?'))
    m (n, form)
  where name ~ ('^(' || m.form || ')$'));

-- A day, a month or a year as people write it, as ISO 8601 has it: "31 Maret 2024", "31/3/2024",
-- "Maret 2024", "2024". The day stands before the month. What is none stays as it is.
create or replace function pub.day_meant(said text) returns text
language sql immutable parallel safe
return (
  select coalesce(case
    when d.ymd is not null then concat_ws('-', d.ymd[1], lpad(d.ymd[2], 2, '0'),
                                          lpad(d.ymd[3], 2, '0'))
    when d.dmy is not null then concat_ws('-', d.dmy[3], lpad(d.dmy[2], 2, '0'),
                                          lpad(d.dmy[1], 2, '0'))
    when d.my is not null then concat_ws('-', d.my[2], lpad(d.my[1], 2, '0'))
    when pub.month_meant(d.named[2]) is not null
      then concat_ws('-', d.named[3], to_char(pub.month_meant(d.named[2]), 'FM00'),
                     lpad(d.named[1], 2, '0'))
    when pub.month_meant(d.english[1]) is not null
      then concat_ws('-', d.english[3], to_char(pub.month_meant(d.english[1]), 'FM00'),
                     lpad(d.english[2], 2, '0')) end, t.text)
  from (select pub.tidy(said, false)) t (text)
  cross join lateral (
    select regexp_replace(lower(t.text), '^[a-z'']+, *(?=\d{1,2}\D)', '')) s (text)
  cross join lateral (
    select regexp_match(s.text, '^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$'),
           regexp_match(s.text, '^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$'),
           regexp_match(s.text, '^(\d{1,2})[-/. ](\d{4})$'),
           regexp_match(s.text, '^(?:(\d{1,2})[-. ]*)?([a-z]+)[-., ]*(\d{4})$'),
           regexp_match(s.text, '^([a-z]+)[. ]*(\d{1,2})(?:st|nd|rd|th)?,? *(\d{4})$'))
    d (ymd, dmy, my, named, english));

-- Addresses, in lines or with blanks, commas or semicolons between them; https:// is added.
create or replace function pub.links_meant(said text) returns jsonb
language sql immutable parallel safe
return (
  select coalesce(jsonb_agg(
    case when l.link ~* '^[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9-]+)+(:[0-9]+)?([/?#].*)?$'
      then 'https://' || l.link else l.link end order by l.place), '[]')
  from (select btrim(p.piece, '<>"“”,;'), p.place
        from regexp_split_to_table(pub.tidy(said, true), '[,;]?\s+') with ordinality
          p (piece, place)) l (link, place)
  where l.link <> '');

create or replace function pub.is_link(link text) returns boolean
language sql immutable parallel safe
return link ~ '^https?://[A-Za-z0-9][^[:space:]<>"\\]*$';

-- What people write, as it is stored; what can not be meant stays as it is.
create or replace function pub.meant(lang text, kind text, text text) returns jsonb
language sql immutable parallel safe
return case
  when kind in ('number', 'amount') then to_jsonb(pub.number_meant(lang, kind, meant.text))
  when kind = 'date' then to_jsonb(pub.day_meant(meant.text))
  when kind = 'links' then pub.links_meant(meant.text)
  -- An address, or what stands at its end.
  when kind = 'win' then to_jsonb(regexp_replace(pub.tidy(meant.text, false),
                                                 '^.*?([0-9]+)/?$', '\1'))
  else to_jsonb(pub.tidy(meant.text, kind = 'prose')) end;

-- A stored value as people write it: links each on a line, numbers with the decimal sign of the
-- language and without zeros that say nothing. Null when there is none.
create or replace function pub.written(lang text, kind text, value jsonb)
returns text language sql immutable parallel safe
return case
  when value is null or jsonb_typeof(value) = 'null' then null
  when kind = 'links' then (select nullif(string_agg(l.link, E'\n' order by l.place), '')
                            from jsonb_array_elements_text(value) with ordinality l (link, place))
  when kind in ('number', 'amount') and value #>> '{}' ~ '^-?[0-9]+([.][0-9]+)?$' then
    translate(trim_scale((value #>> '{}')::numeric)::text, '.',
              case lang when 'en' then '.' else ',' end)
  else nullif(value #>> '{}', '') end;

-- A sum of rupiah: whole, or with at least two decimals.
create or replace function pub.rupiah(sum numeric) returns text
language sql immutable parallel safe
return case when sum = trunc(sum) then trunc(sum)::text
            else round(sum, greatest(2, scale(trim_scale(sum))))::text end;

create or replace function pub.month_name(lang text, month integer) returns text
language sql immutable parallel safe
return case lang
  when 'en' then (array['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
                        'September', 'October', 'November', 'December'])[month]
  else (array['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus',
              'September', 'Oktober', 'November', 'Desember'])[month] end;

-- A stored value as a form shows it: as it is written, rupiah in groups of three digits, days and
-- months by their names.
create or replace function pub.typed(lang text, kind text, value jsonb) returns text
language sql immutable parallel safe
return case
  when kind = 'amount' and value #>> '{}' ~ '^[0-9]+([.][0-9]+)?$' then (
    select regexp_replace(p.part[1], '(\d)(?=(\d{3})+$)',
                          case lang when 'en' then '\1,' else '\1.' end, 'g')
           || coalesce(case lang when 'en' then '.' else ',' end || p.part[2], '')
    from (select string_to_array(pub.rupiah((value #>> '{}')::numeric), '.')) p (part))
  when kind = 'date' and value #>> '{}' ~ '^\d{4}-\d{2}' then (
    select concat_ws(' ', ltrim(p.part[3], '0'), pub.month_name(lang, p.part[2]::integer),
                     p.part[1])
    from (select string_to_array(value #>> '{}', '-')) p (part))
  else pub.written(lang, kind, value) end;

-- A few letters that stand for a value. A form sends those of what it was made from: who changed
-- what since then follows from them.
create or replace function pub.mark(kind text, value jsonb) returns text
language sql immutable parallel safe
return left(encode(sha256(convert_to(coalesce(pub.written('en', kind, nullif(value, '""')), ''),
                                     'UTF8')), 'hex'), 12);
