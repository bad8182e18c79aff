-- Where a place lies on the map outline public/indonesia.svg (plate carree, made by
-- etc/map/indonesia.mjs), in percent of its width and height. NULL for a region without a place.
create or replace function pub.map_x(longitude numeric) returns numeric
language sql immutable parallel safe
return round((longitude - 94.5) * 20 / 9.4, 2);

create or replace function pub.map_y(latitude numeric) returns numeric
language sql immutable parallel safe
return round((6.5 - latitude) * 20 / 3.6, 2);

-- Whether a place lies in the map's close-up, from Java to Lombok.
create or replace function pub.near(longitude numeric, latitude numeric) returns boolean
language sql immutable parallel safe
return pub.map_x(longitude) between 22.13 and 47.66 and pub.map_y(latitude) between 67.22 and 87.22;

-- How large a dot is, in percent of the map like an svg's r: the higher the value lies on its scale
-- (percent), the larger. NULL: a ring for a region without a value.
create or replace function pub.map_size(at numeric) returns numeric
language sql immutable parallel safe
return coalesce(round(0.9 + at * 0.007, 2), 1);
