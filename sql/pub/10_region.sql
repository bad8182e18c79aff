-- Regions and facts that the public may see. What is flat and ready for reading comes from the
-- tables data.read_*, which say what their columns mean.

-- A region that has a page. Pages that list regions use pub.directory.
create or replace view pub.region as select * from data.read_region;

create or replace view pub.province as select code, slug, name from data.province;
create or replace view pub.dimension as select code, ord, name_id, name_en, about_id,
  about_en from data.dimension;

create or replace view pub.figure as select * from data.read_figure;
create or replace view pub.quick_win as select * from data.read_win;
create or replace view pub.topic as
select code, ord, name_id, name_en, words, row_version from data.topic;
create or replace view pub.topic_mend as select topic, quick_win, holds from data.topic_mend;
