-- Publications with their tree, participants and results. A round without a publication is not
-- here.

create or replace view pub.publication as select * from data.read_publication;
create or replace view pub.criterion as select * from data.read_criterion;
create or replace view pub.group_stat as select * from data.read_group;
create or replace view pub.entrant as select * from data.read_entrant;
create or replace view pub.result as select * from data.read_result;
create or replace view pub.change as select * from data.read_change;

create or replace view pub.edge as
select p.id as publication, e.parent, e.child, e.weight, e.ord
from data.read_publication p
join data.criterion_edge e on e.method = p.method;

-- How many people live in a region, in words.
create or replace function pub.population_size(population integer) returns text
language sql immutable parallel safe
return case when population < 250000 then 'kecil' when population < 500000 then 'sedang'
            when population < 1000000 then 'besar' else 'raya' end;

-- Whether a participant passes the filters of a list; NULL is a filter that was not asked for.
-- `digits` are those of pub.island_digits, `patterns` those of the words of a name.
create or replace function pub.passes("group" text, province text, province_slug text, kind text,
                                      population integer, name text, kelompok text, provinsi text,
                                      jenis text, digits text, penduduk text,
                                      patterns text[]) returns boolean
language sql stable parallel safe
return (kelompok is null or "group" = kelompok)
  and (provinsi is null or coalesce(province_slug = provinsi, false))
  and (jenis is null or coalesce(kind = jenis, false))
  and (penduduk is null
       or population is not null and pub.population_size(population) = penduduk)
  and (patterns is null or pub.place_name(name) like all (patterns))
  and pub.on_island(province, digits);
