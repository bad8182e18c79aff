-- The regions of the directory with what is newest about each.

-- Every region's newest value of a real round: the value of the round's main criterion, with the round's label.
create or replace function pub.latest_values()
returns table (region text, value numeric, shown numeric, label_id text, label_en text)
language sql stable
begin atomic
  select distinct on (r.region) r.region, r.value, pub.shown(r.value, m.round_step),
         pub.round_label(p.round, p.year, p.simulated, p.title_id), pub.round_label(p.round, p.year, p.simulated, p.title_en)
  from pub.publication p
  join pub.main m on m.method = p.method
  join pub.result r on r.publication = p.id and r.criterion = m.criterion and r.value is not null
  where p.current and not p.simulated
  order by r.region, p.year desc, p.round collate "C" desc;
end;

-- The fifty, and every other kota and kabupaten about which something real was published; regions that only a package
-- knows stand on the pages of their rounds alone. All of them are public, as pub.region has it. Every word asked for must be part of the name, the province or the code.
create or replace function pub.directory(words text, province text, kind text)
returns table (region text, slug text, name text, kind text, province text, province_slug text, province_name text,
               member boolean, latitude numeric, longitude numeric, value numeric, shown numeric, label_id text, label_en text)
language sql stable
begin atomic
  select r.code, r.slug, r.name, r.kind, r.province, r.province_slug, r.province_name, r.member, r.latitude, r.longitude,
         l.value, l.shown, l.label_id, l.label_en
  from pub.place r
  left join pub.latest_values() l on l.region = r.code
  where r.kind is not null
    and (r.member or l.value is not null or exists (select from pub.figure f where f.region = r.code)
                  or exists (select from pub.quick_win w where w.region = r.code))
    and (directory.province is null or r.province_slug = directory.province)
    and (directory.kind is null or r.kind = directory.kind)
    and not exists (
      select from regexp_split_to_table(lower(directory.words), '[[:space:]]+') word
      where position(word in lower(concat_ws(' ', r.name, r.province_name, r.code))) = 0);
end;

-- Whether a place lies in the map's close-up, from Java to Lombok.
create or replace function pub.near(longitude numeric, latitude numeric) returns boolean
language sql immutable parallel safe
return pub.map_x(longitude) between 22.13 and 47.66 and pub.map_y(latitude) between 67.22 and 87.22;
