"""What pages cost when there are more cities or more rounds: the instance's database is exchanged
for generated ones (grow)."""
import statistics
import subprocess

FACTORS = [(1, 1), (3, 1), (10, 1), (1, 3), (1, 10)]
SHORT_FACTORS = [(1, 1), (3, 1), (1, 3)]
PAGES = [
    ("home", "/"),
    ("city", "/kota/kota-kediri"),
    ("report card", "/kota/kota-kediri/2024"),
    ("comparison of 3", "/banding?kota=kota-madiun,kota-serang,kota-kediri"),
    ("ranking", "/peringkat/2024"),
    ("directory", "/kota"),
    ("search", "/quickwin?q=sampah"),
]
REQUESTS = 60
SHORT_REQUESTS = 10
# Programs whose workers stay connected: while one of them has a database open, it can be neither
# copied nor renamed.
CONNECTED = ("web", "desk", "door", "upload", "job")


def close(instance):
    for name in CONNECTED:
        instance.service(name, "-d")


def exchange(instance, factors):
    """Gives the workers a database of that size under the name that they know."""
    close(instance)
    instance.ask("drop database if exists tolok", "postgres")
    instance.ask("create database tolok_grown template tolok_seed", "postgres")
    subprocess.run(
        [instance.root / "tests/bench/grow", "tolok_grown", *map(str, factors)],
        check=True,
        env={**instance.environment, "PGHOST": str(instance.run)},
    )
    instance.ask("alter database tolok_grown rename to tolok", "postgres")
    for name in CONNECTED:
        instance.service(name, "-u")


def measure(instance, fetch, short):
    """Prints the table; the short form is for a run that only has to show that everything works."""
    chosen, requests = (SHORT_FACTORS, SHORT_REQUESTS) if short else (FACTORS, REQUESTS)
    close(instance)
    instance.ask("alter database tolok rename to tolok_seed", "postgres")
    print(
        f"\n{'a page past the cache, median ms':36}"
        + "".join(f"{f'{c}x cities' if r == 1 else f'{r}x rounds':>18}" for c, r in chosen)
    )
    costs = {name: [] for name, _ in PAGES}
    for factors in chosen:
        exchange(instance, factors)
        for name, path in PAGES:
            instance.until(lambda path=path: fetch(instance.watch + path), 60)
            for _ in range(requests):
                fetch(instance.watch + path)
            lines = instance.log_of(path.split("?")[0], requests // 2)
            costs[name].append(statistics.median(float(line["ms"]) for line in lines))
    for name, cost in costs.items():
        print(f"{name:36}" + "".join(f"{ms:10.2f} ({ms / cost[0]:.2f}x)" for ms in cost))
