#!/usr/bin/env python3
"""How far regions are apart, calculated once more from the files of sql/data: what pages call
similar does not depend on which other regions there are, and no region is its own neighbour."""
import csv
import json
import math
import os
import sys
from decimal import ROUND_HALF_UP, Decimal

tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.append(tests)
from psql import Session
from tap import done, is_, none, ok

WEIGHTS = {
    'population': '1',
    'area': '0.25',
    'density': '0.5',
    'kind': '1',
    'island': '0.5',
    'cohort': '0.5',
}
CENT = Decimal('0.01')
REACH = Decimal('3.5')
data = os.path.join(os.path.dirname(tests), 'sql', 'data')


def rows(name):
    with open(os.path.join(data, name), encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))


regions = {row['code']: row for row in rows('regions.csv')}
selected = {}
for row in rows('cohorts.csv'):
    selected[row['region']] = min(int(row['year']), selected.get(row['region'], 9999))


def doublings(a, b):
    return Decimal(abs(math.log2(a / b)))


def shares(one, other, year):
    """What each factor adds to the distance of two regions, as of a year or of today."""
    a, b = regions[one], regions[other]
    people = [int(r['population']) for r in (a, b)]
    size = [float(Decimal(r['area_km2']).quantize(Decimal('0.1'), ROUND_HALF_UP)) for r in (a, b)]
    since = [selected.get(code) for code in (one, other)]
    since = [s if s and (year is None or s <= year) else None for s in since]
    if None in since:
        years = Decimal(0 if since == [None, None] else 1)
    else:
        years = min(Decimal(abs(since[0] - since[1])) / 4, Decimal(1))
    raw = {
        'population': doublings(*people),
        'area': doublings(*size),
        'density': doublings(people[0] / size[0], people[1] / size[1]),
        'kind': Decimal(a['kind'] != b['kind']),
        'island': Decimal(a['province'][0] != b['province'][0]),
        'cohort': years,
    }
    return {
        name: (value * Decimal(WEIGHTS[name])).quantize(CENT, ROUND_HALF_UP)
        for name, value in raw.items()
    }


sql = Session('tolok_copy')
counted, apart, selves = 0, [], []
listed = sql('select code from pub.region order by code').split()
known = [code for code in listed if code in regions]
ok(len(known) > 80, f'{len(known)} regions have a page')
for year in (2018, 2022, None):
    found = json.loads(
        sql(
            f"""
      select json_object_agg(r.code, (
        select json_object_agg(s.region, to_json(array[s.distance, s.population, s.area, s.density,
                                                       s.kind, s.island, s.cohort]::text[]))
        from pub.alike(r.code, {year or 'null'}) s))
      from pub.region r where r.code = any ('{{{','.join(known)}}}')"""
        )
    )
    for one, others in found.items():
        if one in others:
            selves.append(one)
        for other, said in others.items():
            wanted = shares(one, other, year)
            wanted = [sum(wanted.values()), *wanted.values()]
            counted += 1
            if [Decimal(text) for text in said] != wanted:
                apart.append(f'{year} {one} {other}: {said}, not {[str(w) for w in wanted]}')
ok(counted == 3 * len(known) * (len(known) - 1), f'{counted} distances')
none(apart[:5], 'are those of another calculation')
none(selves, 'no region is like itself')

# What the pages of real and of simulated rounds say.
editions = json.loads(
    sql(
        """
  select json_agg(json_build_object('id', p.id, 'year', case when not p.simulated then p.year end))
  from pub.publication p where p.current"""
    )
)
wrong, five, few = [], 0, 0
for edition in editions:
    values = json.loads(
        sql(
            f"""
      select json_object_agg(e.region, e.value::text) from pub.entrant e
      where e.publication = {edition['id']} and e.value is not null"""
        )
    )
    slugs = dict(line.split('|') for line in sql('select slug, code from pub.region').split())
    told = json.loads(
        sql(
            f"""
      select json_object_agg(r.code,
        (select a from pub.city_alike('id', {edition['id']}, r.code) a))
      from pub.region r where r.code = any ('{{{','.join(known)}}}')"""
        )
    )
    for code, said in told.items():
        near = sorted(
            (sum(shares(code, other, edition['year']).values()), other)
            for other in values
            if other != code and other in regions
        )
        near = [other for distance, other in near if distance <= REACH][:5]
        shown = [slugs[peer['peer_slug']] for peer in said['peers'] or []]
        median = said['peer_median']
        five, few = five + (len(near) == 5), few + (len(near) < 5)
        middle = sorted(Decimal(values[n]) for n in near)[2] if len(near) == 5 else None
        if (
            shown != near
            or (median is None) != (middle is None)
            or (middle is not None and Decimal(str(median)) != middle)
        ):
            wrong.append(f"{edition} {code}: {shown} {median}, not {near} {middle}")
none(
    wrong[:5], f'{len(editions)} rounds name the nearest with a value, and the median of five alone'
)
ok(five and few, f'{five} regions have five that are similar, {few} fewer')

# Another region with a page changes nothing between those that were there.
one = sql(
    """
  begin;
  create temp table before as
  select r.code, s.* from pub.region r cross join lateral pub.alike(r.code, 2022) s;
  insert into data.read_region
  select (json_populate_record(r, '{"code": "98.76", "slug": "kota-uji", "population": 1000000}')).*
  from data.read_region r where r.slug = 'kota-kediri';
  select count(*) from before b
  join lateral pub.alike(b.code, 2022) s on s.region = b.region and s.distance = b.distance;
  select count(*) from before;
  rollback"""
).split()
is_(one[0], one[1], 'a region more changes no distance of others')
done()
