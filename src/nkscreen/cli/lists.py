"""`nkscreen lists`: what the lists are, and bringing in one's own."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from nkscreen.cli import common
from nkscreen.errors import InputError
from nkscreen.watchlist import ListedEntity, Snapshot, is_dprk, load_snapshot, staleness, write_snapshot
from nkscreen.watchlist.delta import Delta, delta
from nkscreen.watchlist.store import Store

app = typer.Typer(no_args_is_help=True, help="Look at lists, fetch them and import them.")


@app.command("status")
def status(lists: list[Path] | None = common.ListOption, as_of: str | None = common.AsOfOption) -> None:
    """Show each list: publisher, date and age, entries, hash, and what its reader could not understand."""
    console = Console()
    today = common.day(as_of)
    for snapshot in common.watchlist(lists, today if as_of else None).snapshots:
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


@app.command("add")
def add(
    files: list[Path] = typer.Argument(..., metavar="PATH...", help="Lists as their publishers give them."),
    store: Path = typer.Option(..., "--store", metavar="DIR", help="The folder that keeps the lists; made if needed."),
    accept: str = typer.Option("", "--accept", metavar="REASON", help="Take a list that would be refused, and why."),
) -> None:
    """Put lists into use in a store; screen against it with --list DIR. A list worse than the one in use is refused.

    Exit code 1: a list was refused, and the one before stays in use.
    """
    console = Console()
    keeper = Store(store)
    before = keeper.state()
    state, refused = keeper.update(files, datetime.now(UTC), accept=accept)
    for name, kept in state.lists.items():
        common.say(console, f"in use: {name} of {kept.list_date or 'no date'}, {kept.entries:,} entries")
        if kept != before.lists.get(name):
            for problem in keeper.snapshot(kept).report.problems:
                common.say(console, f"  problem    {problem}", style="yellow")
    for refusal in refused:
        common.say(console, f"refused: {refusal.name}: {refusal.reason}", style="bold red")
    if refused:
        raise typer.Exit(1)


@app.command("diff")
def diff(
    before: Path = typer.Argument(
        ..., metavar="BEFORE", help="The earlier list: a file, or a folder with an OFAC set."
    ),
    after: Path = typer.Argument(..., metavar="AFTER", help="The later one, of the same publisher."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """Show which entries were added, removed and amended between two lists, and in which fields."""
    console = Console()
    found = delta(load_snapshot(before), load_snapshot(after))
    if as_json:
        typer.echo(json.dumps(_difference(found), ensure_ascii=False, indent=1))
        return
    for sign, entities in (("+", found.added), ("-", found.removed)):
        for entity in entities:
            common.say(console, f"{sign} {_entry(entity)}")
    for one in found.amended:
        common.say(console, f"~ {_entry(one.after)}")
        for change in one.changes:
            for sign, values in (("-", change.gone), ("+", change.come)):
                for value in values:
                    common.say(console, f"    {change.field} {sign} {value}")
    counts = f"{len(found.added):,} added, {len(found.removed):,} removed, {len(found.amended):,} amended"
    common.say(console, counts)


def _entry(entity: ListedEntity) -> str:
    programmes = f" [{', '.join(entity.programmes)}]" if entity.programmes else ""
    return f"{entity.id} {entity.caption}{programmes}"


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


def _difference(found: Delta) -> dict[str, Any]:
    """The two lists, and entries added and removed as they read, amended ones with what left and joined each field."""
    return {
        **{
            side: {"publisher": s.publisher, "title": s.title, "listDate": str(s.list_date or ""), "sha256": s.sha256}
            for side, s in (("before", found.before), ("after", found.after))
        },
        **{
            kind: [entity.model_dump(mode="json", exclude_defaults=True) for entity in entities]
            for kind, entities in (("added", found.added), ("removed", found.removed))
        },
        "amended": [
            {
                "id": one.after.id,
                "caption": one.after.caption,
                "changes": [{"field": c.field, "gone": list(c.gone), "come": list(c.come)} for c in one.changes],
            }
            for one in found.amended
        ],
    }
