-- Every measure of a published figure. `unit` says what its value is: a score on the programme's
-- scale, a rank, a percentage of completion (never a score), a difference between two scores, or a
-- target that the region set for itself. What each component is about is said in a few words.
create or replace view pub.measure as
select code, ord, unit, name_id, name_en, about_id, about_en
from (values
  ('overall',                     1, 'score',      'Nilai akhir',
   'Overall score'),
  ('improvement',                 2, 'difference', 'Perubahan dari tahun sebelumnya',
   'Change from the year before'),
  ('target',                      3, 'target',     'Target daerah',
   'The region''s own target'),
  ('national_rank',               4, 'rank',       'Peringkat nasional',
   'National rank'),
  ('national_rank_in_group',      5, 'rank',       'Peringkat nasional dalam kelompok',
   'National rank in its group'),
  ('provincial_rank',             6, 'rank',       'Peringkat di provinsi',
   'Rank in its province'),
  ('regency_rank_in_group',       7, 'rank',       'Peringkat antarkabupaten dalam kelompok',
   'Rank among regencies of its group'),
  ('baseline',                    8, 'score',      'Baseline',
   'Baseline'),
  ('output',                      9, 'score',      'Output',
   'Output'),
  ('output_policy',              10, 'score',      'Output: kebijakan',
   'Output: policy'),
  ('outcome',                    11, 'score',      'Outcome',
   'Outcome'),
  ('impact',                     12, 'score',      'Impact',
   'Impact'),
  ('quick_win',                  13, 'score',      'Quick win',
   'Quick win'),
  ('collaboration_program',      14, 'score',      'Program kolaborasi',
   'Collaboration programme'),
  ('governance',                 15, 'score',      'Governance',
   'Governance'),
  ('branding',                   16, 'score',      'Branding',
   'Branding'),
  ('economy',                    17, 'score',      'Economy',
   'Economy'),
  ('living',                     18, 'score',      'Living',
   'Living'),
  ('society',                    19, 'score',      'Society',
   'Society'),
  ('environment',                20, 'score',      'Environment',
   'Environment'),
  ('program_completion_pct',     21, 'percent',    'Program yang terlaksana',
   'Programmes carried out'),
  ('action_plan_completion_pct', 22, 'percent',    'Rencana aksi yang terlaksana',
   'Action plan carried out'),
  ('realization_pct_governance', 23, 'percent',    'Program governance yang terlaksana',
   'Governance programmes carried out'),
  ('realization_pct_branding',   24, 'percent',    'Program branding yang terlaksana',
   'Branding programmes carried out'),
  ('realization_pct_economy',    25, 'percent',    'Program economy yang terlaksana',
   'Economy programmes carried out'),
  ('realization_pct_living',     26, 'percent',    'Program living yang terlaksana',
   'Living programmes carried out'),
  ('realization_pct_society',    27, 'percent',    'Program society yang terlaksana',
   'Society programmes carried out'),
  ('realization_pct_environment', 28, 'percent',   'Program environment yang terlaksana',
   'Environment programmes carried out')
) measure (code, ord, unit, name_id, name_en)
left join (values
  ('baseline',  'kondisi awal dan kemajuan',      'starting point and progress'),
  ('output',    'kebijakan, lembaga, anggaran',   'policy, institutions, budget'),
  ('outcome',   'pelaksanaan rencana induk',      'carrying out the master plan'),
  ('impact',    'manfaat bagi warga',             'benefit for people'),
  ('quick_win', 'program percepatan',             'programmes that go first')
) about (code, about_id, about_en) using (code);

-- A group's median is told when it lies in at least five others.
create or replace function pub.enough(ranked integer, own numeric) returns boolean
language sql immutable parallel safe
return ranked - (own is not null)::integer >= 5;

-- The code that packages of the real years give the criterion of a measure.
create or replace function pub.criterion_of(measure text) returns text
language sql immutable parallel safe
return case measure when 'overall' then 'index' else measure end;

-- What a group is called within a sentence: those that rounds and sources name by a word of theirs
-- are said in full, others stay as they are.
create or replace function pub.group_said(lang text, name text) returns text
language sql immutable parallel safe
return case
  when name in ('umum', 'reguler') then pub.pick(lang, 'peserta reguler', 'regular participants')
  when name ~ '^kohort \d{4}$'
    then pub.pick(lang, 'peserta angkatan ' || right(name, 4), right(name, 4) || ' cohort')
  else name end;
