-- Where a region's newest value lies on its scale: how large its dot on the map is. The code fills it.
alter table data.read_region add column if not exists at numeric;
