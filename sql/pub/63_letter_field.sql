-- What is asked of a ministry's letter: what stands in its head, and the figures that it may hold.
-- `part` is whose figure it is: its value, the group of a rank, of how many it is.
create or replace view pub.letter_field as
select f.ord, f.name, f.kind, f.box, f.measure, f.part,
       coalesce(f.name_id, m.name_id) as name_id, coalesce(f.name_en, m.name_en) as name_en,
       m.unit
from (values
  (1, 'number', 'line', 'head', null, null, 'Nomor surat', 'Number of the letter'),
  (2, 'issued', 'date', 'head', null, null, 'Tanggal surat', 'Date of the letter'),
  (3, 'publisher', 'line', 'head', null, null, 'Penerbit surat', 'Signed by'),
  (11, 'overall', 'number', 'index', 'overall', 'value', null, null),
  (12, 'improvement', 'number', 'index', 'improvement', 'value', null, null),
  (13, 'baseline', 'number', 'component', 'baseline', 'value', null, null),
  (14, 'output', 'number', 'component', 'output', 'value', null, null),
  (15, 'outcome', 'number', 'component', 'outcome', 'value', null, null),
  (16, 'impact', 'number', 'component', 'impact', 'value', null, null),
  (17, 'quick_win', 'number', 'component', 'quick_win', 'value', null, null),
  (18, 'collaboration_program', 'number', 'component', 'collaboration_program', 'value',
   null, null),
  (21, 'governance', 'number', 'dimension', 'governance', 'value', null, null),
  (22, 'branding', 'number', 'dimension', 'branding', 'value', null, null),
  (23, 'economy', 'number', 'dimension', 'economy', 'value', null, null),
  (24, 'living', 'number', 'dimension', 'living', 'value', null, null),
  (25, 'society', 'number', 'dimension', 'society', 'value', null, null),
  (26, 'environment', 'number', 'dimension', 'environment', 'value', null, null),
  (31, 'national_rank', 'number', 'rank', 'national_rank', 'value', null, null),
  (32, 'national_rank_of', 'number', 'rank', 'national_rank', 'of',
   'dari berapa daerah, secara nasional', 'of how many regions, nationally'),
  (33, 'national_rank_in_group', 'number', 'rank', 'national_rank_in_group', 'value', null, null),
  (34, 'national_rank_in_group_of', 'number', 'rank', 'national_rank_in_group', 'of',
   'dari berapa daerah, dalam kelompok', 'of how many regions, in the group'),
  (35, 'national_rank_in_group_group', 'line', 'rank', 'national_rank_in_group', 'group',
   'Kelompoknya', 'Which group'),
  (36, 'provincial_rank', 'number', 'rank', 'provincial_rank', 'value', null, null),
  (37, 'provincial_rank_of', 'number', 'rank', 'provincial_rank', 'of',
   'dari berapa daerah, di provinsi', 'of how many regions, in the province'),
  (41, 'reason', 'prose', 'reason', null, null, 'Alasan koreksi', 'Reason for the correction')
) f (ord, name, kind, box, measure, part, name_id, name_en)
left join pub.measure m on m.code = f.measure and f.part = 'value';

-- Among whom a rank of that measure is.
create or replace function pub.rank_scope(measure text) returns text
language sql immutable parallel safe
return case measure when 'national_rank' then 'national' when 'provincial_rank' then 'province'
                    when 'national_rank_in_group' then 'group'
                    when 'regency_rank_in_group' then 'group' end;

-- A letter as sources name it.
create or replace function pub.letter_source(number text, issued text, publisher text)
returns text language sql immutable parallel safe
return 'Surat ' || number || ', ' || pub.typed('id', 'date', to_jsonb(issued)) || ', ' || publisher;

-- A group as facts and rounds call it: the year of a cohort by itself, others as they are known.
create or replace function pub.group_meant(said text) returns text
language sql stable
begin atomic
  select coalesce('kohort '
                    || substring(t.said from '^(?:kohort|(?:peserta )?angkatan)? ?(20\d\d)$'),
                  (select min(f."group") from pub.figure f where lower(f."group") = t.said),
                  nullif(t.said, ''))
  from (select lower(regexp_replace(pub.tidy(group_meant.said, false), ' +', ' ', 'g'))) t (said);
end;
