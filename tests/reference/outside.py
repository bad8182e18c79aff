#!/usr/bin/env python3
"""The outside tables through the operator's command: what others published must come out. Prints TAP.

Environment: TOLOK, the command; TOLOK_DB, its database; PGHOST and PGDATABASE, the same database for psql as postgres.
"""
import os
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

sys.dont_write_bytecode = True
from cases import through                     # noqa: E402
from make_reference import MAKERS, rows_of    # noqa: E402
from oracle import differences, read_csv      # noqa: E402


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def same(self, found, expected, name):
        self.count += 1
        if found == expected:
            print(f"ok {self.count} - {name}", flush=True)
            return
        self.failed += 1
        print(f"not ok {self.count} - {name}\n# got:      {found}\n# expected: {expected}", flush=True)

    def end(self):
        print(f"1..{self.count}")
        return 1 if self.failed else 0


def results_of(name, code, folder):
    """Results of a reference package by (region, criterion), from the files that the command exports."""
    through_folder = folder / f"{name}-out"
    MAKERS[name](folder / name)
    through(folder / name, code, through_folder)
    return {(row["region"], row["criterion"]): row for row in read_csv(through_folder / "results.csv")}


def check_hdi(tap, folder):
    countries = rows_of("undp_hdi_2022/hdi_2022.csv")
    ranked = results_of("hdi", "hdi-2022", folder)
    exact = results_of("hdi-exact", "hdi-2022-exact", folder)
    tap.same(len(countries), 193, "HDI: 193 countries")
    tap.same(sum(Decimal(ranked[row["iso3"], "hdi"]["value"]) != Decimal(row["expected_hdi_3dp"]) for row in countries),
             0, "HDI: no value differs")
    tap.same(sum(ranked[row["iso3"], "hdi"]["rank"] != row["expected_hdi_rank"] for row in countries),
             0, "HDI: no rank differs")
    tap.same(sum(exact[row["iso3"], "hdi"]["rank"] != row["expected_hdi_rank"] for row in countries),
             27, "HDI: ranked before the rounding, 27 ranks differ")
    tap.same(differences(folder / "hdi", folder / "hdi-out/results.csv"), [], "HDI: the oracle agrees")


def check_coinr(tap, folder):
    results = results_of("coinr", "coinr-asem", folder)
    expected = {row["UnitCode"]: row for row in rows_of("coinr_asem/stage_aggregated.csv")}
    nodes = sorted({criterion for _, criterion in results if criterion in next(iter(expected.values()))})
    worst = max(abs(Decimal(row["exact"]) - Decimal(expected[region][criterion]))
                for (region, criterion), row in results.items())
    tap.same(len(results), 51 * len(nodes), "ASEM: every node and indicator of 51 countries")
    tap.same(worst <= Decimal("1e-9"), True, f"ASEM: equal within 1e-9 (at most {worst:.1E} apart)")
    tap.same(differences(folder / "coinr", folder / "coinr-out/results.csv"), [], "ASEM: the oracle agrees")


def check_replicates(tap, folder):
    results = results_of("replicates", "coinr-replicates", folder)
    expected = {row["uCode"]: row for row in rows_of("coinr_asem/ua_ranks.csv")}
    tap.same(len(results), 5100, "ASEM: 100 replicates of 51 countries")
    tap.same(sum(row["rank"] != expected[region][replicate] for (region, replicate), row in results.items()), 0,
             "ASEM: no rank of a replicate differs")
    found = drawn_percentiles(rows_of("coinr_asem/ua_scores.csv"))
    # They are stated as doubles: 21.950000000000003 is 21.95.
    stated = {row["uCode"]: tuple(round(Decimal(row[column]), 9).normalize() for column in ("Q5", "Median", "Q95"))
              for row in rows_of("coinr_asem/ua_rankstats.csv")}
    tap.same({unit: pair for unit, pair in found.items() if pair != stated[unit]}, {},
             "ASEM: no percentile of the replicates' ranks differs")
    tap.same(len(found), 51, "ASEM: percentiles of 51 countries")


def drawn_percentiles(units):
    """The engine's own function for drawn values, with the replicates as the draws."""
    values = ", ".join(f"({draw}, {number}, {row[f'r_{draw}']}::float8)"
                       for number, row in enumerate(units) for draw in range(1, 101))
    query = (f"select region, low, median, high from calc.rank_intervals($q$ select draw, region, 1 as grp, 1 as root, value "
             f"from (values {values}) v (draw, region, value) $q$, 100, true)")
    done = subprocess.run(["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-f", "-"],
                          input=query, capture_output=True, text=True, check=True)
    return {units[int(region)]["uCode"]: tuple(map(Decimal, rest))
            for region, *rest in (line.split("|") for line in done.stdout.splitlines())}


def check_kediri(tap, folder):
    index = results_of("kediri", "kediri-2022", folder)["35.71", "index"]
    tap.same([index[column] for column in ("value", "official", "exact", "computed", "rank", "of")],
             ["3.31", "3.31", "3.315", "3.315", "1", "1"], "Kota Kediri 2022: 3.315 beside the official 3.31")


def main():
    os.environ.setdefault("PGDATABASE", "tolok")
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        for check in (check_hdi, check_coinr, check_replicates, check_kediri):
            check(tap, Path(folder))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
