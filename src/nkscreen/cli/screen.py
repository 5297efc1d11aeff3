"""`nkscreen screen`: files in, alerts and a report out."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from nkscreen.alerts import Alert, Severity
from nkscreen.alerts.wording import points, visible
from nkscreen.cli import common
from nkscreen.cli.inputs import File, Files, Reader, input_files, progress_bar
from nkscreen.cli.outputs import Outputs, refuse_collisions
from nkscreen.cli.sea import Positions, vessels_together
from nkscreen.errors import InputError
from nkscreen.formats import Input, Member, Quarantined, TableSet, read_mapping
from nkscreen.records import KINDS
from nkscreen.report import YenteAnswers, read_alerts, write_alerts, write_html, write_quarantine, write_table
from nkscreen.screening import Batch, RunSummary, Screener
from nkscreen.screening.journal import Journal

SHOWN = 25
"""Alerts in the table on the terminal; all of them are in the files."""

REPORTED = 2_000
"""Alerts in the HTML report, the highest scores first: what a browser opens at once. All are in the JSON Lines."""

KEPT_QUARANTINE = 1_000
"""Quarantined rows in the HTML report; all of them are in the quarantine file."""

STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}


class OutFormat(StrEnum):
    """What `--out` holds."""

    JSONL = "jsonl"
    YENTE = "yente"


def screen(  # noqa: PLR0912  one branch an output
    paths: list[Path] = typer.Argument(
        ..., metavar="PATH...", help="Files, folders or ZIP archives; - reads standard input."
    ),
    kind: str = typer.Option("auto", "--kind", help="auto, " + ", ".join(KINDS)),
    lists: list[Path] | None = common.ListOption,
    rules: Path | None = common.RulesOption,
    rules_key: Path | None = common.RulesKeyOption,
    policy: Path | None = common.PolicyOption,
    decisions: Path | None = common.DecisionsOption,
    ownership: Path | None = common.OwnershipOption,
    track: list[Path] | None = typer.Option(
        None,
        "--track",
        metavar="FILE",
        help="AIS messages (CSV, JSON, NMEA) of the vessels in the files; repeatable.",
    ),
    as_of: str | None = common.AsOfOption,
    out: Path | None = typer.Option(None, "--out", metavar="FILE|-", help="Write alerts as JSON Lines."),
    out_format: OutFormat = typer.Option(
        OutFormat.JSONL,
        "--out-format",
        help="What --out holds: alerts as JSON Lines, or an answer to every record as yente's match API gives it.",
    ),
    csv: Path | None = typer.Option(None, "--csv", metavar="FILE", help="Write alerts as a table for a spreadsheet."),
    report: Path | None = typer.Option(None, "--report", metavar="FILE", help="Write a self-contained HTML report."),
    quarantine: Path | None = typer.Option(None, "--quarantine", metavar="FILE", help="Write rows that were not read."),
    mapping: Path | None = typer.Option(None, "--map", metavar="FILE", help="Which column is which field (YAML)."),
    resume: Path | None = typer.Option(
        None,
        "--resume",
        metavar="FOLDER",
        help="Keep what is done in this folder; after a break the same command goes on from there.",
    ),
    fail_on: Severity | None = typer.Option(None, "--fail-on", help="Exit with 1 if an alert is at least this severe."),
    show_mapping: bool = typer.Option(False, "--show-map", help="Show what every column was taken for."),
) -> None:
    """Screen files against lists and red-flag rules.

    Exit code 0: complete, nothing at or above --fail-on; 1: something was, a file of a folder could not be read, or the
    lists are too old to call a record clear; 2: usage or input error.
    """
    console = Console(stderr=str(out) == "-")
    reader = Reader(kind, read_mapping(mapping) if mapping else None, console, show_mapping)
    outputs = [path for path in (out, csv, report, quarantine) if path is not None and str(path) != "-"]
    if track and kind not in {"auto", "vessel"}:
        raise InputError(f"--track is for vessels, and --kind is {kind}; leave one of them out")
    yente = out_format is OutFormat.YENTE
    if yente and (out is None or resume):
        raise InputError("--out-format yente wants --out and goes without --resume: it answers every record")
    screener = common.screener(
        lists, as_of, rules=rules, key=rules_key, policy=policy, decisions=decisions, ownership=ownership
    )
    common.show_lists(console, screener)
    files = input_files(paths, console)
    refuse_collisions([str(file) for file in (*files, *(track or ()))], outputs)
    # What a map or a kind of record is given for is no AIS file.
    positions = Positions(track or [], files if kind in {"auto", "vessel"} and not mapping else None)
    reader = replace(reader, opened=positions.inputs)
    reader.check(files)
    screener = screener.beside(vessels_together(console, reader.again(files), positions))
    warnings = common.list_warnings(screener)
    batch = Batch(screener, warnings=warnings)
    journal = (
        Journal(resume, _run(screener, files, track or [], kind, mapping, decisions, ownership)) if resume else None
    )
    top = _Top()
    kept: list[Quarantined] = []
    with Outputs(outputs) as written:
        spool = written.spool(None if yente else out, needed=bool(csv or report))
        answers = YenteAnswers(written.stream(out), screener.watchlist, screener.counts) if out and yente else None
        rejected = written.open(quarantine) if quarantine else None
        with progress_bar() as progress:
            for item in _screened(batch, reader.read(files), progress, journal, answers):
                if isinstance(item, Quarantined):
                    if rejected:
                        write_quarantine([item], rejected)
                    if len(kept) < KEPT_QUARANTINE:
                        kept.append(item)
                else:
                    top.add(item)
                    if spool:
                        write_alerts([item], spool)
        summary = batch.summary()
        if not summary.balanced:
            raise InputError("the account does not balance: rows were read that were neither screened nor quarantined")
        if answers:
            answers.end()
        if csv:
            write_table(read_alerts(written.spooled()), written.open(csv, newline=""))
        if report:
            best = heapq.nsmallest(REPORTED, read_alerts(written.spooled()), key=lambda a: (-a.severity.rank, -a.score))
            write_html(best, summary, kept, written.open(report))
    _show(console, summary, top, kept, quarantine, shown=len(warnings))
    loud = fail_on and any(severity.rank >= fail_on.rank for severity in summary.alerts_by_severity)
    if loud or summary.incomplete or summary.broken:
        raise typer.Exit(1)


def _screened(
    batch: Batch,
    inputs: Iterator[Input],
    progress: Progress,
    journal: Journal | None,
    answers: YenteAnswers | None,
) -> Iterator[Alert | Quarantined]:
    for source in inputs:
        task = progress.add_task(visible(source.file), total=None)
        if journal:
            for item in batch.resumed(source, journal):
                progress.update(task, completed=source.read)
                yield item
        else:
            for result in batch.run(source):
                progress.advance(task)
                if answers:
                    answers.add(result)
                if isinstance(result, Quarantined):
                    yield result
                elif result.alert:
                    yield result.alert
        progress.update(task, completed=source.read, total=source.read)


def _run(screener: Screener, files: Files, tracks: Sequence[Path], kind: str, *settings: Path | None) -> dict[str, Any]:
    """What a run that is taken up again must have in common with the one that was begun."""
    if "-" in files:
        raise InputError("standard input cannot be read again; name a file to use --resume")
    places = [place for place in (*files, *tracks, *settings) if place is not None]
    return {
        "inputs and settings": [[str(place), _state(place)] for place in places],
        "kind of record": kind,
        "lists, rules or policy": screener.provenance().model_dump(mode="json"),
    }


def _state(place: File) -> str:
    """SHA-256 of a file, of the archive that it is in, or of the states of a set of tables."""
    if isinstance(place, TableSet):
        return hashlib.sha256("".join(map(_state, place.files)).encode()).hexdigest()
    path = place if isinstance(place, Path) else place.archive if isinstance(place, Member) else Path(place)
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _Top:
    """The alerts to show on the terminal: the highest, found in one pass."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, float, int, Alert]] = []
        self._numbers = count()

    def add(self, alert: Alert) -> None:
        entry = (alert.severity.rank, alert.score, -next(self._numbers), alert)
        (heapq.heappush if len(self._heap) < SHOWN else heapq.heappushpop)(self._heap, entry)

    def best_first(self) -> list[Alert]:
        return [entry[3] for entry in sorted(self._heap, key=lambda entry: entry[:3], reverse=True)]


def _show(
    console: Console,
    summary: RunSummary,
    top: _Top,
    quarantined: list[Quarantined],
    quarantine: Path | None,
    shown: int,
) -> None:
    """The end of a run. The first `shown` warnings, those about lists, stand at its beginning already."""
    alerts = top.best_first()
    if alerts:
        table = Table(show_lines=False, pad_edge=False)
        for name in ("score", "severity", "who or what", "why", "alert"):
            table.add_column(name, overflow="fold", justify="right" if name == "score" else "left")
        for alert in alerts:
            table.add_row(
                points(alert.score),
                alert.severity.value,
                Text(visible(alert.subject)),
                Text(visible(alert.headline)),
                alert.id,
                style=STYLES[alert.severity],
            )
        console.print(table)
        if summary.alerts > len(alerts):
            common.say(console, f"... and {summary.alerts - len(alerts)} more alerts in the files")
    for item in quarantined[:10]:
        where = f", field {item.field}" if item.field else ""
        common.say(console, f"quarantined: {item.source}{where}: {item.reason}", style="yellow")
    if summary.quarantined > 10:
        common.say(console, f"... and {summary.quarantined - 10} more quarantined rows", style="yellow")
    for text in summary.warnings[shown:]:
        common.say(console, f"warning: {text}", style="bold yellow")
    counts = ", ".join(f"{number} {severity}" for severity, number in summary.alerts_by_severity.items()) or "none"
    common.say(
        console,
        f"read {summary.read:,} = screened {summary.screened:,} + quarantined {summary.quarantined:,};"
        f" alerts: {counts}; clear: {summary.cleared:,}; with rules undecided: {summary.undecided:,}"
        + (f"; FILES NOT READ: {len(summary.broken):,}" if summary.broken else "")
        + (f"; NOT CLEARED, lists too old: {summary.incomplete:,}" if summary.incomplete else ""),
        style="bold",
    )
    if summary.quarantined and quarantine is None:
        common.say(console, "to keep the quarantined rows, name a file with --quarantine")
