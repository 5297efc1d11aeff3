"""`nkscreen lists update | sources`: lists from their publishers."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from nkscreen.cli import common
from nkscreen.errors import InputError
from nkscreen.watchlist.catalogue import ListSource, read_sources, sources
from nkscreen.watchlist.fetch import Fetcher, Report
from nkscreen.watchlist.store import Store
from nkscreen.watchlist.update import update_store

STYLES = {"taken": "green", "unchanged": "dim", "refused": "bold red", "failed": "bold red"}

CatalogueOption = typer.Option(
    None, "--catalogue", metavar="FILE", help="Your own list of sources (YAML), instead of the one that comes with us."
)


def register(app: typer.Typer) -> None:
    """Add the commands to `nkscreen lists`."""
    app.command("update")(update)
    app.command("sources")(show_sources)


def update(
    store: Path = typer.Option(..., "--store", metavar="DIR", help="The folder that keeps the lists; made if needed."),
    source: list[str] | None = typer.Option(None, "--source", metavar="NAME", help="Only this source; repeatable."),
    catalogue: Path | None = CatalogueOption,
    proxy: str | None = typer.Option(None, "--proxy", metavar="URL", envvar="HTTPS_PROXY", help="The way out."),
    certificates: Path | None = typer.Option(
        None, "--certificates", metavar="FILE", envvar="SSL_CERT_FILE", help="Authorities to trust (PEM)."
    ),
    offline: bool = typer.Option(
        False, "--offline", help="Call nobody: say what to fetch by hand, and what is in use."
    ),
    accept: str = typer.Option("", "--accept", metavar="REASON", help="Take lists that would be refused, and why."),
) -> None:
    """Fetch lists from their publishers and put them into use. A list worse than the one in use is refused.

    Exit code 0: every list is up to date; 1: one failed or was refused, and the one before stays in use.
    """
    console = Console()
    wanted = _wanted(source, catalogue)
    keeper = Store(store)
    if offline:
        _show_by_hand(console, wanted, keeper)
        return
    fetcher = Fetcher(proxy=proxy, certificates=certificates)
    try:
        with _broken_pipes_are_errors(), _progress(wanted) as report:
            state, outcomes = update_store(keeper, wanted, fetcher, datetime.now(UTC), accept=accept, report=report)
    finally:
        fetcher.close()
    for outcome in outcomes:
        kept = state.lists.get(outcome.source.list_)
        held = f"{kept.list_date or 'no date'}, {kept.entries:,} entries" if kept else "none in use"
        reason = f": {outcome.reason}" if outcome.reason else ""
        text = f"{outcome.status:10} {outcome.source.name} ({held}){reason}"
        common.say(console, text, style=STYLES[outcome.status])
    if any(outcome.reason for outcome in outcomes):
        raise typer.Exit(1)


def show_sources(
    store: Path | None = typer.Option(None, "--store", metavar="DIR", help="Also show what this store has of each."),
    catalogue: Path | None = CatalogueOption,
    as_json: bool = typer.Option(False, "--json", help="Print one JSON array."),
) -> None:
    """Show the lists that can be fetched: from where, on what terms, and whether their reader met a real file."""
    wanted = _wanted(None, catalogue)
    lists = Store(store).state().lists if store else {}
    if as_json:
        said = [
            {
                **one.model_dump(mode="json"),
                "in_use": lists[one.list_].model_dump(mode="json") if one.list_ in lists else None,
            }
            for one in wanted
        ]
        typer.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return
    console = Console()
    for one in wanted:
        common.say(console, f"{one.name}  {one.publisher}, {one.list_}", style="bold")
        common.say(
            console, f"  reader   {one.reader}" + (" (no real file was at hand)" if one.reader != "verified" else "")
        )
        common.say(console, f"  updated  {one.updated}")
        common.say(console, f"  terms    {one.terms}")
        for address in one.files:
            common.say(console, f"  from     {address.url}")
        if store:
            kept = lists.get(one.list_)
            held = f"of {kept.list_date or 'no date'}, fetched {kept.retrieved:%Y-%m-%d %H:%M}" if kept else "none"
            common.say(console, f"  in use   {held}")


def _wanted(names: list[str] | None, catalogue: Path | None) -> tuple[ListSource, ...]:
    known = read_sources(catalogue) if catalogue else sources()
    unknown = sorted(set(names or ()) - {one.name for one in known})
    if unknown:
        raise InputError(f"--source {unknown[0]!r} is not known; known are {', '.join(one.name for one in known)}")
    return tuple(one for one in known if not names or one.name in names)


def _show_by_hand(console: Console, wanted: tuple[ListSource, ...], keeper: Store) -> None:
    lists = keeper.state().lists
    for one in wanted:
        kept = lists.get(one.list_)
        held = f"in use: of {kept.list_date or 'no date'}, {kept.entries:,} entries" if kept else "none in use"
        common.say(console, f"{one.name}: {held}")
        for address in one.files:
            common.say(console, f"  fetch {address.url}", style="dim")
    common.say(console, f"then: nkscreen lists add FILE... --store {keeper.path}")


@contextmanager
def _broken_pipes_are_errors() -> Iterator[None]:
    """A server that closes its end fails its own list; what ends us quietly after `| head` must not end the update."""
    if not hasattr(signal, "SIGPIPE") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGPIPE, before)


@contextmanager
def _progress(wanted: tuple[ListSource, ...]) -> Iterator[Report]:
    """A bar for each source; nothing where nobody looks."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        tasks = {one.name: progress.add_task(one.name, total=None) for one in wanted}

        def report(name: str, taken: int, total: int | None) -> None:
            progress.update(tasks[name], completed=taken, total=total)

        yield report
