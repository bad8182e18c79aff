"""What pages cost when there are more cities or more rounds: the instance's database is exchanged for generated ones (grow)."""
import statistics
import subprocess

FACTORS = [(1, 1), (3, 1), (10, 1), (1, 3), (1, 10)]
PAGES = [("home", "/"), ("city", "/kota/kota-kediri"), ("report card", "/kota/kota-kediri/2024"),
         ("comparison of 3", "/banding?kota=kota-madiun,kota-serang,kota-kediri"), ("ranking", "/peringkat/2024"),
         ("directory", "/kota"), ("search", "/quickwin?q=sampah")]
REQUESTS = 60


def exchange(instance, factors):
    """Gives the workers a database of that size under the name that they know."""
    instance.service("web", "-d")
    instance.ask("drop database if exists tolok", "postgres")
    instance.ask("create database tolok_grown template tolok_seed", "postgres")
    subprocess.run([instance.root / "tests/bench/grow", "tolok_grown", *map(str, factors)], check=True,
                   env={**instance.environment, "PGHOST": str(instance.run)})
    instance.ask("alter database tolok_grown rename to tolok", "postgres")
    instance.service("web", "-u")


def measure(instance, fetch):
    instance.service("web", "-d")
    instance.ask("alter database tolok rename to tolok_seed", "postgres")
    print(f"\n{'a page past the cache, median ms':36}" + "".join(f"{f'{c}x cities' if r == 1 else f'{r}x rounds':>18}"
                                                                for c, r in FACTORS))
    costs = {name: [] for name, _ in PAGES}
    for factors in FACTORS:
        exchange(instance, factors)
        for name, path in PAGES:
            instance.until(lambda path=path: fetch(instance.watch + path), 60)
            for _ in range(REQUESTS):
                fetch(instance.watch + path)
            lines = instance.log_of(path.split("?")[0], REQUESTS // 2)
            costs[name].append(statistics.median(float(line["ms"]) for line in lines))
    for name, cost in costs.items():
        print(f"{name:36}" + "".join(f"{ms:10.2f} ({ms / cost[0]:.2f}x)" for ms in cost))
