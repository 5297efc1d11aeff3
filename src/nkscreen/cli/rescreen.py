"""`nkscreen rescreen`: files against what changed in the lists since they were screened last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import typer
from rich.console import Console
from rich.progress import Progress

from nkscreen.alerts import Severity
from nkscreen.alerts.wording import points, visible
from nkscreen.cli import common
from nkscreen.cli.inputs import Reader, input_files, progress_bar
from nkscreen.cli.outputs import Outputs, refuse_collisions
from nkscreen.errors import InputError
from nkscreen.formats import Input, Quarantined, read_mapping
from nkscreen.report import write_alerts, write_quarantine
from nkscreen.screening import Rescreened, Rescreener
from nkscreen.screening.account import Account
from nkscreen.watchlist import Watchlist
from nkscreen.watchlist.store import Store, is_store

SHOWN = 25
"""Changes shown on the terminal; all of them are in the files."""


def rescreen(
    paths: list[Path] = typer.Argument(..., metavar="PATH...", help="Files or folders that were screened before."),
    lists: list[Path] | None = common.ListOption,
    before: list[Path] | None = typer.Option(
        None,
        "--before",
        metavar="PATH",
        help="The lists of the last run; repeat. (default: the state before, of a store)",
    ),
    kind: str = typer.Option("auto", "--kind", help="The kind of record, as for screen."),
    rules: Path | None = common.RulesOption,
    rules_key: Path | None = common.RulesKeyOption,
    policy: Path | None = common.PolicyOption,
    decisions: Path | None = common.DecisionsOption,
    ownership: Path | None = common.OwnershipOption,
    as_of: str | None = common.AsOfOption,
    out: Path | None = typer.Option(None, "--out", metavar="FILE", help="Write alerts that are new or say otherwise."),
    cleared: Path | None = typer.Option(None, "--cleared", metavar="FILE", help="Write alerts that no longer stand."),
    quarantine: Path | None = typer.Option(None, "--quarantine", metavar="FILE", help="Write rows that were not read."),
    mapping: Path | None = typer.Option(None, "--map", metavar="FILE", help="Which column is which field (YAML)."),
    fail_on: Severity | None = typer.Option(None, "--fail-on", help="Exit with 1 if an alert is at least this severe."),
) -> None:
    """Screen files again against what changed in the lists. The alerts written are those that a full run with the same
    options would raise.

    Exit code 0: complete, nothing at or above --fail-on; 1: something was, a file of a folder could not be read,
    or a list is too old; 2: usage or input error.
    """
    console = Console()
    reader = Reader(kind, read_mapping(mapping) if mapping else None, console)
    rulebook, numbers = common.rulebook_and_policy(rules, rules_key, policy)
    said, stakes = common.decisions_and_stakes(decisions, ownership)
    rescreener = Rescreener(
        _earlier(lists, before),
        common.watchlist(lists),
        rulebook,
        numbers,
        as_of=common.day(as_of),
        decisions=said,
        stakes=stakes,
    )
    _show_lists(console, rescreener)
    files = input_files(paths, console)
    outputs = [path for path in (out, cleared, quarantine) if path]
    refuse_collisions([str(file) for file in files], outputs)
    reader.check(files)
    run = _Run(rescreener, console)
    with Outputs(outputs) as written, progress_bar() as progress:
        now, gone, rejected = (written.open(path) if path else None for path in (out, cleared, quarantine))
        for item in run.over(reader.read(files), progress):
            if isinstance(item, Quarantined):
                if rejected:
                    write_quarantine([item], rejected)
            else:
                run.take(item, now, gone)
    run.finish()
    if (fail_on and run.loudest >= fail_on.rank) or rescreener.after.provenance().outdated or run.broken:
        raise typer.Exit(1)


@dataclass
class _Run:
    """What a run found so far."""

    rescreener: Rescreener
    console: Console
    account: Account = field(default_factory=Account)
    changes: Counter[str] = field(default_factory=Counter)
    loudest: int = -1

    def over(self, inputs: Iterable[Input], progress: Progress) -> Iterator[Rescreened | Quarantined]:
        """The changes, and the rows that could not be read."""
        for source in inputs:
            task = progress.add_task(visible(source.file), total=None)
            for item in self.account.over(source, self.rescreener.rescreen, self.rescreener.may_change):
                progress.advance(task)
                if item is not None:
                    yield item
            progress.update(task, total=source.read)

    def take(self, item: Rescreened, now: TextIO | None, gone: TextIO | None) -> None:
        """Write and show one change."""
        self.changes[item.change] += 1
        alert = item.after.alert or item.before.alert
        assert alert, "a change has an alert on one side"
        if item.after.alert:
            self.loudest = max(self.loudest, alert.severity.rank)
        if stream := now if item.after.alert else gone:
            write_alerts([alert], stream)
        if self.changes.total() <= SHOWN:
            entries = ", ".join(item.entries)
            text = f"{item.change:8} {points(alert.score):>4} {alert.severity:8} {alert.subject}: {alert.headline}"
            common.say(self.console, f"{text}  [{entries}]", style="dim" if item.change == "cleared" else "bold red")

    @property
    def broken(self) -> int:
        """Files that could not be read, or not to their end."""
        return sum(bool(file.broken) for file in self.account.files)

    def finish(self) -> None:
        """The account, which must balance."""
        files = self.account.files
        if not all(file.balanced for file in files):
            raise InputError("the account does not balance: rows were read that were neither screened nor quarantined")
        if self.changes.total() > SHOWN:
            common.say(self.console, f"... and {self.changes.total() - SHOWN:,} more changes in the files")
        for note in self.account.notes:
            common.say(self.console, f"warning: {note}", style="bold yellow")
        read, screened, aside = (
            sum(getattr(file, name) for file in files) for name in ("read", "screened", "quarantined")
        )
        kinds = ", ".join(f"{self.changes[kind]:,} {kind}" for kind in ("raised", "changed", "cleared"))
        common.say(
            self.console,
            f"read {read:,} = screened {screened:,} + quarantined {aside:,}; alerts: {kinds}; all others stand"
            + (f"; FILES NOT READ: {self.broken:,}" if self.broken else ""),
            style="bold",
        )


def _earlier(lists: list[Path] | None, before: list[Path] | None) -> Watchlist:
    """The lists of the last run: those named, or the state before the one in use where one store is given."""
    if before:
        return common.watchlist(before)
    if not lists or len(lists) > 1 or not is_store(lists[0]):
        raise InputError("say with --before which lists the last run used; only a store of lists knows by itself")
    store = Store(lists[0])
    number = store.state().number
    if number < 2:
        raise InputError("the store has had one state only; screen the files in full", file=str(lists[0]))
    return store.watchlist(store.state(number - 1))


def _show_lists(console: Console, rescreener: Rescreener) -> None:
    for word, side in (("before", rescreener.before), ("now", rescreener.after)):
        for snapshot in side.watchlist.snapshots:
            dated = f"of {snapshot.list_date}" if snapshot.list_date else "without a date"
            name = snapshot.title or snapshot.publisher
            common.say(console, f"{word:6} {name} {dated}, {len(snapshot.entities):,} entries")
    for text in common.list_warnings(rescreener.after):
        common.say(console, f"warning: {text}", style="bold yellow")
    common.say(console, f"{len(rescreener.touched):,} entries were added, removed or amended")
