"""`nkscreen rules corpus`: recorded records and their list hits as tables that rules are held against at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from nkscreen.alerts.wording import visible
from nkscreen.cli import common
from nkscreen.cli.inputs import Reader, input_files, progress_bar
from nkscreen.errors import InputError
from nkscreen.formats import Quarantined
from nkscreen.records import KINDS, Record
from nkscreen.screening import Screener

if TYPE_CHECKING:
    from nkscreen.rulebook.corpus import CorpusBuilder


def register(app: typer.Typer) -> None:
    """Add the command to `nkscreen rules`."""
    app.command("corpus")(corpus)


def corpus(
    paths: list[Path] = typer.Argument(..., metavar="PATH...", help="Files or folders of records, as for screen."),
    out: Path = typer.Option(..., "--out", metavar="DIR", help="Write DIR/shipment.parquet and so on, one a kind."),
    kind: str = typer.Option("auto", "--kind", help="auto, " + ", ".join(KINDS)),
    lists: list[Path] | None = common.ListOption,
    as_of: str | None = common.AsOfOption,
) -> None:
    """Make a corpus of recorded records for `rules diff --over`: read once, with the list hits on every record.

    Exit code 0: complete; 2: usage or input error. Rows that cannot be read are shown and left out.
    """
    console = Console()
    reader = Reader(kind, None, console)
    screener = common.screener(lists, as_of)
    common.show_lists(console, screener)
    files = input_files(paths, console)
    builders: dict[str, CorpusBuilder] = {}
    unread: list[Quarantined] = []
    with progress_bar() as progress:
        for source in reader.read(files):
            task = progress.add_task(visible(source.file), total=None)
            for item in source:
                progress.advance(task)
                if isinstance(item, Quarantined):
                    unread.append(item)
                else:
                    _add(builders, screener, item)
    for item in unread[:10]:
        common.say(console, f"not read: {item.source}: {item.reason}", style="yellow")
    if not builders:
        raise InputError("no record could be read", file=", ".join(map(str, files)))
    for name, builder in sorted(builders.items()):
        target = out / f"{name}.parquet"
        number = _write(builder, target)
        common.say(console, f"{target}: {number:,} records, {target.stat().st_size:,} bytes")
    if unread:
        common.say(console, f"{len(unread):,} rows were not read and are in no corpus", style="yellow")


def _add(builders: dict[str, CorpusBuilder], screener: Screener, record: Record) -> None:
    from nkscreen.rulebook.corpus import CorpusBuilder  # noqa: PLC0415  polars, for those who use it

    hits = [hit for hit in screener.hits(record) if screener.counts(hit)]
    if record.kind not in builders:
        builders[record.kind] = CorpusBuilder(record.kind)
    builders[record.kind].add(record, hits)


def _write(builder: CorpusBuilder, target: Path) -> int:
    """The number of records written; the file has its name when it is complete."""
    from nkscreen.rulebook.corpus import Corpus  # noqa: PLC0415

    part = target.with_name(f"{target.name}.part")
    whole = Corpus(builder.kind, builder.frame())
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        whole.write_parquet(part)
        part.replace(target)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", file=str(target)) from None
    return len(whole)
