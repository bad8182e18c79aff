#!/usr/bin/env python3
"""Makes round packages from the outside tables in this folder, and one of Kota Kediri's figures.

usage: make_reference.py hdi|hdi-exact|coinr|replicates|kediri DIR
"""
import csv
import sys
from decimal import Decimal
from pathlib import Path

sys.dont_write_bytecode = True
from make_package import write_csv, write_round  # noqa: E402

HERE = Path(__file__).resolve().parent
CRITERIA = "criterion,parent,weight,aggregate,round_step,kind,name_id,name_en"
INDICES = {
    "health": "calc_health_index",
    "education": "calc_education_index",
    "income": "calc_income_index",
}


def rows_of(name):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(text):
    """A number of the tables, some of which are written with an exponent, as a plain decimal."""
    return format(Decimal(text), "f")


def method(version, maximum, **changes):
    return {
        "version": version,
        "scale": {"min": "0", "max": maximum},
        "rounding": "half_up",
        "rank_on": "value",
        "ties": "competition",
        "missing": "strict",
        "min_coverage": "0",
        "higher_is_better": True,
        "draws": 0,
        "weight_spread": "0",
        **changes,
    }


def write(folder, head, criteria, regions, marks, official=()):
    folder.mkdir(parents=True)
    write_round(folder / "round.json", *head)
    write_csv(folder / "criteria.csv", CRITERIA, criteria)
    write_csv(folder / "regions.csv", "region,name,group", regions)
    write_csv(
        folder / "marks.csv", "region,criterion,value,status", [[*mark, "value"] for mark in marks]
    )
    if official:
        write_csv(folder / "official.csv", "region,criterion,value,note,source", official)


def hdi(folder, rank_on="value"):
    """UNDP 2022: geometric mean of three indices, rounded to 0.001."""
    code = "hdi-2022" if rank_on == "value" else "hdi-2022-exact"
    countries = rows_of("undp_hdi_2022/hdi_2022.csv")
    write(
        folder,
        (code, "Human Development Index 2022", 2022, "UNDP", method(code, "1", rank_on=rank_on)),
        [
            ["hdi", "", "", "geomean", "0.001", "index", "hdi", "hdi"],
            *[[name, "hdi", "1", "leaf", "", "dimension", name, name] for name in INDICES],
        ],
        [[row["iso3"], row["country"], "umum"] for row in countries],
        [
            [row["iso3"], name, plain(row[column])]
            for row in countries
            for name, column in INDICES.items()
        ],
    )


def names():
    """What each country is called in the first of the tables: one name a code."""
    return {row["iso3"]: row["country"] for row in rows_of("undp_hdi_2022/hdi_2022.csv")}


def coinr(folder):
    """ASEM sustainable connectivity: weighted means over four levels."""
    tree = [
        [
            row["iCode"],
            row["Parent"],
            row["Weight"],
            "leaf" if row["Type"] == "Indicator" else "mean",
            "",
            "other",
            row["iCode"],
            row["iCode"],
        ]
        for row in rows_of("coinr_asem/imeta.csv")
        if row["Type"] in ("Indicator", "Aggregate")
    ]
    for row in tree:
        if not row[1]:
            row[2], row[5] = "", "index"
    leaves = [row[0] for row in tree if row[3] == "leaf"]
    units, known = rows_of("coinr_asem/stage_normalised.csv"), names()
    write(
        folder,
        ("coinr-asem", "ASEM", 2018, "COINr", method("coinr-asem", "100", missing="drop")),
        tree,
        [[row["UnitCode"], known.get(row["UnitCode"], row["UnitName"]), "umum"] for row in units],
        [
            [row["UnitCode"], leaf, plain(row[leaf])]
            for row in units
            for leaf in leaves
            if row[leaf] not in ("", "NA")
        ],
    )


def replicates(folder):
    """The 100 replicates of the same index: each is a root that is a leaf, so that it is ranked as
    it stands."""
    units, known = rows_of("coinr_asem/ua_scores.csv"), names()
    roots = [name for name in units[0] if name.startswith("r_")]
    write(
        folder,
        ("coinr-replicates", "ASEM, replicates", 2018, "COINr", method("coinr-replicates", "100")),
        [[name, "", "", "leaf", "", "other", name, name] for name in roots],
        [[row["uCode"], known.get(row["uCode"], ""), "umum"] for row in units],
        [[row["uCode"], name, plain(row[name])] for row in units for name in roots],
    )


def kediri(folder):
    """Kota Kediri 2022: five components, and the index as the ministry's letter states it."""
    components = {
        "baseline": ("10", "3.60"),
        "output": ("20", "3.21"),
        "outcome": ("30", "3.23"),
        "impact": ("20", "3.07"),
        "quick_win": ("20", "3.65"),
    }
    write(
        folder,
        (
            "kediri-2022",
            "Kota Kediri 2022",
            2022,
            "data/published_figures.csv",
            method("kediri-2022", "4"),
        ),
        [
            ["index", "", "", "mean", "", "index", "index", "index"],
            *[
                [name, "index", weight, "leaf", "", "component", name, name]
                for name, (weight, _) in components.items()
            ],
        ],
        [["35.71", "Kota Kediri", "umum"]],
        [["35.71", name, mark] for name, (_, mark) in components.items()],
        [["35.71", "index", "3.31", "", "letter of the ministry"]],
    )


MAKERS = {
    "hdi": hdi,
    "hdi-exact": lambda folder: hdi(folder, "exact"),
    "coinr": coinr,
    "replicates": replicates,
    "kediri": kediri,
}

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in MAKERS:
        sys.exit(__doc__)
    MAKERS[sys.argv[1]](Path(sys.argv[2]))
