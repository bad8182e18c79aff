-- How people write numbers, days, links and texts, and how that is stored and shown again.
begin;
select plan(11);

create function pg_temp.read(lang text, kind text, said text) returns text language sql as $$
  select coalesce('? ' || act.field_fault(m.t, kind), m.t)
  from (select pub.meant(lang, kind, said) #>> '{}') m (t);
$$;
-- What is read otherwise than is expected.
create function pg_temp.wrong(expected text[][]) returns setof text language sql as $$
  select format('%s %s %s: %s', e.c[1], e.c[2], to_json(e.c[3]),
      pg_temp.read(e.c[1], e.c[2], e.c[3]))
  from (select array[expected[n][1], expected[n][2], expected[n][3], expected[n][4]]
        from generate_subscripts(expected, 1) n) e (c)
  where pg_temp.read(e.c[1], e.c[2], e.c[3]) is distinct from e.c[4];
$$;

select is_empty($$select pg_temp.wrong(array[
  ['id', 'amount', 'Rp1.250.000,-', '1250000'], ['id', 'amount', '1.250.000,50', '1250000.50'],
  ['id', 'amount', E'Rp\u00a01.250.000', '1250000'],
      ['id', 'amount', 'Rp. 1.250.000,--', '1250000'],
  ['id', 'amount', '3,5 juta', '3500000'], ['id', 'amount', 'Rp3,5jt', '3500000'],
  ['id', 'amount', '1.250 juta', '1250000000'], ['id', 'amount', 'Rp 2 milyar', '2000000000'],
  ['id', 'amount', '1.250.000 rupiah', '1250000'], ['id', 'amount', '1 250 000', '1250000'],
  ['id', 'amount', E'1\u202f250\u202f000', '1250000'],
      ['id', 'amount', '1,250,000.50', '1250000.50'],
  ['id', 'amount', '12.5', '12.5'], ['id', 'amount', '150.000.000,00', '150000000.00'],
  ['en', 'amount', '1,250,000.50', '1250000.50'], ['en', 'amount', '3.5 million', '3500000'],
  ['en', 'amount', '150.000.000', '150000000']])$$, 'sums of money');
select is_empty($$select pg_temp.wrong(array[
  ['id', 'number', '-2,5', '-2.5'], ['id', 'number', E'\u22122,5', '-2.5'],
  ['id', 'number', '12,5 %', '12.5'], ['id', 'number', '100%', '100'],
  ['id', 'number', '1.250', '1250'], ['id', 'number', '12.5', '12.5'],
  ['id', 'number', '0.125', '0.125'], ['id', 'number', '0.500', '0.500'],
  ['id', 'number', '0,125', '0.125'], ['en', 'number', '0,125', '0.125'],
  ['en', 'number', '1,250.5', '1250.5'], ['en', 'number', '0.125', '0.125'],
  ['id', 'number', '2,5 juta', '2500000']])$$, 'numbers');
select is_empty($$select pg_temp.wrong(array[
  ['id', 'amount', '0.125', '? number'], ['id', 'amount', '0.500', '? number'],
  ['id', 'amount', '00.500', '? number'], ['id', 'number', '00.500', '? number'],
  ['en', 'amount', '0,125', '? number'], ['id', 'amount', '12,500', '? number'],
  ['id', 'amount', '3,500 juta', '? number'], ['en', 'number', '150.000', '? number'],
  ['id', 'number', '1250.000', '? number'], ['id', 'amount', '100%', '? number'],
  ['id', 'amount', '2 M', '? number'], ['id', 'amount', '-5', '? number'],
  ['id', 'amount', '1e6', '? number'], ['id', 'number', '3,5 jam', '? number'],
  ['id', 'number', '1.2.3', '? number'], ['id', 'amount', '5 juta atau lebih', '? number'],
  ['id', 'amount', '99999999999999999999', '? large'],
  ['id', 'amount', '9999999 triliun', '? large']])$$,
  'what could be a thousand times as much, and what is no number, is refused');
select is_empty($$select pg_temp.wrong(array[
  ['id', 'date', '2024', '2024'], ['id', 'date', 'Maret 2024', '2024-03'],
  ['id', 'date', '3/2024', '2024-03'], ['id', 'date', '31 Maret 2024', '2024-03-31'],
  ['id', 'date', '31/3/2024', '2024-03-31'], ['id', 'date', '01.02.2024', '2024-02-01'],
  ['id', 'date', 'Senin, 1 Jan 2024', '2024-01-01'], ['id', 'date', 'Agustus, 2023', '2023-08'],
  ['id', 'date', '1 Pebruari 2020', '2020-02-01'], ['id', 'date', '2024-3-1', '2024-03-01'],
  ['en', 'date', 'March 5th, 2024', '2024-03-05'], ['en', 'date', '5 March 2024', '2024-03-05'],
  ['id', 'date', '31/02/2023', '? date'], ['id', 'date', '03/31/2024', '? date'],
  ['id', 'date', 'kemarin', '? date'], ['id', 'date', '24', '? date'],
  ['id', 'date', '2024-13', '? date']])$$, 'days, months and years');
select is(pub.links_meant(said), links::jsonb, said) from (values
  (E'kedirikota.go.id\nwww.x.id:8080/a?b',
      '["https://kedirikota.go.id", "https://www.x.id:8080/a?b"]'),
  ('https://a.id, https://b.id; <http://c.id/x,y>',
      '["https://a.id", "https://b.id", "http://c.id/x,y"]'),
  ('javascript:alert(1)', '["javascript:alert(1)"]')) l (said, links);
select is_empty($$select pg_temp.wrong(array[
  ['id', 'prose', E'No.\tLayanan\n1\tKTP', E'No. Layanan\n1 KTP'],
  ['id', 'prose', E'satu\u000bdua\u2028tiga\u2029empat', E'satu\ndua\ntiga\nempat'],
  ['id', 'line', E'Antrean\tdaring\u000bdi\u2028kota', 'Antrean daring di kota'],
  ['id', 'line', E'pe\u00adla\u200byan\ufeffan', 'pelayanan'],
  ['id', 'line', E'\u202a+62 354\u202c', '+62 354'], ['id', 'line', E'cafe\u0301', 'café'],
  ['id', 'line', E'Bank\u00a0sampah', 'Bank sampah'],
  ['id', 'line', E'\U0001f468\u200d\U0001f469', E'\U0001f468\u200d\U0001f469']])$$,
  'pasted texts lose what nobody sees');
select is(pub.plain(E'pe\u00adla\u200byanan'), 'pelayanan', 'nor does search see it');
select is_empty($$
  select t from (values
    ('id', 'amount', '1250000.5', '1.250.000,50'), ('en', 'amount', '1250000.5', '1,250,000.50'),
    ('id', 'amount', '150000000.00', '150.000.000'), ('id', 'number', '12.50', '12,5'),
    ('id', 'date', '2024', '2024'), ('id', 'date', '2024-03', 'Maret 2024'),
    ('en', 'date', '2024-03-05', '5 March 2024')) t (lang, kind, stored, shown)
  where pub.typed(t.lang, t.kind, to_jsonb(t.stored)) is distinct from t.shown$$,
  'they are shown as they are typed');
select is_empty($$
  select t.x from (values ('1.250.000,50', 'amount'), ('3,5 juta', 'amount'), ('0.125', 'number'),
    ('Maret 2024', 'date'), ('5 Agustus 2024', 'date')) t (x, kind)
  where pub.mark(t.kind, pub.meant('id', t.kind, t.x))
        <> pub.mark(t.kind, pub.meant('id', t.kind,
        pub.typed('id', t.kind, pub.meant('id', t.kind, t.x))))$$,
  'and what is shown means what is stored');
select * from finish();
rollback;
