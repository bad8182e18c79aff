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

-- What a region has where they meet, and region `mine`. `place`: 1 is the lowest of its dimension.
create or replace function pub.matrix_cells(
  lang text, publication integer, region text, mine text)
returns table (part text, part_ord integer, part_name text, "row" text, dimension text,
               dimension_ord integer, dimension_name text, value numeric, shown numeric,
               status text, median numeric, better numeric, place bigint, own numeric)
language sql stable
begin atomic
  select p.code, p.part_ord, pub.pick(lang, p.name_id, p.name_en), d.code, d.dimension,
         d.dimension_ord, pub.pick(lang, d.name_id, d.name_en), s.value, s.shown, s.status,
         case when pub.enough(f.ranked, s.value) then trim_scale(f.median) end,
         s.value * o.direction,
         rank() over (partition by d.code order by s.value * o.direction nulls last),
         w.shown
  from pub.crossings(matrix_cells.publication) x
  join pub.publication o on o.id = matrix_cells.publication
  join pub.criterion p on p.publication = o.id and p.code = x.part
  join pub.criterion d on d.publication = o.id and d.code = x.dimension
  join pub.result s
    on s.publication = o.id and s.region = matrix_cells.region and s.criterion = x.child
  join pub.group_stat f
    on f.publication = o.id and f.criterion = x.child and f."group" = s."group"
  left join pub.result w
    on w.publication = o.id and w.region = matrix_cells.mine and w.criterion = x.child;
end;

-- The matrix of a region, when it has a value there: heads are the components with their values,
-- rows the dimensions. `marked_shown`: what region `mine` has there.
create or replace function pub.matrix(lang text, publication integer, region text, mine text)
returns setof json
language sql stable
begin atomic
  with crossing as materialized (
    select * from pub.matrix_cells(lang, matrix.publication, matrix.region, matrix.mine)
  )
  select row_to_json(x) from (
    select exists (select from crossing c where c.median is not null) as compared,
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
                               k.status as status_word, k.median, k.own as marked_shown
                        from crossing k where k.row = c.row order by k.part_ord) y) as cells
              from (select distinct k.row, k.dimension, k.dimension_ord, k.dimension_name
                    from crossing k) c
              left join pub.result s
                on s.publication = matrix.publication and s.region = matrix.region
                   and s.criterion = c.row
              order by c.dimension_ord, c.row) item) as rows
    where exists (select from crossing c where c.value is not null)) x;
end;

-- What it shows: the lowest of all, and the component that is the lowest one in more than half of
-- the dimensions, in `times` of the `rows_told` that have a value.
create or replace function pub.matrix_finding(lang text, publication integer, region text)
returns setof json
language sql stable
begin atomic
  with crossing as materialized (
    select *
    from pub.matrix_cells(lang, matrix_finding.publication, matrix_finding.region, null) c
    where c.value is not null
  )
  select row_to_json(x) from (
    select c.part_name as low_part,
           c.dimension_name as low_dimension,
           c.shown as low_shown,
           l.part_name as lowest_part,
           l.times,
           n.rows_told
    from (select count(distinct k.row) as rows_told from crossing k) n
    cross join lateral (
      select * from crossing k order by k.better, k.dimension_ord, k.part_ord limit 1) c
    left join lateral (
      select k.part_name, count(*) as times
      from crossing k
      where k.place = 1
      group by k.part, k.part_name, k.part_ord
      having 2 * count(*) > n.rows_told
      order by count(*) desc, k.part_ord
      limit 1) l on true) x;
end;
