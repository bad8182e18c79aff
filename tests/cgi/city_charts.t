#!/usr/bin/env python3
"""The drawings of pages city and report by hand: the ruler, the matrix and the line of the years,
on the programme's scale and on another."""
from package import Workplace
from pages import body, count, done, is_, like, unlike

here = Workplace()
text = body('/kota/kota-kediri', 'putaran=2022')
like(text, '<line class="fill" x2="82.75%"', 'the ruler is filled up to 3.31 of 4')
is_(count(text, '<line class="t( on)?" '), 39, 'it has 40 parts')
is_(count(text, '<line class="t on" '), 33, 'those under the bar are light')
is_(count(text, 'y1="55" y2="77"'), 3, 'three of its lines stand for whole points')
is_(count(text, 'y1="55" y2="70"'), 4, 'four for half ones')
like(
    text,
    (
        '<text x="0%" y="116">0</text><text x="25%" y="116" text-anchor="middle">1</text>.*<text '
        'x="100%" y="116" text-anchor="end">4</text>'
    ),
    'their labels',
)
like(
    text,
    (
        '<line class="lead-line" x1="85%" x2="85%" y1="5" y2="54"/><text x="85%" y="14" dx="-7" '
        'text-anchor="end">target daerah 3,40<'
    ),
    'the target, farther from the middle, stands above',
)
like(
    text,
    (
        '<line class="lead-line" x1="76.5%" x2="76.5%" y1="25" y2="54"/><text x="76.5%" y="34" '
        'dx="-7" text-anchor="end">2021: 3,06<'
    ),
    'the value before',
)
like(text, r'Sumbu mulai dari 2\.', 'the line of the years begins in the middle of the scale')
like(
    text,
    (
        'y1="236" y2="236"/><text y="231">2</text>.*y1="181" y2="181"/><text y="176">2,5</text>'
        '.*y1="16" y2="16"/><text y="11">4</text>'
    ),
    'its levels',
)
is_(count(text, 'y="258" text-anchor="middle">20[0-9]{2}<'), 6, 'six years')
is_(count(text, '<line class="rise"[^>]*>'), 1, 'rounds of one method are joined, and no others')
like(
    text,
    '<line class="rise" x1="43.6%" y1="119.4" x2="60.4%" y2="91.9"/>',
    'those of 2021 and 2022',
)
like(
    text,
    '<line class="lead-line" stroke-dasharray="2 5" x1="35.2%" x2="35.2%" y1="16" y2="236"/>',
    'between 2020 and 2021, where the method changed, is a break',
)
like(
    text,
    'cx="43.6%" cy="119.4" r="6" data-name="2021" data-value="3.06"/>',
    'a dot bears its round and its value',
)
is_(count(text, '<path class="target"'), 2, 'a flag for each target')

# The matrix: as wide as the weight, as high as the value; a line at the median of the group.
is_(count(text, '<line class="med"'), 0, 'a group of five has no median beside one of them')
text = body('/kota/kota-kediri', 'putaran=simulasi')
top, tall, middle, value = here.sql(
    """
    select concat_ws(' ', trim_scale(round(78 - 10 * r.value, 2)),
                     trim_scale(round(10 * r.value, 2)), trim_scale(round(78 - 10 * f.median, 2)),
                     trim_scale(r.value))
    from pub.result r join pub.publication p on p.id = r.publication and p.current
    join pub.group_stat f using (publication, criterion, "group")
    where p.round = 'simulasi' and r.criterion = 'branding.outcome' and r.region = '35.71'"""
).split()
like(
    text,
    (
        f'<rect class="level" x="30%" y="{top}" width="30%" height="{tall}" '
        f'data-name="Branding" data-value="{value}"/>'
    ),
    'a bar of the matrix',
)
like(
    text,
    f'<line class="med" x1="30%" x2="60%" y1="{middle}" y2="{middle}"/>',
    'and the median of its crossing',
)
text = body('/kota/kota-kediri/2022')
is_(
    (count(text, '<line class="t( on)?" '), count(text, '<path class="target"')),
    (39, 0),
    'a report has the ruler and no line',
)
text = body('/kota/kota-serang')
is_(count(text, '<svg class="ruler"|class="chart"'), 0, 'without a value there is neither')

# A round from 0 to 100, three times: 0, 30 and then 60, in years of one method.
for year in 2020, 2021, 2022:
    here.round_of(year, {'35.71': (year - 2020) * 30})
text = body('/kota/kota-kediri', 'putaran=uji2022')
like(text, '<line class="fill" x2="60%"', 'a ruler from 0 to 100')
like(
    text,
    '>0</text>.*<text x="50%" y="116" text-anchor="middle">50</text>.*>100</text>',
    'with round labels',
)
is_(count(text, '<line class="t( on)?" '), 19, 'and ten parts to each')
like(
    text,
    '<text y="231">0</text>.*<text y="187">20</text>.*<text y="11">100</text>',
    'the line of the years too',
)
unlike(text, 'Sumbu mulai', 'from the beginning of the scale')
like(
    text,
    (
        'cx="10%" cy="236" r="6" data-name="[^"]*" data-value="0"/><text class="strong" x="10%" '
        'y="224"'
    ),
    'a lowest value is written above its dot',
)
like(body('/peringkat/uji2020'), '<line class="v" x2="3"', 'in a table it has a stub')
done()
