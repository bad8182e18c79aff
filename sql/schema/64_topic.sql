-- What quick wins are about, beside their dimension: topics to browse by. A topic is found by
-- words, which the office mends at the desk, as it mends what the words say of a single quick win.
create table data.topic (
  code    data.code primary key,          -- part of addresses
  ord     integer not null unique,
  name_id data.line not null check (name_id <> ''),
  name_en data.line not null check (name_en <> ''),
  -- of titles and summaries, separated by commas: 'bank sampah, kompos*', where * is any ending
  words   text not null check (words <> ''),
  row_version integer not null default 1
);

-- What the office says of a quick win against the words: it is about the topic, or it is not.
create table data.topic_mend (
  topic     data.code not null references data.topic,
  quick_win integer not null,             -- also of one that was taken back and may come again
  holds     boolean not null,
  primary key (topic, quick_win)
);

-- Topics of all quick wins follow from both.
create function data.follow_topics() returns trigger language plpgsql as $$
begin
  if to_regprocedure('act.refresh_topics(integer[])') is not null then
    perform act.refresh_topics();
  end if;
  return null;
end $$;
create trigger follow after insert or update or delete or truncate on data.topic
  for each statement execute function data.follow_topics();
create trigger follow after insert or update or delete or truncate on data.topic_mend
  for each statement execute function data.follow_topics();
