-- Words that can be compared, and which of them mean the same.

create or replace view pub.word as
select w.word, w.stem_id, w.stem_en, w.wins, w.told, w.places > 0 as place from data.read_word w;
create or replace view pub.stem as select * from data.read_stem;

-- A text as its words alone: small letters without accents, separated by single spaces.
create or replace function pub.plain(text text) returns text
language sql stable parallel safe
return btrim(regexp_replace(lower(ext.unaccent(text)), '[^[:alnum:]]+', ' ', 'g'));

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

-- A word's stem in Indonesian, or in English.
create or replace function pub.stem_id(word text) returns text
language sql immutable parallel safe
return coalesce((ts_lexize('pg_catalog.indonesian_stem', word))[1], word);

create or replace function pub.stem_en(word text) returns text
language sql immutable parallel safe
return coalesce((ts_lexize('pg_catalog.english_stem', word))[1], word);

-- A pattern for the words of a sentence that say nothing of their own.
create or replace function pub.small_words() returns text
language sql immutable parallel safe
return '\m(dan|di|ke|dari|untuk|yang|dengan|pada|oleh|dalam|bagi|para|ini|itu|adalah|akan'
       '|serta|secara|melalui|tentang|sebagai|lewat|the|of|and|for|in|on|to|a|an|with|by)\M';

-- Words that mean the same for whoever searches: other words of the language, forms whose stem the
-- rules of the stemmer miss, short names of offices, and what visitors of the English pages type. A
-- stem stands for all words that have it.
create or replace view pub.same_words as
select string_to_array(words, ',') as words
from (values
  ('online,daring,elektronik,digital'),
  ('kependudukan,penduduk,adminduk,dukcapil,disdukcapil,population,civil'),
  ('wisata,pariwisata,wisatawan,turis,tourism,tourist'),
  ('kelola,pengelolaan,mengelola,management'),
  ('olah,pengolahan,mengolah,pengolah'),
  ('ekonomi,ekonom,perekonomian,economy'),
  ('aduan,adu,lapor,keluhan,luhan,complaint,report'),
  ('izin,permit,licence,license'),
  ('pajak,tax,taxes'),
  ('retribusi,levy'),
  ('sampah,persampahan,waste,garbage,trash,rubbish'),
  ('limbah,sewage'),
  ('kesehatan,sehat,health'),
  ('rsud,rs,hospital'),
  ('ambulans,ambulan,ambulance'),
  ('darurat,kegawatdaruratan,gawatdarurat,emergency'),
  ('pendidikan,didik,edukasi,education'),
  ('sekolah,school'),
  ('literasi,literacy'),
  ('inggris,english'),
  ('parkir,parking'),
  ('angkutan,angkut,transportasi,transport'),
  ('bus,bis'),
  ('kendaraan,vehicle'),
  ('jalan,road'),
  ('banjir,flood,rob'),
  ('bencana,kebencanaan,disaster'),
  ('sungai,kali,tukad,river'),
  ('hutan,forest,penghijauan'),
  ('iklim,climate'),
  ('energi,listrik,energy,electricity'),
  ('pasar,market'),
  ('petani,tani,pertanian,farmer,agriculture'),
  ('nelayan,perikanan,ikan,fishery,fisherman'),
  ('ternak,sapi,livestock,cattle'),
  ('umkm,ukm,umk,ikm,usaha,msme,business'),
  ('koperasi,cooperative'),
  ('pinjaman,pinjam,kredit,loan,credit'),
  ('kerja,tenaga,job,employment,loker'),
  ('investasi,investment'),
  ('desa,kampung,kelurahan,nagari,village'),
  ('warga,masyarakat,citizen'),
  ('anak,child,children'),
  ('ibu,bumil,mother'),
  ('hamil,bumil,pregnant'),
  ('gratis,free'),
  ('perpustakaan,pustaka,baca,membaca,library,reading'),
  ('budaya,culture'),
  ('pusaka,heritage,warisan'),
  ('rumah,home,house,housing'),
  ('rumah,homecare'),
  ('aplikasi,app,application'),
  ('nontunai,qris,cashless'),
  ('susu,milk'),
  ('air,water'),
  ('lansia,elderly'),
  ('difabel,disabilitas,disability'),
  ('antrean,antrian,antre,queue'),
  ('gizi,stunting,nutrition')) v (words);
