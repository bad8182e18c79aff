-- What the words of places, offices and quick wins become before they are compared.

-- Other names under which a region or its province is looked for; NULL when there are none.
create or replace function act.place_words(region text) returns text
language sql immutable
return (
  select string_agg(p.words, ' ')
  from (values ('13', 'sumbar'), ('12', 'sumut'), ('16', 'sumsel'), ('19', 'babel'),
        ('21', 'kepri'), ('31', 'dki'), ('32', 'jabar'), ('33', 'jateng'),
               ('34', 'jogja yogya diy'), ('35', 'jatim'), ('52', 'ntb'), ('53', 'ntt'),
               ('61', 'kalbar'), ('62', 'kalteng'), ('63', 'kalsel'),
               ('64', 'kaltim'), ('65', 'kaltara'), ('71', 'sulut'), ('72', 'sulteng'),
               ('73', 'sulsel'), ('74', 'sultra'), ('76', 'sulbar'),
               ('33.72', 'solo')) p (code, words)
  where p.code in (region, left(region, 2)));

-- One name for an office that sources write in several ways: without its region, short names in
-- full, and the same for offices that differ from region to region only in what else they do.
create or replace function act.agency_name(agency text) returns text
language sql immutable
return (
  with bare as (select btrim(regexp_replace(agency, ' (Kota|Kabupaten) .*$', '')) as name)
  select coalesce((
    select f.name
    from (values
      ('dis(kominfo|kominfosantik)|din(as )?kominfo|dinas komunikasi dan informatika.*',
       'Dinas Komunikasi dan Informatika'),
      ('dlh|dinas lingkungan hidup.*', 'Dinas Lingkungan Hidup'),
      ('disdukcapil|dinas dukcapil', 'Dinas Kependudukan dan Pencatatan Sipil'),
      ('(dinkes|dinas kesehatan)( p2kb|,? pengendalian .*)?|dkp2kb', 'Dinas Kesehatan'),
      ('dishub', 'Dinas Perhubungan'),
      ('bapenda|bpkpd|badan pendapatan daerah', 'Badan Pendapatan Daerah'),
      ('dpmptsp', 'Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu'),
      ('disperkim|dinas perumahan( rakyat)?,?( dan)? kawasan permukiman.*',
       'Dinas Perumahan dan Kawasan Permukiman'),
      ('dpu[pt]r|dinas pekerjaan umum( dan|,)? (penataan|tata) ruang.*',
       'Dinas Pekerjaan Umum dan Penataan Ruang'),
      ('dis(budpar|parpora|par)|dinas (kebudayaan dan )?pariwisata.*', 'Dinas Pariwisata'),
      ('disdik(bud)?|dinas pendidikan.*', 'Dinas Pendidikan'),
      ('dinas koperasi.*|dinkop.*', 'Dinas Koperasi dan Usaha Mikro'),
      ('disnaker|dinas tenaga kerja.*', 'Dinas Tenaga Kerja'),
      ('distan|dinas( ketahanan pangan dan)? pertanian.*', 'Dinas Pertanian'),
      ('(upt )?puskesmas .*', 'Puskesmas'),
      ('rsud .*', 'RSUD')) f (pattern, name)
    where bare.name ~* ('^(' || f.pattern || ')$')), bare.name)
  from bare);

-- What short names that people do not know by heart stand for; NULL where a text has none.
create or replace function act.long_names(plain text) returns text
language sql immutable
return (
  select string_agg(l.words, ' ')
  from (values ('rsud', 'rumah sakit'), ('pbb', 'pajak bumi bangunan'),
        ('umkm', 'usaha mikro kecil menengah'), ('ukm', 'usaha kecil menengah'),
               ('umk', 'usaha mikro kecil'), ('ikm', 'industri kecil menengah'),
               ('disdukcapil', 'dinas kependudukan pencatatan sipil'),
               ('diskominfo', 'dinas komunikasi informatika'), ('dlh', 'dinas lingkungan hidup'),
               ('dinkes', 'dinas kesehatan'),
               ('dishub', 'dinas perhubungan'), ('rtlh', 'rumah tidak layak huni'),
               ('tpa', 'tempat pembuangan akhir'),
               ('asn', 'aparatur sipil negara')) l (name, words)
  where l.name = any (string_to_array(long_names.plain, ' ')));

-- The words of a text as a vector: those joined by hyphens once more as one word, as many people
-- write them, and short names in full too.
create or replace function act.vector(text text) returns tsvector
language sql stable
return to_tsvector('pg_catalog.simple', pub.plain(text))
       || to_tsvector('pg_catalog.simple', concat_ws(' ', act.long_names(pub.plain(text)), (
            select string_agg(replace(pub.plain(m[1]), ' ', ''), ' ') from regexp_matches(text,
                   '[[:alnum:]]+(?:-[[:alnum:]]+)+', 'g') m)));

-- What finds the quick wins of a topic by its words: any of them, in a title or a summary.
create or replace function act.topic_query(words text) returns tsquery
language sql stable
return (
  select string_agg(replace(p.words, ' ', ':AB<->') || ':' || p.ending || 'AB', '|')::tsquery
  from (select pub.plain(part) as words, case when btrim(part) like '%*' then '*' else '' end
          as ending
        from string_to_table(topic_query.words, ',') part) p
  where p.words <> '');
