-- The regions of the directory.

-- The fifty, and every other kota and kabupaten about which something real was published; regions that only a package
-- knows stand on the pages of their rounds alone. Every word asked for must be part of the name, the province or the code.
create or replace function pub.directory(words text, province text, kind text) returns setof pub.region
language sql stable
begin atomic
  select r.*
  from pub.region r
  where r.listed
    and (directory.province is null or r.province_slug = directory.province)
    and (directory.kind is null or r.kind = directory.kind)
    -- The words become patterns once, not once for each region.
    and (directory.words is null or r.words like all (array(
      select '%' || regexp_replace(w.word, '([\\%_])', '\\\1', 'g') || '%' from regexp_split_to_table(lower(directory.words), '[[:space:]]+') w (word))));
end;
