#!/usr/bin/env python3
"""Makes a valid round package from a seed, of tolok-round/1 or /2: the same seed, the same package.

usage: make_package.py SEED DIR [1|2]

The packages are small and odd: ties, missing and not applicable marks, groups, several parents,
several roots, roots that are leaves, geometric means, both roundings, steps like 0.05 or 3,
official figures on nodes and leaves, names that need quotes. Those of /2 have the rule under which
a blank never pays, and marks like 2.5e-14.
"""
import csv
import json
import random
import sys
from decimal import Decimal
from pathlib import Path

SCALES = [("0", "4"), ("0", "100"), ("1", "5"), ("-2", "2"), ("0.5", "1"), ("0", "1")]
STEPS = [
    "",
    "",
    "0.01",
    "0.1",
    "0.5",
    "0.25",
    "0.05",
    "0.001",
    "0.0001",
    "1",
    "3",
    "0.3",
    "0.00000000001",
]
WEIGHTS = ["1", "1", "1", "2", "3", "10", "20", "0.5", "0.25", "33.3", "1.005", "7", "0.001"]
KINDS = ["component", "dimension", "subdimension", "indicator", "other"]
NAMES = ["Kota", 'Kabupaten "Baru"', "Pulau, Laut", "Ñandú", "Kota Kediri", "=1+1"]


class Maker:
    def __init__(self, seed, form=1):
        self.pick = random.Random(seed if form == 1 else f"{form}-{seed}")
        self.second = form == 2
        self.seed = seed
        self.low, self.high = (Decimal(text) for text in self.pick.choice(SCALES))
        self.digits = self.pick.choice([0, 1, 1, 2, 2, 3, 17])

    def chance(self, share):
        return self.pick.random() < share

    def name(self):
        return f"acak2-{self.seed}" if self.second else f"acak-{self.seed}"

    def given(self):
        """A mark as it is written down: also so small that it is written with an exponent."""
        if self.second and self.low == 0 and self.chance(0.05):
            return self.pick.choice(["2.5e-14", "1E-7", "7.25e-02", "0", "3e-20"])
        return str(self.figure())

    def figure(self):
        """A value on the scale; coarse enough, as a rule, that values are often equal."""
        if self.chance(0.1):
            return self.pick.choice([self.low, self.high])
        unit = Decimal(1).scaleb(-self.digits)
        steps = int((self.high - self.low) / unit)
        return self.low + self.pick.randint(0, steps) * unit

    def method(self):
        pick = self.pick
        return {
            "version": self.name(),
            "scale": {"min": str(self.low), "max": str(self.high)},
            "rounding": pick.choice(["half_up", "half_even"]),
            "rank_on": pick.choice(["value", "value", "exact"]),
            "ties": pick.choice(["competition", "dense"]),
            "missing": pick.choice(
                ["worst"] * 5 + ["drop", "scale_min", "strict"]
                if self.second
                else ["drop", "drop", "scale_min", "strict"]
            ),
            "min_coverage": pick.choice(["0", "0.5", "0.5", "0.6", "0.75", "1"]),
            "higher_is_better": self.chance(0.7),
            "draws": pick.choice([0, 1, 7, 20, 50]),
            "weight_spread": pick.choice(["0", "0.25", "0.25", "0.5", "0.99"]),
        }

    def tree(self):
        """Rows of criteria.csv: levels of nodes over leaves, then edges to further parents on
        higher levels."""
        pick = self.pick
        levels = [[f"L{n}" for n in range(pick.randint(2, 12))]]
        for height in range(1, pick.randint(1, 4) + 1):
            levels.append([f"N{height}.{n}" for n in range(pick.randint(1, 4))])
        parents = {name: [] for level in levels for name in level}
        for height, level in enumerate(levels[1:], 1):
            below = [name for part in levels[:height] for name in part]
            for node in level:
                near = pick.choice(levels[height - 1])
                for child in {near, *pick.sample(below, pick.randint(0, min(4, len(below))))}:
                    parents[child].append(node)
        for height, level in enumerate(levels[:-1]):
            for name in level:
                if not parents[name] and self.chance(0.7):
                    parents[name].append(pick.choice(levels[height + 1]))
        even = self.chance(0.3)
        roots = [name for name in parents if not parents[name]]
        index = pick.choice([*roots, None])
        rows = []
        for name, above in parents.items():
            leaf = name.startswith("L")
            fixed = [
                "leaf" if leaf else pick.choice(["mean", "mean", "geomean"]),
                pick.choice(STEPS),
                "index" if name == index else pick.choice(KINDS),
                f"Nama {name}, satu",
                f'Name "{name}"',
            ]
            for parent in sorted(above) or [""]:
                weight = ("2" if even else pick.choice(WEIGHTS)) if parent else ""
                rows.append([name, parent, weight, *fixed])
        pick.shuffle(rows)
        return rows

    def regions(self):
        pick = self.pick
        codes = pick.sample(
            ["10.10", "10.11", "9", "A", "a.1", "B-1", "b_1", "Z", "z.9", "00", "35.71"]
            + [f"W{n}" for n in range(20)],
            pick.randint(1, 24),
        )
        groups = pick.choice([["umum"], ["umum", "baru"], ["", 'ibu kota, "wisata"', "baru"]])
        names = {"35.71": "KOTA KEDIRI"}  # one name a code, as packages go into one database
        return [
            [
                code,
                names.get(code, NAMES[sum(code.encode()) % len(NAMES)] + f" {code}"),
                pick.choice(groups),
            ]
            for code in codes
        ]

    def marks(self, regions, leaves):
        missing, absent = self.pick.choice([(0, 0), (0.1, 0), (0.2, 0.2), (0.6, 0.1), (0.1, 0.6)])
        rows = []
        for code, _, _ in regions:
            for leaf in leaves:
                draw = self.pick.random()
                if draw < missing:
                    rows += self.pick.choice(
                        [[], [[code, leaf, "", "no_data"]], [[code, leaf, "", "value"]]]
                    )
                elif draw < missing + absent:
                    rows.append([code, leaf, "", "not_applicable"])
                else:
                    rows.append([code, leaf, self.given(), "value"])
        self.pick.shuffle(rows)
        return rows

    def officials(self, regions, criteria):
        share = self.pick.choice([0, 0, 0.05, 0.3])
        return [
            [
                code,
                name,
                str(self.figure()),
                self.pick.choice(["", "surat, 2022"]),
                self.pick.choice(["", 'kutip "x"']),
            ]
            for code, _, _ in regions
            for name in criteria
            if self.chance(share)
        ]


def write_csv(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header.split(","), *rows])


def write_round(path, code, title, year, source, method, simulated=True, form=1):
    content = {
        "format": f"tolok-round/{form}",
        "code": code,
        "title": {"id": title, "en": title},
        "year": year,
        "simulated": simulated,
        "source": source,
        "method": method,
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def make(seed, folder, form=1):
    folder = Path(folder)
    folder.mkdir(parents=True)
    maker = Maker(seed, form)
    write_round(
        folder / "round.json",
        maker.name(),
        f'Acak "{seed}" \\ ké',
        2000 + seed % 20,
        "tests/reference",
        maker.method(),
        form=form,
    )
    tree, regions = maker.tree(), maker.regions()
    write_csv(
        folder / "criteria.csv",
        "criterion,parent,weight,aggregate,round_step,kind,name_id,name_en",
        tree,
    )
    write_csv(folder / "regions.csv", "region,name,group", regions)
    criteria = list(dict.fromkeys(row[0] for row in tree))
    leaves = [name for name in criteria if name.startswith("L")]
    write_csv(folder / "marks.csv", "region,criterion,value,status", maker.marks(regions, leaves))
    officials = maker.officials(regions, criteria)
    if officials:
        write_csv(folder / "official.csv", "region,criterion,value,note,source", officials)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    make(int(sys.argv[1]), sys.argv[2], int(*sys.argv[3:] or [1]))
