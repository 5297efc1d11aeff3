"""Throughput beside the peers, in one run. `make bench DATE=...`; the date goes into RESULTS.md as given.

Every approach runs in a process of its own under a time limit, over the same lists and names, with as many names as it
does in some seconds. Peers that are not installed are said to be absent (`make peers` installs them). Recall is told by
pairs of a name and a listed name that `compare_names` matches, counted exhaustively: aliases of listed names held
against the whole list, and against every tenth name of the long one.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import names_made
import plot
from approaches import APPROACHES

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
PLOT = HERE.parents[1] / "docs" / "cost-by-list.svg"
PEERS = ("token_sort", "wratio", "trigrams", "splink", "logic-v2")
SOUGHT = 60
LIMIT = 300
"""Seconds for one approach over one list, getting ready included; ours, which learns as it goes, has twice that."""


def call(program: str, *arguments: object, limit: int = LIMIT) -> dict[str, Any]:
    """What a program of this folder tells, or why it does not."""
    command = [sys.executable, str(HERE / program), *map(str, arguments)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return {"absent": f"not done in {limit} s"}
    if done.returncode:
        return {"absent": (done.stderr.strip().splitlines() or ["failed"])[-1][:100]}
    told: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    return told


class Report:
    """Lines that go to the screen at once and to a file in the end."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, line: str = "") -> None:
        """Print a line and keep it."""
        print(line, flush=True)
        self.lines.append(line)


def compared(report: Report, number: int, folder: Path, seconds: float, versions: set[str]) -> None:
    """The table of one list."""
    listed = names_made.listed(number)
    chance = random.Random(3)
    sought = [(names_made.alias(chance, text), schema) for text, schema in chance.sample(listed, SOUGHT)]
    (folder / "listed").write_text(json.dumps(listed), encoding="utf-8")
    (folder / "sought").write_text(json.dumps(sought), encoding="utf-8")
    files = [folder / name for name in ("listed", "asked", "sought")]
    every = max(1, number // 30_000)
    exact = call("measure.py", "reference", *files, "--every", every, "--seconds", 0)
    wanted = {tuple(pair) for pair in exact.get("pairs", ())}
    some = "" if every == 1 else f" with every {every}th listed name"
    report.add(f"\n## {number:,} listed names\n")
    report.add(f"Recall is of the {len(wanted)} pairs that exhaustive comparison of {SOUGHT} aliases{some} finds.\n")
    report.add(
        "| approach | names/s a core | seen before | times token_sort | recall | names alerting | ready, s | MB |"
    )
    report.add("|---|---:|---:|---:|---:|---:|---:|---:|")
    found = {"nkscreen": call("measure.py", "nkscreen", *files, "--seconds", 3 * seconds, limit=2 * LIMIT)}
    found |= {name: call("measure.py", name, *files, "--seconds", seconds) for name in PEERS}
    plain = found["token_sort"].get("cold")
    for name, told in found.items():
        title = APPROACHES[name].title
        if "absent" in told:
            report.add(f"| {title} | absent: {told['absent']} | | | | | | |")
            continue
        versions.update(told["versions"])
        pairs = {tuple(pair) for pair in told["pairs"] if pair[1] % every == 0}
        ratio = f"{told['cold'] / plain:,.2f}" if plain else ""
        warm = f"{told['warm']:,.0f}" if "warm" in told else ""
        recall = f"{len(wanted & pairs) / len(wanted):.3f}" if wanted else ""
        alerting = f"{100 * told['alerting'] / told['names']:.1f} % of {told['names']:,}"
        report.add(
            f"| {title} | {told['cold']:,.0f} | {warm} | {ratio} | {recall} | {alerting} "
            f"| {told['ready']:.1f} | {told['memory']:,.0f} |"
        )
    if "absent" in found["nkscreen"]:
        return
    own = {tuple(pair) for pair in found["nkscreen"].get("pairs", ()) if pair[1] % every == 0}
    report.add(f"\nMissed by nkscreen: {len(wanted - own)}; found beyond exhaustive comparison: {len(own - wanted)}.")


def alone(report: Report, folder: Path) -> None:
    """One record at a time, the first answer, memory."""
    one = call("latency.py", "answers")
    report.add("\n## One record at a time\n")
    report.add(
        f"UN and OFAC complete, {one['rules']} rules ({one['asked']} of them ask a counterparty), {one['records']:,} "
        f"counterparties of whom {one['alerts']} alert: p50 {one['p50']:.2f} ms, p90 {one['p90']:.2f} ms, "
        f"p99 {one['p99']:.2f} ms of processor time."
    )
    first = min(call("latency.py", "first")["seconds"] for _ in range(3))
    report.add(f"Import, bundled list and first answer: {first:.2f} s, the best of three.")
    written = call("latency.py", "packed", folder / "packed")
    held = call("latency.py", "memory", folder / "packed")
    size = (folder / "packed").stat().st_size / 1e6
    report.add(
        f"Memory with UN and OFAC ({held['entities']:,} entries) from a packed screener: {held['memory']:.0f} MB; "
        f"the file has {size:.0f} MB and is written in {written['seconds']:.1f} s."
    )


def by_size(report: Report, sizes: list[int], folder: Path, seconds: float) -> list[tuple[int, float]]:
    """What a name costs by the length of the list."""
    report.add("\n## Cost by the length of the list\n")
    report.add("| listed names | µs a name | seen before | names alerting | ready, s | MB |")
    report.add("|---:|---:|---:|---:|---:|---:|")
    points = []
    (folder / "sought").write_text("[]", encoding="utf-8")
    for number in sizes:
        (folder / "listed").write_text(json.dumps(names_made.listed(number)), encoding="utf-8")
        files = [folder / name for name in ("listed", "asked", "sought")]
        told = call("measure.py", "nkscreen", *files, "--seconds", seconds, limit=1_800)
        if "absent" in told:
            report.add(f"| {number:,} | {told['absent']} | | | | |")
            continue
        points.append((number, 1e6 / told["cold"]))
        report.add(
            f"| {number:,} | {1e6 / told['cold']:.1f} | {1e6 / told['warm']:.1f} "
            f"| {100 * told['alerting'] / told['names']:.1f} % | {told['ready']:.0f} | {told['memory']:,.0f} |"
        )
    return points


def machine() -> str:
    """The processor and the system."""
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    return f"{model}, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def main() -> None:
    """Measure and print; with a date write RESULTS.md, with sizes the plot alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", default="", help="the day of the run, for RESULTS.md; without it nothing is written")
    parser.add_argument("--lists", type=int, nargs="*", default=[30_000, 300_000], help="lengths for the tables")
    parser.add_argument("--sizes", type=int, nargs="*", default=[], help="lengths for the plot, and the plot alone")
    parser.add_argument("--seconds", type=float, default=8, help="processor time for the names of one approach")
    given = parser.parse_args()
    names_made.needed()
    report, versions = Report(), set[str]()
    report.add("# Throughput\n")
    at = len(report.lines)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "asked").write_text(json.dumps(list(names_made.asked(1_000_000))), encoding="utf-8")
        if given.sizes:
            points = by_size(report, given.sizes, folder, 3 * given.seconds)
            PLOT.write_text(plot.lines(points), encoding="utf-8")
            return
        alone(report, folder)
        for number in given.lists:
            compared(report, number, folder, given.seconds, versions)
    if given.date:
        head = f"{given.date}. {', '.join(sorted(versions))}.\n{machine()}.\n"
        head += "Times are processor time; a rate is that of one core. Every line is from the same run."
        report.lines.insert(at, head)
        RESULTS.write_text("\n".join(report.lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
