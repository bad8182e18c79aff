-- The region that a visitor has marked as their own.

-- Which one that is, and what the page has of it: 'valued', 'empty' (it takes part in the
-- publication without a value of the criterion), 'absent' (it takes no part); no word where no
-- publication is asked about. No row when there is no such region.
create or replace function pub.mine(slug text, publication integer, criterion text)
returns setof json
language sql stable
begin atomic
  select row_to_json(x) from (
    select r.slug as mine_slug,
           r.name as mine_name,
           v.shown as mine_shown,
           case when mine.publication is null then null
                when v.value is not null then 'valued'
                when v.region is not null then 'empty'
                else 'absent' end as mine_word
    from pub.region r
    left join pub.result v
      on v.publication = mine.publication and v.criterion = mine.criterion and v.region = r.code
    where r.slug = mine.slug) x;
end;
