"""One approach over one list, in a process of its own: what it costs, what it finds. Prints JSON; `run.py` calls it.

Time is processor time of this process and all its threads, so names a second are those of one core whatever else the
machine does.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from approaches import APPROACHES, Approach
from names_made import Named
from peak import most_memory


def names(path: Path, step: int = 1) -> list[Named]:
    """The names of a file, or every so-manieth."""
    return [(text, schema) for text, schema in json.loads(path.read_text(encoding="utf-8"))[::step]]


def processor() -> float:
    """Seconds of processor time so far."""
    times = os.times()
    return times.user + times.system


def speed(approach: Approach, asked: list[Named], seconds: float) -> dict[str, Any]:
    """Screen names that were never seen until so much time has gone, then the same again if that is cheaper."""
    chunks, alerts, taken, before = [], 0, 0, processor()
    for at in range(0, len(asked), approach.at_a_time):
        chunks.append(asked[at : at + approach.at_a_time])
        alerts += approach.screen(chunks[-1])
        taken += len(chunks[-1])
        if processor() - before > seconds:
            break
    told = {"names": taken, "alerting": alerts, "cold": taken / (processor() - before)}
    if approach.learns:
        before = processor()
        for chunk in chunks:
            approach.screen(chunk)
        told["warm"] = taken / (processor() - before)
    return told


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("approach", choices=APPROACHES)
    parser.add_argument("listed", type=Path)
    parser.add_argument("asked", type=Path, help="names to tell the speed by")
    parser.add_argument("sought", type=Path, help="names of which all pairs found are told")
    parser.add_argument("--seconds", type=float, default=10, help="processor time for the names")
    parser.add_argument("--every", type=int, default=1, help="take every so-manieth name of the list alone")
    given = parser.parse_args()
    approach = APPROACHES[given.approach]()
    listed = names(given.listed, given.every)
    before = processor()
    try:
        approach.ready(listed)
    except ImportError as error:
        json.dump({"absent": str(error)}, sys.stdout)
        return
    told: dict[str, Any] = {"ready": processor() - before}
    pairs = [(row, at * given.every) for row, at in approach.find(names(given.sought))]
    if given.seconds:
        told |= speed(approach, names(given.asked), given.seconds)
    told["memory"] = most_memory()
    told["versions"] = [f"{package} {_version(package)}" for package in approach.packages]
    json.dump(told | {"pairs": pairs}, sys.stdout)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        import nkscreen

        return nkscreen.__version__


if __name__ == "__main__":
    main()
