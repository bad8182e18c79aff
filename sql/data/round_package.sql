-- Writes the round package of one real year from the published figures. Variables: round (its year), dir (an existing folder).
\set ON_ERROR_STOP on
\pset tuples_only on
\pset format unaligned
create temporary table package as select * from act.gather_files(:'round');
do $$
begin
  if not exists (select from package) then
    raise exception 'no published figure of this year can enter a round';
  end if;
end $$;
\o :dir/round.json
select rtrim(body, e'\n') from package where file = 'round.json';
\o :dir/criteria.csv
select rtrim(body, e'\n') from package where file = 'criteria.csv';
\o :dir/regions.csv
select rtrim(body, e'\n') from package where file = 'regions.csv';
\o :dir/marks.csv
select rtrim(body, e'\n') from package where file = 'marks.csv';
\o :dir/official.csv
select rtrim(body, e'\n') from package where file = 'official.csv';
\o
