#!/usr/bin/env python3
"""Random packages through the operator's command, compared with the oracle. Prints TAP.

usage: cases.py COUNT SECOND [FIRST]   COUNT packages of /1 and SECOND of /2, from seed FIRST, or 1
Environment: TOLOK, the command; VAR or TOLOK_DB, the database, into which the rounds go. Every
fifth package goes around: its export, imported again, is the same.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import make_package  # noqa: E402
import oracle  # noqa: E402
from tap import done, none  # noqa: E402

TOLOK = os.environ.get("TOLOK", "build/tolok")


class Refused(Exception):
    pass


def tolok(*arguments):
    said = subprocess.run(
        [TOLOK, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    if said.returncode != 0:
        raise Refused(
            f"tolok {' '.join(map(str, arguments))}: status {said.returncode}\n"
            f"{said.stderr}{said.stdout}"
        )


def through(package, code, folder):
    """Imports and publishes a package, and exports what came of it into `folder`."""
    tolok("import", package, "--new-regions")
    tolok("publish", code)
    tolok("export", code, folder)


def sums_hold(folder):
    return (
        subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
            cwd=folder,
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )


def what_differs_after(out, code):
    """What came out, taken in once more, is the package of before, byte for byte: there is nothing
    to correct."""
    tolok("import", out)
    try:
        tolok("publish", code, "--reason", "Sekali lagi")
    except Refused as refusal:
        return [] if f"nothing of round {code} differs from" in str(refusal) else [str(refusal)]
    return ["something differs after a second round"]


def faults_of(seed, folder, form):
    package, out = folder / "package", folder / "out"
    make_package.make(seed, package, form)
    code = make_package.Maker(seed, form).name()
    try:
        through(package, code, out)
        faults = oracle.differences(package, out / "results.csv")
        if not sums_hold(out):
            faults.append("SHA256SUMS does not hold")
        if seed % 5 == 0:
            faults += what_differs_after(out, code)
        return faults
    except Refused as refusal:
        return [str(refusal)]


def main(count, second, first=1):
    for form, many in ((1, count), (2, second)):
        for seed in range(first, first + many):
            with tempfile.TemporaryDirectory() as folder:
                none(faults_of(seed, Path(folder), form), f"random package {seed} of /{form}")
    done()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
