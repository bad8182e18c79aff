-- The fields of a quick win. Another one is a column of data.win_version (sql/schema/62_win.sql and
-- a file in sql/change), a line here, and where the public reads it one in pub.win_story,
-- page.quickwin and templates/quickwin.html.

-- The fields that people write, in the order of forms and records, with what they are called and
-- what helps to fill them. `said`: it belongs to a version; the dimension belongs to the record.
create or replace view pub.win_field as
select f.ord, f.name, f.kind, f.needed, f.part, f.name <> 'dimension' as said,
       f.name_id, f.name_en, f.help_id, f.help_en
from (values
  (1, 'title', 'line', true, 'core', 'Nama program', 'Name of the programme',
   'Seperti dikenal warga, misalnya “Bank sampah kelurahan”.',
   'As residents know it, such as “Bank sampah kelurahan”.'),
  (2, 'dimension', 'choice', true, 'core', 'Dimensi', 'Dimension',
   'Satu yang paling pas; asesor membacanya lebih dulu di situ.',
   'The one that fits best; assessors look for it there first.'),
  (3, 'summary', 'prose', true, 'core', 'Ringkasan', 'Summary',
   'Satu atau dua kalimat yang bisa dibaca tanpa penjelasan lain.',
   'One or two sentences that can be read on their own.'),
  (4, 'problem', 'prose', true, 'story', 'Masalah yang dijawab', 'Problem addressed',
   'Apa yang dulu menyulitkan, dan siapa yang merasakannya.',
   'What used to be hard, and for whom.'),
  (5, 'solution', 'prose', true, 'story', 'Yang dikerjakan', 'What was done',
   'Apa yang dikerjakan, dan apa yang sekarang bisa dilakukan warga.',
   'What was done, and what residents can do now.'),
  (6, 'needs', 'prose', false, 'story', 'Yang diperlukan', 'What it takes',
   'Orang, alat, aturan, dan waktu; daerah lain menyiapkannya lebih dulu.',
   'People, tools, rules and time; others prepare these first.'),
  (7, 'agency', 'line', true, 'story', 'Perangkat daerah', 'Agency',
   'Yang mengelola sehari-hari.', 'Who runs it from day to day.'),
  (8, 'started', 'date', false, 'story', 'Mulai berjalan', 'Running since',
   'Tahun saja pun boleh: 2024, Maret 2024, atau 31 Maret 2024.',
   'The year alone will do: 2024, March 2024 or 31 March 2024.'),
  (9, 'progress', 'choice', false, 'story', 'Keadaan sekarang', 'How it stands',
   'Apa adanya; yang dihentikan pun berguna bagi daerah lain.',
   'As it is; what was stopped is of use to others too.'),
  (10, 'criterion', 'choice', false, 'story', 'Kriteria yang dijawab', 'Criterion it serves',
   'Bagian penilaian yang terutama naik karena program ini.',
   'The part of the evaluation that rises most with this programme.'),
  (11, 'cost', 'amount', false, 'figures', 'Biaya', 'Cost',
   'Sampai sekarang, dalam rupiah, misalnya 150.000.000 atau 3,5 juta.',
   'So far, in rupiah, such as 150,000,000 or 3.5 million.'),
  (12, 'figure', 'line', false, 'figures', 'Yang diukur', 'What was measured',
   'Dengan satuannya, misalnya “lama mengurus izin, hari”.',
   'With its unit, such as “time for a permit, days”.'),
  (13, 'figure_before', 'number', false, 'figures', 'Sebelum', 'Before',
   'Angkanya sebelum program berjalan.', 'The figure before the programme.'),
  (14, 'figure_after', 'number', false, 'figures', 'Sesudah', 'After',
   'Angkanya sekarang.', 'The figure now.'),
  (15, 'figure_source', 'line', false, 'figures', 'Sumber angka', 'Sources of the figures',
   'Laporan, sistem, atau survei yang memuat angka itu.',
   'The report, system or survey that has this figure.'),
  (16, 'lesson', 'prose', false, 'sharing', 'Pelajaran', 'Lessons',
   'Apa yang lain kali akan dikerjakan dengan cara lain.'
     ' Bagian ini paling berguna bagi daerah lain.',
   'What you would do differently next time. Nothing helps other regions more.'),
  (17, 'contact', 'line', false, 'sharing', 'Kontak', 'Contact',
   'Unit dan alamat dinas, bukan nomor pribadi: isian ini terbaca umum.',
   'A unit and an official address, no personal number: the public reads this.'),
  (18, 'links', 'links', false, 'sharing', 'Tautan', 'Links',
   'Satu alamat situs tiap baris, paling banyak sepuluh.',
   'One web address a line, at most ten.'),
  (19, 'partners', 'prose', false, 'sharing', 'Mitra yang dicari', 'Partners sought',
   'Daerah seperti apa yang diajak mencoba bersama.',
   'What kind of region you would like to try it with.'),
  (20, 'copied', 'win', false, 'copy', 'Meniru quick win', 'Copies the quick win',
   'Alamat atau nomor halaman quick win daerah lain yang ditiru.',
   'Address or number of the page of another region''s quick win.'),
  (21, 'changed', 'prose', false, 'copy', 'Yang kami ubah', 'What we changed',
   'Yang dikerjakan dengan cara lain daripada di daerah asalnya, dan sebabnya.',
   'What is done in another way than where it comes from, and why.')
) f (ord, name, kind, needed, part, name_id, name_en, help_id, help_en);

-- How a quick win stands.
create or replace view pub.win_progress as
select p.ord, p.code, p.name_id, p.name_en
from (values (1, 'planned', 'Direncanakan', 'Planned'), (2, 'tried', 'Diuji coba', 'Being tried'),
             (3, 'running', 'Berjalan', 'Running'), (4, 'stopped', 'Dihentikan', 'Stopped'))
  p (ord, code, name_id, name_en);

-- What may be chosen in a field; criteria are those of the newest real round.
create or replace function pub.win_choices(lang text, field text)
returns table (ord integer, code text, name text)
language sql stable
begin atomic
  select d.ord, d.code::text, pub.pick(lang, d.name_id, d.name_en)
  from pub.dimension d where win_choices.field = 'dimension'
  union all
  select p.ord, p.code, pub.pick(lang, p.name_id, p.name_en)
  from pub.win_progress p where win_choices.field = 'progress'
  union all
  select c.part_ord, c.code, pub.pick(lang, c.name_id, c.name_en)
  from pub.publication p
  join pub.criterion c on c.publication = p.id and c.part_ord is not null
  where win_choices.field = 'criterion' and p.standard;
end;

-- What the office says again and again when it sends something back; cities read the Indonesian.
create or replace view pub.standard_reason as
select s.ord, s.code, s.text, s.name_en
from (values
  (1, 'source', 'Angkanya belum bersumber: sebutkan laporan, sistem, atau survei yang memuatnya.',
   'The figures have no source: name the report, system or survey that has them.'),
  (2, 'result', 'Hasilnya belum terukur: tulis apa yang diukur, sebelum dan sesudahnya.',
   'The result is not measured: say what was measured, before and after.'),
  (3, 'problem', 'Masalahnya belum jelas: siapa yang merasakannya, dan apa yang menyulitkan.',
   'The problem is not clear: who has it, and what is hard.'),
  (4, 'steps', 'Langkahnya belum cukup untuk ditiru daerah lain: tulis apa yang dikerjakan.',
   'The steps are not enough for others to copy: write what was done.'),
  (5, 'private', 'Ada data pribadi: ganti dengan unit dan alamat dinas.',
   'There is personal data: name a unit and an official address instead.'),
  (6, 'picture', 'Berkasnya belum menunjukkan programnya: tambahkan foto atau dokumen.',
   'The files do not show the programme yet: add a photo or a document.')
) s (ord, code, text, name_en);

-- Quick wins that came from another source and that their cities keep now: since when, and when
-- what they say themselves was published.
create or replace view pub.win_kept as
select w.public_id as id, w.claimed_at as kept_at,
       case when w.published > 1 then v.decided_at end as renewed_at
from data.win w
left join data.win_version v on v.win = w.id and v.n = w.published
where w.claimed is not null;

-- Quick wins that are not shown any more.
create or replace view pub.win_gone as
select g.quick_win as id, g.region, r.name as city, g.by_office, g.at, g.reason, g.kept
from data.win_gone g
join data.region r on r.code = g.region;

-- What cities tell about their published quick wins beside what every quick win has. The number is
-- that of the public page.
create or replace view pub.win_story as
select w.public_id as id, v.problem, v.solution, v.started, v.cost, v.figure, v.figure_before,
  v.figure_after, v.figure_source, v.lesson, v.contact,
       v.links, v.partners, v.needs, v.progress, v.criterion, v.copied, v.changed
from data.win w
join data.win_version v on v.win = w.id and v.n = w.published;
