-- Page corrections: what publications that replaced another changed in it. Without a round those of
-- all real rounds, the newest first; of one round; or one publication of it in full.

create or replace function page.corrections(lang text, putaran text, terbitan integer)
returns setof json
language sql stable
begin atomic
  with edition as (
    select p.id, p.round, p.n, date_trunc('second', p.published_at) as published_at, p.reason,
           p.version,
           nullif(b.version, p.version) as old_version, b.n as old_n,
           pub.pick(lang, p.label_id, p.label_en) as label,
           case when terbitan is null then 10 else 500 end as most
    from pub.publication p
    join pub.publication b on b.id = p.supersedes
    where case when putaran is null then not p.simulated else p.round = putaran end
      and (terbitan is null or p.n = terbitan)
    order by p.id desc
    limit 20
  )
  select row_to_json(d) from (
    select p.simulated,
           p.round,
           pub.pick(lang, p.label_id, p.label_en) as round_label,
           case when terbitan is not null then p.n end as edition,
           p.supersedes is null and terbitan is not null as first,
           (select nullif(count(*), 0)
            from pub.publication k
            where k.supersedes is not null
              and case when asked.round is null then not k.simulated
                       else k.round = asked.round end) as corrections,
           -- Simulated rounds, each with a page of its own.
           (select json_agg(x) from (
              select s.round as mock_round, pub.pick(lang, s.label_id, s.label_en) as mock_label
              from pub.publication s
              where s.current and s.simulated and asked.round is null
              order by s.ord) x) as mocks,
           -- Figures that came by a letter or were put right by one; of a region all on one day.
           (select json_agg(x) from (
              select (f.at at time zone interval '7:00')::date as day,
                     r.slug,
                     coalesce(r.name, f.region) as name,
                     f.year,
                     max(f.new_source) as source,
                     max(f.reason) as reason,
                     json_agg(y order by f.id) as changed
              from (select c.* from pub.fact_change c order by c.id desc limit 200) f
              join pub.measure m on m.code = f.measure
              left join pub.region r on r.code = f.region
              cross join lateral (
                select pub.pick(lang, m.name_id, m.name_en) as measure_name,
                       f.old_value as before_value,
                       case when m.unit = 'rank' then f.old_value
                            else pub.shown(f.old_value, null) end as before_shown,
                       f.old_of as before_of,
                       f.new_value as after_value,
                       case when m.unit = 'rank' then f.new_value
                            else pub.shown(f.new_value, null) end as after_shown,
                       f.new_of as after_of) y
              where putaran is null
              group by f.at, f.region, f.year, r.slug, r.name
              order by f.at desc, f.region) x) as figures,
           (select json_agg(x order by x.publication desc) from (
              select e.id as publication,
                     e.label,
                     e.round as round_code,
                     e.n,
                     e.old_n,
                     e.published_at,
                     e.reason,
                     e.version,
                     e.old_version,
                     k.value_count,
                     k.region_count,
                     k.moved,
                     k.joined,
                     k.gone,
                     case when k.change_count > e.most then k.change_count end as change_count,
                     (select json_agg(y) from (
                        select c.slug,
                               c.name,
                               pub.pick(lang, c.name_id, c.name_en) as criterion_name,
                               c.entered,
                               c.left_out,
                               c.old_value,
                               c.old_shown,
                               c.new_value,
                               c.new_shown,
                               coalesce(c.old_label, '–') as old_label,
                               case when c.old_label is distinct from c.new_label
                                    then coalesce(c.new_label, '–') end as new_label
                        from pub.change c
                        where c.publication = e.id
                        order by c.valued desc, c.ord, c.bare, c.name
                        limit e.most) y) as changes
              from edition e
              cross join lateral (
                select count(*) as change_count,
                       nullif(count(*) filter (
                         where c.valued and not c.entered and not c.left_out), 0) as value_count,
                       count(distinct c.region) filter (
                         where c.valued and not c.entered and not c.left_out) as region_count,
                       nullif(count(*) filter (where not c.valued), 0) as moved,
                       nullif(count(*) filter (where c.entered), 0) as joined,
                       nullif(count(*) filter (where c.left_out), 0) as gone
                from pub.change c
                where c.publication = e.id) k) x) as editions
    from (values (putaran)) asked (round)
    left join pub.chosen(asked.round, terbitan) p on true
    where asked.round is null or p.id is not null) d;
end;
