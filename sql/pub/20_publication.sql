-- Publications with their tree, participants and results. A round without a publication is not here.

create or replace view pub.publication as select * from data.read_publication;
create or replace view pub.criterion as select * from data.read_criterion;
create or replace view pub.field as select * from data.read_group;
create or replace view pub.entrant as select * from data.read_entrant;
create or replace view pub.result as select * from data.read_result;
create or replace view pub.change as select * from data.read_change;

create or replace view pub.edge as
select p.id as publication, e.parent, e.child, e.weight, e.ord
from data.read_publication p
join data.criterion_edge e on e.method = p.method;
