-- Publications with their round, method, tree, inputs and results. A round without a publication is not here.

create or replace view pub.publication as
select p.id, p.round, p.n, p.id = r.publication as current, p.published_at, p.digest, p.previous_digest,
       i.id as intake, i.title_id, i.title_en, i.year, i.simulated, i.source,
       m.id as method, m.version, m.scale_min, m.scale_max, m.rounding, m.rank_on, m.ties, m.missing,
       m.min_coverage, m.higher_is_better, m.draws, m.weight_spread
from data.publication p
join data.round r on r.code = p.round
join data.intake i on i.id = p.intake
join data.method m on m.id = i.method;

create or replace view pub.criterion as
select p.id as publication, c.code, c.ord, c.height, c.aggregate, c.round_step, c.kind, c.name_id, c.name_en,
       not exists (select from data.criterion_edge e where e.method = c.method and e.child = c.code) as root
from data.publication p
join data.intake i on i.id = p.intake
join data.criterion c on c.method = i.method;

create or replace view pub.edge as
select p.id as publication, e.parent, e.child, e.weight, e.ord
from data.publication p
join data.intake i on i.id = p.intake
join data.criterion_edge e on e.method = i.method;

create or replace view pub.participant as
select p.id as publication, a.region, a.name, a."group"
from data.publication p
join data.participant a on a.intake = p.intake;

create or replace view pub.official as
select p.id as publication, o.region, o.criterion, o.value, o.note, o.source
from data.publication p
join data.official o on o.intake = p.intake;

create or replace view pub.result as
select publication, region, criterion, "group", status, value, exact, computed, official,
       rank, label, "of", rank_low, rank_median, rank_high
from data.result;
