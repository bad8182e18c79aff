-- Quick wins as cities write them: what became of a text, and which others say the same.

-- What became of a text, word for word: pieces in their order, each `kept`, `removed` or `added`.
-- Beginning and end that did not change are found first; a middle that is too long to be compared
-- word for word is removed and added as a whole.
create or replace function pub.changes(old text, new text)
returns table (place integer, piece text, became text)
language plpgsql immutable parallel safe as $$
declare
  a text[] := array(select m[1] from regexp_matches(coalesce(old, ''), '(\S+\s*|\s+)', 'g') m);
  b text[] := array(select m[1] from regexp_matches(coalesce(new, ''), '(\S+\s*|\s+)', 'g') m);
  head integer := 0;
  tail integer := 0;
  n integer;
  m integer;
  common integer[];
  i integer := 1;
  j integer := 1;
  kinds text[] := '{}';
  words text[] := '{}';
begin
  while head < least(cardinality(a), cardinality(b))
        and rtrim(a[head + 1]) = rtrim(b[head + 1]) loop
    head := head + 1;
  end loop;
  while tail < least(cardinality(a), cardinality(b)) - head
        and rtrim(a[cardinality(a) - tail]) = rtrim(b[cardinality(b) - tail]) loop
    tail := tail + 1;
  end loop;
  n := cardinality(a) - head - tail;
  m := cardinality(b) - head - tail;
  if n * m <= 20000 then
    -- common[i, j]: how many words the rests from i and j have in common, row by row.
    common := array_fill(0, array[(n + 1) * (m + 1)]);
    for x in reverse n..1 loop
      for y in reverse m..1 loop
        common[(x - 1) * (m + 1) + y] := case
          when rtrim(a[head + x]) = rtrim(b[head + y]) then common[x * (m + 1) + y + 1] + 1
          else greatest(common[x * (m + 1) + y], common[(x - 1) * (m + 1) + y + 1]) end;
      end loop;
    end loop;
    while i <= n and j <= m loop
      if rtrim(a[head + i]) = rtrim(b[head + j]) then
        kinds := kinds || 'kept'::text;
        words := words || b[head + j];
        i := i + 1;
        j := j + 1;
      elsif common[i * (m + 1) + j] >= common[(i - 1) * (m + 1) + j + 1] then
        kinds := kinds || 'removed'::text;
        words := words || a[head + i];
        i := i + 1;
      else
        kinds := kinds || 'added'::text;
        words := words || b[head + j];
        j := j + 1;
      end if;
    end loop;
  end if;
  kinds := array_fill('kept'::text, array[head]) || kinds
           || array_fill('removed'::text, array[n - i + 1])
           || array_fill('added'::text, array[m - j + 1]) || array_fill('kept'::text, array[tail]);
  words := b[1:head] || words || a[head + i:head + n] || b[head + j:head + m]
           || b[cardinality(b) - tail + 1:];
  return query
  select row_number() over (order by min(w.at))::integer, string_agg(w.word, '' order by w.at),
    w.kind
  from (select u.word, u.kind, u.at,
               u.at - row_number() over (partition by u.kind order by u.at) as run
        from unnest(words, kinds) with ordinality u (word, kind, at)) w
  group by w.kind, w.run;
end $$;

-- Quick wins of one's city that the portal shows from another source, and that nobody has taken
-- over: those that one may take.
create or replace function pub.unkept_wins()
returns table (id integer, title text, dimension text, year integer)
language sql stable
begin atomic
  select q.id, q.title, q.dimension, q.year
  from pub.quick_win q
  where q.region = (select data.actor_region()) and q.id < 10000
    and data.writes_win(q.region, q.dimension, (select data.actor_role()),
                        (select data.actor_region()), (select data.actor_dimensions()))
    and not exists (select from pub.win_kept k where k.id = q.id);
end;

-- Quick wins whose titles are nearly the same: published ones of all regions (`shown`), and those
-- at the desk that the one who asks may read. Those of the same region first, at most five. `desk`
-- is the record at the desk of one that they may write, `takes` says that they may take it over.
create or replace function pub.alike_wins(title text, region text, own integer)
returns table (place bigint, id integer, win text, city text, shown boolean, desk integer,
               takes boolean)
language sql stable
begin atomic
  with wanted as materialized (
    select pub.plain(alike_wins.title) as plain
  ), found as (
    select q.id, q.title, q.name as city, q.region, true as shown,
           ext.similarity(q.plain, t.plain) as likeness,
           (select w.id from data.win w where w.public_id = q.id
            and data.writes_win(w.region, w.dimension, (select data.actor_role()),
                                (select data.actor_region()), (select data.actor_dimensions())))
             as desk
    from wanted t
    -- The index finds those of which three in ten pairs of three letters are the same.
    join pub.quick_win q
      on q.plain operator(ext.%) t.plain and q.id is distinct from (select w.public_id
        from data.win w where w.id = alike_wins.own)
    union all
    select w.id, v.title, coalesce(r.name, w.region), w.region, false,
           ext.similarity(pub.plain(v.title), t.plain),
           case when data.writes_win(w.region, w.dimension, (select data.actor_role()),
                                     (select data.actor_region()),
                                     (select data.actor_dimensions())) then w.id end
    from wanted t
    cross join data.win w
    join data.win_version v on v.win = w.id and v.n = w.newest
                               and v.state not in ('withdrawn', 'joined')
    left join pub.region r on r.code = w.region
    where w.id is distinct from alike_wins.own and w.published is null
  )
  select row_number() over (order by f.region is not distinct from alike_wins.region desc,
                                     f.likeness desc, f.shown, f.id),
         f.id, f.title, f.city, f.shown, f.desk,
         f.shown and exists (select from pub.unkept_wins() u where u.id = f.id)
  from found f
  where f.likeness >= 0.45
  order by 1
  limit 5;
end;
