#!/usr/bin/env python3
"""Random packages through the operator's command, compared with the oracle. Prints TAP.

usage: cases.py COUNT [FIRST]     seeds FIRST to FIRST + COUNT - 1, FIRST is 1 unless given
Environment: TOLOK, the command; VAR or TOLOK_DB, the database, into which the rounds go. Every fifth package goes around: its
export is imported and published again and must come out the same.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import make_package         # noqa: E402
import oracle               # noqa: E402
from tap import done, none  # noqa: E402

TOLOK = os.environ.get("TOLOK", "build/tolok")


class Refused(Exception):
    pass


def tolok(*arguments):
    said = subprocess.run([TOLOK, *map(str, arguments)], capture_output=True, text=True, check=False)
    if said.returncode != 0:
        raise Refused(f"tolok {' '.join(map(str, arguments))}: status {said.returncode}\n"
                      f"{said.stderr}{said.stdout}")


def through(package, code, folder):
    """Imports and publishes a package, and exports what came of it into `folder`."""
    tolok("import", package, "--new-regions")
    tolok("publish", code)
    tolok("export", code, folder)


def sums_hold(folder):
    return subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder,
                          capture_output=True, check=False).returncode == 0


def faults_of(seed, folder):
    package, out, again = folder / "package", folder / "out", folder / "again"
    make_package.make(seed, package)
    try:
        through(package, f"acak-{seed}", out)
        faults = oracle.differences(package, out / "results.csv")
        if not sums_hold(out):
            faults.append("SHA256SUMS does not hold")
        if seed % 5 == 0:
            through(out, f"acak-{seed}", again)
            faults += [f"{file.name} differs after a second round" for file in sorted(out.iterdir())
                       if file.read_bytes() != (again / file.name).read_bytes()]
        return faults
    except Refused as refusal:
        return [str(refusal)]


def main(count, first=1):
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder:
            none(faults_of(seed, Path(folder)), f"random package {seed}")
    done()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
