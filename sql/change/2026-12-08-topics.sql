-- What quick wins are about, beside their dimension: topics to browse by, which the office mends.
set local role tolok_owner;
create table data.topic (
  code    data.code primary key,          -- part of addresses
  ord     integer not null unique,
  name_id data.line not null check (name_id <> ''),
  name_en data.line not null check (name_en <> ''),
  -- of titles and summaries, separated by commas: 'bank sampah, kompos*', where * is any ending
  words   text not null check (words <> ''),
  row_version integer not null default 1
);

-- What the office says of a quick win against the words: it is about the topic, or it is not.
create table data.topic_mend (
  topic     data.code not null references data.topic,
  quick_win integer not null,             -- also of one that was taken back and may come again
  holds     boolean not null,
  primary key (topic, quick_win)
);

-- Topics of all quick wins follow from both.
create function data.follow_topics() returns trigger language plpgsql as $$
begin
  if to_regprocedure('act.refresh_topics(integer[])') is not null then
    perform act.refresh_topics();
  end if;
  return null;
end $$;
create trigger follow after insert or update or delete or truncate on data.topic
  for each statement execute function data.follow_topics();
create trigger follow after insert or update or delete or truncate on data.topic_mend
  for each statement execute function data.follow_topics();

insert into data.topic (code, ord, name_id, name_en, words) values
  ('sampah', 1, 'Sampah dan limbah', 'Waste',
   'sampah, persampahan, limbah, kebersihan, daur ulang, kompos*, maggot, '
   'tempat pembuangan akhir'),
  ('aduan', 2, 'Aduan warga', 'Complaints',
   'aduan, pengaduan, keluhan, kanal laporan'),
  ('antrean', 3, 'Antrean dan pendaftaran', 'Queues and booking',
   'antre*, antri*, reservasi, pemesanan, pendaftaran rumah sakit, pendaftaran pasien, '
   'pendaftaran kartu, info kamar, ketersediaan kamar'),
  ('pajak', 4, 'Pajak dan retribusi', 'Taxes and levies',
   'pajak, perpajakan, retribusi, pendapatan daerah'),
  ('umkm', 5, 'UMKM dan koperasi', 'Small businesses',
   'umkm, ukm, umk, ikm, usaha mikro, usaha kecil, usaha kreatif, industri kecil, '
   'kredit usaha, pelaku usaha, koperasi, wirausaha, perajin, produk lokal'),
  ('banjir', 6, 'Banjir dan sungai', 'Floods and rivers',
   'banjir, rob, drainase, polder, bantaran, penataan sungai, normalisasi sungai'),
  ('kependudukan', 7, 'Kependudukan', 'Civil registration',
   'kependudukan, adminduk, dukcapil, akta'),
  ('izin', 8, 'Perizinan', 'Permits',
   'izin*, perizinan'),
  ('kesehatan', 9, 'Kesehatan', 'Health',
   'kesehatan, puskesmas, posyandu, dokter, rumah sakit, rsud, ambulans, home care, '
   'gangguan jiwa, obat'),
  ('anak', 10, 'Ibu, anak, gizi', 'Mothers, children, nutrition',
   'ibu hamil, ibu dan anak, balita, gizi, stunting, asi, paud'),
  ('pendidikan', 11, 'Pendidikan dan literasi', 'Education and reading',
   'pendidikan, sekolah, siswa, beasiswa, literasi, membaca, pembelajaran, belajar, '
   'pesantren, english'),
  ('wisata', 12, 'Wisata dan budaya', 'Tourism and culture',
   'wisata, pariwisata, kepariwisataan, wisatawan, budaya, pusaka, heritage, festival, '
   'kerajinan'),
  ('transportasi', 13, 'Transportasi dan parkir', 'Transport and parking',
   'transportasi, angkutan, bus, parkir, kendaraan, jalan'),
  ('darurat', 14, 'Bencana dan keadaan darurat', 'Disasters and emergencies',
   'bencana, kebencanaan, banjir, darurat, kegawatdaruratan, gawat darurat, ambulans, '
   'pemadam'),
  ('terpadu', 15, 'Layanan terpadu', 'One-stop services',
   'layanan terpadu, administrasi terpadu, layanan publik terpadu, pelayanan publik, '
   'layanan publik, satu pintu, satu akun, satu portal, super app, aplikasi super, '
   'aplikasi layanan kota'),
  ('data', 16, 'Data dan peta', 'Data and maps',
   'satu data, integrasi data, analisis data, pemantauan data, geografis, tata ruang, '
   'pusat kendali, command center'),
  ('kantor', 17, 'Kerja pemerintahan', 'Work of the administration',
   'asn, aparatur, perkantoran, persuratan, surat menyurat, tanda tangan elektronik, '
   'kinerja'),
  ('pangan', 18, 'Pertanian, perikanan, pangan', 'Farming, fishing, food',
   'petani, pertanian, perikanan, nelayan, ternak, sapi, pangan, kebun'),
  ('kerja', 19, 'Lapangan kerja', 'Jobs',
   'lowongan kerja, pencari kerja, bursa kerja, tenaga kerja, pelatihan kerja'),
  ('ruang', 20, 'Ruang publik dan permukiman', 'Public space and housing',
   'ruang publik, taman, permukiman, kumuh, rumah tidak layak huni, ruang kreatif'),
  ('energi', 21, 'Energi dan iklim', 'Energy and climate',
   'energi, iklim, gas metan, lpg, solar bersubsidi, penghijauan, pohon, emisi');

-- Made again from the rest.
truncate data.read_win;
alter table data.read_win
  add column size text,
  add column topics text[] not null,
  add column substance integer not null,
  add column measured boolean not null,
  add column picture integer;
reset role;
