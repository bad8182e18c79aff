-- Records of publications, each with the digest of the one before. What was published before gets
-- its record here, in order; what the head of the trail was then is not known.
set local role tolok_owner;
create table data.record (
  seq         integer primary key check (seq > 0),
  publication integer not null unique references data.publication,
  record      text not null,
  digest      data.sha256 not null unique
);
do $$
declare
  p record;
  place integer := 0;
  before text;
  text text;
begin
  for p in select x.* from data.publication x join data.intake i on i.id = x.intake
           where not i.simulated order by x.id loop
    place := place + 1;
    text := (
      select '{' || string_agg(to_json(f.key) || ':' || coalesce(to_json(f.value)::text, 'null'),
                               ',' order by f.key collate "C") || '}'
      from (values ('format', 'tolok-record/1'), ('seq', place::text), ('round', p.round::text),
                   ('edition', p.n::text),
                   ('published', to_char(p.published_at at time zone 'UTC',
                                         'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
                   ('package', p.digest), ('supersedes', (
                     select r.digest from data.record r where r.publication = p.supersedes)),
                   ('reason', p.reason), ('previous', before), ('trail', null)) f (key, value));
    before := data.digest_of(text);
    insert into data.record (seq, publication, record, digest) values (place, p.id, text, before);
  end loop;
end $$;
create trigger immutable before update or delete or truncate on data.record
  for each statement execute function data.refuse_change();

-- Made again from the rest.
truncate data.read_publication;
alter table data.read_publication add column record text;
reset role;
