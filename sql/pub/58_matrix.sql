-- The matrix: where every component of the main criterion meets every one of the dimensions, what
-- lies there.

-- For each component and dimension of a publication the criterion that counts under both. No rows
-- when one of them meets another in none or in several, or when there are fewer than two of either.
create or replace function pub.crossings(publication integer)
returns table (part text, dimension text, child text)
language sql stable
begin atomic
  with part as materialized (
    select c.code from pub.criterion c
    where c.publication = crossings.publication and c.part_ord is not null and c.dimension is null
  ), dimension as materialized (
    select c.code from pub.criterion c
    where c.publication = crossings.publication and c.part_ord is null and c.dimension is not null
  ), met as materialized (
    select p.parent as part, d.parent as dimension, p.child
    from pub.edge p
    join pub.edge d on d.publication = p.publication and d.child = p.child
    where p.publication = crossings.publication and p.parent in (select code from part)
      and d.parent in (select code from dimension)
  )
  select m.part, m.dimension, m.child
  from met m
  cross join lateral (
    select (select count(*) from part) as parts, (select count(*) from dimension) as dimensions,
           (select count(*) from met) as all_of_them,
           (select count(distinct (n.part, n.dimension)) from met n) as pairs) n
  where n.parts > 1 and n.dimensions > 1 and n.pairs = n.parts * n.dimensions
    and n.all_of_them = n.pairs;
end;

-- The matrix of a region, when it has a value there: heads are the components with their values,
-- rows the dimensions. `lowest_part` is the component that is lowest in more than half of the
-- dimensions, `times` in how many; `low` and `high` are the ends of all.
create or replace function pub.matrix(lang text, publication integer, region text)
returns setof json
language sql stable
begin atomic
  with crossing as materialized (
    select p.code as part, p.part_ord, pub.pick(lang, p.name_id, p.name_en) as part_name,
           d.code as row, d.dimension, d.dimension_ord,
           pub.pick(lang, d.name_id, d.name_en) as dimension_name,
           s.value, s.shown, s.status,
           case when pub.enough(f.ranked, s.value) then trim_scale(f.median) end as median,
           rank() over (partition by d.code order by s.value * o.direction nulls last) as place
    from pub.crossings(matrix.publication) x
    join pub.publication o on o.id = matrix.publication
    join pub.criterion p on p.publication = o.id and p.code = x.part
    join pub.criterion d on d.publication = o.id and d.code = x.dimension
    join pub.result s
      on s.publication = o.id and s.region = matrix.region and s.criterion = x.child
    join pub.group_stat f
      on f.publication = o.id and f.criterion = x.child and f."group" = s."group"
  ), least as (
    select c.part_name, count(*) as times
    from crossing c
    where c.place = 1 and c.value is not null
    group by c.part, c.part_name
    having 2 * count(*) > (select count(distinct k.row) from crossing k where k.value is not null)
    order by count(*) desc, min(c.part_ord)
    limit 1
  )
  select row_to_json(x) from (
    select l.part_name as lowest_part,
           l.times,
           (select count(distinct k.row) from crossing k where k.value is not null) as rows_told,
           (select row_to_json(item) from (
              select c.part_name as low_part, c.dimension_name as low_dimension,
                     c.shown as low_shown
              from crossing c join pub.publication o on o.id = matrix.publication
              where c.value is not null
              order by c.value * o.direction, c.dimension_ord, c.part_ord limit 1) item) as low,
           (select row_to_json(item) from (
              select c.part_name as high_part, c.dimension_name as high_dimension,
                     c.shown as high_shown
              from crossing c join pub.publication o on o.id = matrix.publication
              where c.value is not null
              order by c.value * o.direction desc, c.dimension_ord, c.part_ord limit 1) item)
             as high,
           (select count(*) from crossing c where c.median is not null) > 0 as compared,
           (select json_agg(item) from (
              select pub.pick(lang, k.name_id, k.name_en) as head_name,
                     pub.pick(lang, k.about_id, k.about_en) as head_about,
                     k.share, trim_scale(s.value) as head_value, s.shown as head_shown
              from pub.criterion k
              left join pub.result s
                on s.publication = k.publication and s.region = matrix.region
                   and s.criterion = k.code
              where k.publication = matrix.publication and k.code in (select part from crossing)
              order by k.part_ord) item) as heads,
           (select json_agg(item) from (
              select c.dimension, c.dimension_name, trim_scale(s.value) as row_value,
                     s.shown as row_shown,
                     (select json_agg(y) from (
                        select k.part_name as cell_name, trim_scale(k.value) as value, k.shown,
                               k.status as status_word, k.median
                        from crossing k where k.row = c.row order by k.part_ord) y) as cells
              from (select distinct k.row, k.dimension, k.dimension_ord, k.dimension_name
                    from crossing k) c
              left join pub.result s
                on s.publication = matrix.publication and s.region = matrix.region
                   and s.criterion = c.row
              order by c.dimension_ord, c.row) item) as rows
    from (values (1)) one
    left join least l on true
    where exists (select from crossing c where c.value is not null)) x;
end;
