"""`nkscreen lists`: what the lists are, and bringing in one's own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import typer
from rich.console import Console

from nkscreen.cli import common
from nkscreen.errors import InputError
from nkscreen.watchlist import Snapshot, is_dprk, load_snapshot, staleness, write_snapshot

app = typer.Typer(no_args_is_help=True, help="Look at lists and import them.")


@app.command("status")
def status(lists: list[Path] | None = common.ListOption, as_of: str | None = common.AsOfOption) -> None:
    """Show each list: publisher, date and age, entries, hash, and what its reader could not understand."""
    console = Console()
    today = common.day(as_of)
    for snapshot in common.watchlist(lists).snapshots:
        _show(console, snapshot)
        warning = staleness(snapshot, today)
        if warning:
            common.say(console, f"warning: {warning}", style="bold yellow")


@app.command("import")
def import_(
    source: Path = typer.Argument(..., metavar="PATH", help="A list as its publisher gives it, or a team's own CSV."),
    out: Path = typer.Option(..., "--out", metavar="FILE", help="Where the snapshot is written (JSON Lines)."),
) -> None:
    """Read a list, report what was understood, and write it as a snapshot for --list."""
    console = Console()
    snapshot = load_snapshot(source)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_snapshot(snapshot, out)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", file=str(out)) from error
    _show(console, snapshot)
    common.say(console, f"written: {out}")


def _show(console: Console, snapshot: Snapshot) -> None:
    schemas = Counter(entity.schema_ for entity in snapshot.entities)
    dprk = sum(is_dprk(entity) for entity in snapshot.entities)
    common.say(console, f"{snapshot.title or snapshot.publisher} ({snapshot.publisher})", style="bold")
    common.say(console, f"  date       {snapshot.list_date or 'not given'}")
    kinds = ", ".join(f"{number:,} {schema}" for schema, number in sorted(schemas.items()))
    common.say(console, f"  entries    {len(snapshot.entities):,}: {kinds}")
    common.say(console, f"  DPRK       {dprk:,} entries related to North Korea")
    common.say(console, f"  read       {snapshot.report.read:,} entries in the file, {snapshot.report.kept:,} kept")
    common.say(console, f"  sha256     {snapshot.sha256}")
    for problem in snapshot.report.problems:
        common.say(console, f"  problem    {problem}", style="yellow")
