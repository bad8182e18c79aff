-- Participants know their round, so that a region's newest rounds are found without reading all of them. The tables that pages read follow
-- from the others, so that they are made again.
\ir 2026-11-22-tables-for-reading.sql
