-- Words that can be compared, and which of them mean the same.

create or replace view pub.word as
select w.word, w.stem_id, w.stem_en, w.wins, w.told, w.places > 0 as place from data.read_word w;
create or replace view pub.stem as select * from data.read_stem;

-- A text as its words alone: small letters without accents, separated by single spaces. Soft
-- hyphens and signs without a width separate nothing.
create or replace function pub.plain(text text) returns text
language sql stable parallel safe
return btrim(regexp_replace(
  lower(ext.unaccent(translate(text, U&'\00AD\200B\200C\200D\200E\200F\2060\FEFF', ''))),
  '[^[:alnum:]]+', ' ', 'g'));

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
