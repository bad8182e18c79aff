-- The facts an instance starts with. For an empty database only: a second run fails on the primary keys.
-- psql's working directory is the folder sql/, because \copy looks for its files there.
set role tolok_owner;

\copy data.province (code, slug, name) from 'data/provinces.csv' with (format csv, header match)
\copy data.region (code, slug, name, kind, province, population, area_km2, latitude, longitude) from 'data/regions.csv' with (format csv, header match)
\copy data.cohort (region, year, evidence, source) from 'data/cohorts.csv' with (format csv, header match)
\copy data.dimension (code, ord, name_id, name_en, about_id, about_en) from 'data/dimensions.csv' with (format csv, header match)
\copy data.published_figure (id, region, year, measure, value, rank_scope, "group", denominator, confidence, note, source) from 'data/published_figures.csv' with (format csv, header match)
\copy data.topic (code, ord, name_id, name_en, words) from 'data/topics.csv' with (format csv, header match)
\copy data.quick_win (id, region, dimension, title, summary, agency, year, source) from 'data/quick_wins.csv' with (format csv, header match)

update data.region set source = 'Kepmendagri 300.2.2-2430/2025; Dukcapil, semester II 2024; BIG, Desember 2024';

-- A region that was selected twice counts from its first year; a year that sources dispute does not count.
update data.region r
set cohort_year = first.year
from (select region, min(year) as year from data.cohort where evidence <> 'conflicting' group by region) first
where r.code = first.region;

-- The portal's fifty. The name stands in the file for people who edit it, and must be the name of its code.
create temporary table member (region text primary key, name text not null);
\copy member (region, name) from 'data/members.csv' with (format csv, header match)
update data.region r set member = true from member m where r.code = m.region and r.name = m.name;
do $$
begin
  if (select count(*) from member) <> (select count(*) from data.region where member) then
    raise exception 'data/members.csv names a region that data/regions.csv does not have';
  end if;
end $$;
drop table member;

analyze data.region, data.published_figure, data.quick_win;
reset role;
