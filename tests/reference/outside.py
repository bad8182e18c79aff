#!/usr/bin/env python3
"""The outside tables through the operator's command: what others published must come out. Prints
TAP.

Environment: TOLOK, the command; TOLOK_DB, its database; PGHOST and PGDATABASE, the same database
for psql as postgres.
"""
import os
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from cases import through  # noqa: E402
from make_reference import MAKERS, rows_of  # noqa: E402
from oracle import differences, read_csv  # noqa: E402
from tap import done, is_  # noqa: E402


def results_of(name, code, folder):
    """Results of a reference package by (region, criterion), from the files that the command
    exports."""
    through_folder = folder / f"{name}-out"
    MAKERS[name](folder / name)
    through(folder / name, code, through_folder)
    return {
        (row["region"], row["criterion"]): row for row in read_csv(through_folder / "results.csv")
    }


def check_hdi(folder):
    countries = rows_of("undp_hdi_2022/hdi_2022.csv")
    ranked = results_of("hdi", "hdi-2022", folder)
    exact = results_of("hdi-exact", "hdi-2022-exact", folder)
    is_(len(countries), 193, "HDI: 193 countries")
    is_(
        sum(
            Decimal(ranked[row["iso3"], "hdi"]["value"]) != Decimal(row["expected_hdi_3dp"])
            for row in countries
        ),
        0,
        "HDI: no value differs",
    )
    is_(
        sum(ranked[row["iso3"], "hdi"]["rank"] != row["expected_hdi_rank"] for row in countries),
        0,
        "HDI: no rank differs",
    )
    is_(
        sum(exact[row["iso3"], "hdi"]["rank"] != row["expected_hdi_rank"] for row in countries),
        27,
        "HDI: ranked before the rounding, 27 ranks differ",
    )
    is_(differences(folder / "hdi", folder / "hdi-out/results.csv"), [], "HDI: the oracle agrees")


def check_coinr(folder):
    results = results_of("coinr", "coinr-asem", folder)
    expected = {row["UnitCode"]: row for row in rows_of("coinr_asem/stage_aggregated.csv")}
    nodes = sorted(
        {criterion for _, criterion in results if criterion in next(iter(expected.values()))}
    )
    worst = max(
        abs(Decimal(row["exact"]) - Decimal(expected[region][criterion]))
        for (region, criterion), row in results.items()
    )
    is_(len(results), 51 * len(nodes), "ASEM: every node and indicator of 51 countries")
    is_(worst <= Decimal("1e-9"), True, f"ASEM: equal within 1e-9 (at most {worst:.1E} apart)")
    is_(
        differences(folder / "coinr", folder / "coinr-out/results.csv"),
        [],
        "ASEM: the oracle agrees",
    )


def check_replicates(folder):
    results = results_of("replicates", "coinr-replicates", folder)
    expected = {row["uCode"]: row for row in rows_of("coinr_asem/ua_ranks.csv")}
    is_(len(results), 5100, "ASEM: 100 replicates of 51 countries")
    is_(
        sum(
            row["rank"] != expected[region][replicate]
            for (region, replicate), row in results.items()
        ),
        0,
        "ASEM: no rank of a replicate differs",
    )
    found = drawn_percentiles(rows_of("coinr_asem/ua_scores.csv"))
    # They are stated as doubles: 21.950000000000003 is 21.95.
    stated = {
        row["uCode"]: tuple(
            round(Decimal(row[column]), 9).normalize() for column in ("Q5", "Median", "Q95")
        )
        for row in rows_of("coinr_asem/ua_rankstats.csv")
    }
    is_(
        {unit: pair for unit, pair in found.items() if pair != stated[unit]},
        {},
        "ASEM: no percentile of the replicates' ranks differs",
    )
    is_(len(found), 51, "ASEM: percentiles of 51 countries")


def drawn_percentiles(units):
    """The engine's own function for drawn values, with the replicates as the draws."""
    values = ", ".join(
        f"({draw}, {number}, {row[f'r_{draw}']}::float8)"
        for number, row in enumerate(units)
        for draw in range(1, 101)
    )
    query = f"""create temp table calc_count (root integer, region integer, rank bigint, n bigint);
        select from calc.count_ranks($q$ select draw, region, 1 as grp, 1 as root, value
            from (values {values}) v (draw, region, value) $q$, true);
        select region, low, median, high from calc.percentiles(100)"""
    done = subprocess.run(
        ["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-f", "-"],
        input=query,
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        units[int(region)]["uCode"]: tuple(map(Decimal, rest))
        for region, *rest in (line.split("|") for line in done.stdout.splitlines() if line)
    }


def check_kediri(folder):
    index = results_of("kediri", "kediri-2022", folder)["35.71", "index"]
    is_(
        [index[column] for column in ("value", "official", "exact", "computed", "rank", "of")],
        ["3.31", "3.31", "3.315", "3.315", "1", "1"],
        "Kota Kediri 2022: 3.315 beside the official 3.31",
    )


def main():
    os.environ.setdefault("PGDATABASE", "tolok")
    with tempfile.TemporaryDirectory() as folder:
        for check in (check_hdi, check_coinr, check_replicates, check_kediri):
            check(Path(folder))
    done()


if __name__ == "__main__":
    main()
