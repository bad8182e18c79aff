-- What pages of the desk read of rounds that are run here. These views show whoever asks what their
-- policies show them (security_invoker); tests/sql/round_rows.sql fails on one that does not.

-- How far each city's dimensions are.
create or replace view pub.round_board with (security_invoker) as
select c.round, c.region, c.dimension, c.part, count(*) as cells,
       count(*) filter (where c.state <> 'open') as answered,
       count(*) filter (where c.complete) as complete,
       count(*) filter (where c.state = 'not_applicable') as not_applicable,
       sum(c.pieces) as pieces, max(c.saved_at) as saved_at
from data.cell c
where not c.aside
group by c.round, c.region, c.dimension, c.part;

-- A city's calendar, in its own zone.
create or replace view pub.round_calendar with (security_invoker) as
select s.round, s.region, s.step, s.opens, s.closes, e.zone,
       s.opens at time zone e.zone as opens_there, s.closes at time zone e.zone as closes_there,
       r.state = 'open' and s.opens <= now() and now() < s.closes as open
from data.city_step s
join data.entrant e on e.round = s.round and e.region = s.region
join data.round_run r on r.round = s.round;
