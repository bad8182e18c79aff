-- Regions and facts that the public may see.

-- What a region is called and where it lies, whether it is public or not: for what is public about it, which is looked up from
-- there faster than by asking again of every region whether it is public.
create or replace view pub.place as
select r.code, r.slug, r.name, r.kind, r.population, r.area_km2, r.latitude, r.longitude, r.member, r.cohort_year,
       p.code as province, p.slug as province_slug, p.name as province_name
from data.region r
left join data.province p on p.code = r.province;

-- A region is public, and has a page, when it is one of the fifty or something was published about it, be it only a
-- simulated round. Pages that list regions use pub.directory.
create or replace view pub.region as
select r.*
from pub.place r
where r.member
   or exists (select from data.published_figure f where f.region = r.code)
   or exists (select from data.quick_win q where q.region = r.code)
   or exists (select from data.participant a join data.publication b on b.intake = a.intake where a.region = r.code);

create or replace view pub.province as select code, slug, name from data.province;
create or replace view pub.dimension as select code, ord, name_id, name_en, about_id, about_en from data.dimension;

create or replace view pub.figure as
select id, region, year, measure, value, rank_scope, "group", denominator, confidence, note, source
from data.published_figure;

create or replace view pub.quick_win as
select id, region, dimension, title, summary, agency, year, source, search
from data.quick_win;
