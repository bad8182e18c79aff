#!/usr/bin/env python3
"""Computes a round package by itself and prints its results.csv: the second opinion on the engine
in SQL.

usage: oracle.py DIR             prints the results of the package in DIR
       oracle.py DIR RESULTS     compares them with a results.csv; prints every difference, exit
                                 status 1 if any

Written from the format's text alone, /1 and /2. Means are fractions, geometric means decimals of
90 digits, draws decimals of 50.
"""
import csv
import hashlib
import json
import sys
from decimal import Decimal, ROUND_HALF_EVEN, ROUND_HALF_UP, getcontext
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

COLUMNS = [
    "region",
    "group",
    "criterion",
    "value",
    "exact",
    "computed",
    "official",
    "rank",
    "label",
    "of",
    "rank_low",
    "rank_median",
    "rank_high",
]
COVER = ["coverage", "applicable"]  # what results.csv of tolok-round/2 ends with
NUMBERS = {"value", "exact", "computed", "official", "rank_low", "rank_median", "rank_high", *COVER}
QUANTUM = Fraction(1, 10**15)
FEW = 5  # fewer ranked than this have no intervals in /2
ABSENT, MISSING = "not_applicable", "no_data"


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def nearest(ratio, even):
    """The integer next to a fraction; a half goes away from zero, or to the even neighbour."""
    size = abs(ratio)
    whole = size.numerator // size.denominator
    rest = size - whole
    if rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (not even or whole % 2 == 1)):
        whole += 1
    return whole if ratio >= 0 else -whole


def to_step(value, step, even=False):
    return value if step is None else nearest(value / step, even) * step


class Package:
    def __init__(self, folder):
        folder = Path(folder)
        self.round = json.loads((folder / "round.json").read_text(encoding="utf-8"))
        self.method = self.round["method"]
        self.second = self.round["format"] == "tolok-round/2"
        scale, up = self.method["scale"], self.method["higher_is_better"]
        least = self.method["missing"] == "scale_min" or up
        # What a missing child counts as, under the rules that count it.
        self.blank = Fraction(scale["min" if least else "max"])
        self.order, self.kind, self.step, self.children, self.has_parent = [], {}, {}, {}, set()
        self.shown_as = {}
        for row in read_csv(folder / "criteria.csv"):
            name = row["criterion"]
            if name not in self.kind:
                self.order.append(name)
                self.kind[name] = row["aggregate"]
                self.shown_as[name] = row["kind"]
                self.step[name] = Fraction(row["round_step"]) if row["round_step"] else None
            if row["parent"]:
                self.children.setdefault(row["parent"], []).append((name, row["weight"]))
                self.has_parent.add(name)
        regions = read_csv(folder / "regions.csv")
        self.regions = sorted((row["region"] for row in regions), key=lambda code: code.encode())
        self.group = {row["region"]: row["group"] for row in regions}
        self.mark = {}
        for row in read_csv(folder / "marks.csv"):
            mark = Fraction(row["value"]) if row["value"] else row["status"]
            self.mark[row["region"], row["criterion"]] = MISSING if mark == "value" else mark
        self.official = {}
        if (folder / "official.csv").exists():
            for row in read_csv(folder / "official.csv"):
                self.official[row["region"], row["criterion"]] = Fraction(row["value"])

    def roots(self):
        return [name for name in self.order if name not in self.has_parent]

    def drawn(self):
        """The roots that are drawn: in /2 the ranked one alone, the index or else the first."""
        roots = self.roots()
        if self.second:
            roots = [name for name in roots if self.shown_as[name] == "index"] or roots
            roots = roots[:1]
        return [name for name in roots if self.kind[name] != "leaf"]


def weighted(pairs):
    """Weighted mean of (value, weight), to 15 decimals."""
    return to_step(sum(v * w for v, w in pairs) / sum(w for _, w in pairs), QUANTUM)


def decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def geometric(pairs, digits):
    """Weighted geometric mean of pairs (value > 0, weight) of decimals."""
    getcontext().prec = digits
    return (sum(w * v.ln() for v, w in pairs) / sum(w for _, w in pairs)).exp()


class Region:
    """All cells of one region: state, exact, computed and value of every criterion."""

    def __init__(self, package, code):
        self.package, self.code = package, code
        self.exact, self.computed, self.value, self.own = {}, {}, {}, {}
        self.taken = (
            {}
        )  # per node: [(child, its fixed figure or None, weight)] of the children that enter it
        for name in package.order:
            self.settle(name)

    def settle(self, name):
        if name in self.own:
            return
        package = self.package
        if package.kind[name] == "leaf":
            mark = package.mark.get((self.code, name), MISSING)
            self.own[name] = mark if isinstance(mark, str) else "value"
            self.exact[name] = self.computed[name] = None if isinstance(mark, str) else mark
        else:
            self.settle_node(name)
        official = package.official.get((self.code, name))
        self.value[name] = official if official is not None else self.computed[name]

    def settle_node(self, name):
        package, method = self.package, self.package.method
        rule, blank = method["missing"], package.blank
        all_weight = present_weight = Fraction(0)
        applicable = missing = 0
        entering = []
        for child, weight_text in package.children[name]:
            self.settle(child)
            weight = Fraction(weight_text)
            if self.value[child] is not None:
                applicable += 1
                all_weight += weight
                present_weight += weight
                entering.append((child, self.value[child], weight))
            elif self.own[child] == MISSING:
                applicable += 1
                missing += 1
                all_weight += weight
                if rule in ("scale_min", "worst"):
                    entering.append((child, blank, weight))
        self.exact[name] = self.computed[name] = None
        if applicable == 0:
            self.own[name] = ABSENT
            return
        refused = (
            (missing == applicable and rule != "worst")
            or (rule == "strict" and missing)
            or (rule == "drop" and present_weight < Fraction(method["min_coverage"]) * all_weight)
        )
        if refused:
            self.own[name] = MISSING
            return
        self.own[name] = "value"
        self.taken[name] = [
            (child, blank if self.value[child] is None else None, weight)
            for child, _, weight in entering
        ]
        exact = self.aggregate(name, [(value, weight) for _, value, weight in entering])
        self.exact[name] = exact
        self.computed[name] = to_step(exact, package.step[name], method["rounding"] == "half_even")

    def cover(self, name):
        """How much of a criterion's weight has a figure, None where nothing of it applies, and
        how much of it applies."""
        if (self.code, name) in self.package.official:
            return Fraction(1), Fraction(1)
        if self.package.kind[name] == "leaf":
            absent = self.own[name] == ABSENT
            return None if absent else Fraction(self.own[name] == "value"), Fraction(not absent)
        parts = [
            (*self.cover(child), Fraction(weight)) for child, weight in self.package.children[name]
        ]
        covered = [(part, weight) for part, _, weight in parts if part is not None]
        return (
            weighted(covered) if covered else None,
            weighted([(part, weight) for _, part, weight in parts]),
        )

    def aggregate(self, name, pairs):
        if self.package.kind[name] == "mean":
            return weighted(pairs)
        if any(v <= 0 for v, _ in pairs):
            return Fraction(0)
        if len({v for v, _ in pairs}) == 1:
            return to_step(pairs[0][0], QUANTUM)
        getcontext().prec = 90
        mean = geometric([(decimal(v), decimal(w)) for v, w in pairs], 90).quantize(
            Decimal(1).scaleb(-60), rounding=ROUND_HALF_EVEN
        )
        return to_step(Fraction(mean), QUANTUM)


def multiplier(package, draw, parent, child):
    text = f"{package.round['code']}|{draw}|{parent}|{child}"
    share = Fraction(int(hashlib.sha256(text.encode()).hexdigest()[:13], 16), 2**52)
    factor = 1 + Fraction(package.method["weight_spread"]) * (2 * share - 1)
    return decimal(factor)


def drawn_values(package, cells, root, draw, factors):
    """The drawn value of `root` for every region that computes it, in whole units of 1e-9."""
    values = {}
    for code, cell in cells.items():
        if cell.own[root] != "value":
            continue
        known = {}

        def draw_of(name):
            if name not in known:
                official = package.official.get((code, name))
                if official is not None and name != root:
                    known[name] = decimal(official)
                elif package.kind[name] == "leaf":
                    known[name] = decimal(cell.value[name])
                else:
                    known[name] = mean_of(name)
            return known[name]

        def mean_of(name):
            pairs = []
            for child, fixed, weight in cell.taken[name]:
                value = draw_of(child) if fixed is None else decimal(fixed)
                pairs.append((value, decimal(weight) * factors(draw, name, child)))
            if package.kind[name] == "mean":
                return sum(v * w for v, w in pairs) / sum(w for _, w in pairs)
            if any(v <= Decimal("1e-40") for v, _ in pairs):
                return Decimal(0)
            return geometric(pairs, 50)

        value = draw_of(root).quantize(Decimal(1).scaleb(-30), rounding=ROUND_HALF_EVEN)
        values[code] = value.quantize(Decimal(1).scaleb(-9), rounding=ROUND_HALF_UP)
    return values


def competition(values, higher):
    """Rank of every key: 1 + how many are strictly better."""
    ordered = sorted(values.values(), reverse=higher)
    return {code: ordered.index(value) + 1 for code, value in values.items()}


def percentile(ranks, percent):
    ordered = sorted(ranks)
    place = Fraction(percent, 100) * (len(ordered) - 1)
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def intervals(package, cells):
    """(low, median, high) per (region, root) of the roots that are drawn."""
    getcontext().prec = 50
    higher, result = package.method["higher_is_better"], {}
    factors = lru_cache(maxsize=None)(
        lambda draw, parent, child: multiplier(package, draw, parent, child)
    )
    groups = {}
    for code in package.regions:
        groups.setdefault(package.group[code], []).append(code)
    for root in package.drawn():
        ranks = {}
        for draw in range(1, package.method["draws"] + 1):
            values = drawn_values(package, cells, root, draw, factors)
            for members in groups.values():
                for code, rank in competition(
                    {c: values[c] for c in members if c in values}, higher
                ).items():
                    ranks.setdefault(code, []).append(rank)
        for members in groups.values():
            ranked = [code for code in members if cells[code].value[root] is not None]
            whole = len(ranked) >= FEW and all(code in ranks for code in ranked)
            for code in members:
                if code in ranks and (whole or not package.second):
                    result[code, root] = tuple(percentile(ranks[code], p) for p in (5, 50, 95))
    return result


def rankings(package, cells):
    """(rank, label, of) per (region, criterion)."""
    method, result = package.method, {}
    for name in package.order:
        tables = {}
        for code in package.regions:
            cell = cells[code]
            if cell.value[name] is None:
                continue
            figure = cell.value[name]
            if method["rank_on"] == "exact" and (code, name) not in package.official:
                figure = cell.exact[name]
            tables.setdefault(package.group[code], {})[code] = figure
        for table in tables.values():
            for code, figure in table.items():
                better = [
                    f
                    for f in table.values()
                    if (f > figure if method["higher_is_better"] else f < figure)
                ]
                rank = 1 + len(set(better) if method["ties"] == "dense" else better)
                shared = sum(f == figure for f in table.values()) > 1
                result[code, name] = (rank, f"{rank}=" if shared else str(rank), len(table))
    return result


def plain(number):
    """A fraction with a finite decimal expansion as a plain decimal; the empty string for None."""
    if number is None:
        return ""
    getcontext().prec = 120
    text = format(decimal(Fraction(number)), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def compute(folder):
    """The rows of results.csv, as a list of dicts of strings."""
    package = Package(folder)
    cells = {code: Region(package, code) for code in package.regions}
    ranks, spans, rows = rankings(package, cells), intervals(package, cells), []
    for code in package.regions:
        for name in package.order:
            cell = cells[code]
            rank, label, of = ranks.get((code, name), ("", "", ""))
            low, median, high = spans.get((code, name), (None, None, None))
            figures = [
                cell.value[name],
                cell.exact[name],
                cell.computed[name],
                package.official.get((code, name)),
            ]
            row = dict(
                zip(
                    COLUMNS,
                    [
                        code,
                        package.group[code],
                        name,
                        *map(plain, figures),
                        str(rank),
                        label,
                        str(of),
                        *map(plain, (low, median, high)),
                    ],
                )
            )
            if package.second:
                shares = [
                    None if part is None else to_step(part, Fraction(1, 10**4))
                    for part in cell.cover(name)
                ]
                row.update(zip(COVER, map(plain, shares)))
            rows.append(row)
    return rows


def differences(folder, results):
    """One sentence per difference between the oracle's rows and those of a results.csv, order
    included."""
    expected, found = compute(folder), read_csv(results)
    faults = []
    if len(expected) != len(found):
        faults.append(f"{len(found)} rows instead of {len(expected)}")
    for want, have in zip(expected, found):
        if list(want) != list(have):
            return [*faults, f"columns are {','.join(have)}"]
        for column, a in want.items():
            b = have[column]
            if a != b and not (column in NUMBERS and a and b and Fraction(a) == Fraction(b)):
                faults.append(
                    f"{want['region']}/{want['criterion']} {column}: {b or 'empty'} instead of"
                    f" {a or 'empty'}"
                )
    return faults


def main(arguments):
    if len(arguments) == 1:
        rows = compute(arguments[0])
        writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
        return 0
    if len(arguments) == 2:
        faults = differences(*arguments)
        print("\n".join(faults), end="\n" if faults else "")
        return 1 if faults else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
