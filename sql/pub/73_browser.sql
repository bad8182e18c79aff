-- Where a session is open.

-- What a browser calls itself, as people call it and the system that it runs on; null where we do
-- not know. Those that pretend to be another one come before that.
create or replace function pub.browser(agent text) returns table (browser text, system text)
language sql immutable
begin atomic
  select (select k.name
          from (values (1, 'Edg(e|A|iOS)?/', 'Edge'), (2, 'OPR/|Opera', 'Opera'),
                       (3, 'SamsungBrowser/', 'Samsung Internet'),
                       (4, 'MiuiBrowser/', 'Mi Browser'), (5, 'UCBrowser/', 'UC Browser'),
                       (6, 'YaBrowser/', 'Yandex'),
                       (7, 'Firefox/|FxiOS/', 'Firefox'), (8, 'Chrom(e|ium)/|CriOS/', 'Chrome'),
                       (9, 'Version/.* Safari/', 'Safari')) k (n, pattern, name)
          where browser.agent ~ k.pattern
          order by k.n
          limit 1),
         (select k.name
          from (values (1, 'Android', 'Android'), (2, 'iPhone', 'iPhone'), (3, 'iPad', 'iPad'),
                       (4, 'Windows', 'Windows'), (5, 'Macintosh|Mac OS X', 'Mac'),
                       (6, 'CrOS', 'ChromeOS'), (7, 'Linux|X11', 'Linux')) k (n, pattern, name)
          where browser.agent ~ k.pattern
          order by k.n
          limit 1);
end;
