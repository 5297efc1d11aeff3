"""`nkscreen vessel`: all that is known of one ship, on the terminal and as a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from nkscreen.alerts.wording import points
from nkscreen.cli import common
from nkscreen.cli.inputs import Reader, input_files
from nkscreen.cli.outputs import Outputs, refuse_collisions
from nkscreen.cli.sea import Positions
from nkscreen.errors import InputError
from nkscreen.formats import Quarantined
from nkscreen.records import Vessel
from nkscreen.records.codes import imo, mmsi
from nkscreen.report.vessel import KINDS, by_strength, card, moment, write_dossier, write_dossier_json
from nkscreen.screening import ScreeningResult
from nkscreen.vessels.dossier import Dossier, dossier_of
from nkscreen.vessels.fleet import Fleet, plain
from nkscreen.vessels.sea import Sea

if TYPE_CHECKING:
    from nkscreen.vessels.tracks import Tracks

SHOWN = 40
"""Entries of the timeline on the terminal, the latest; all of them are in the files."""


def vessel(
    ship: str = typer.Argument(..., metavar="IMO|MMSI|NAME", help="An IMO number, an MMSI, or a name."),
    track: list[Path] | None = typer.Option(
        None, "--track", metavar="FILE", help="AIS messages (CSV, JSON, NMEA, Parquet); repeatable."
    ),
    register: list[Path] | None = typer.Option(
        None, "--register", metavar="FILE", help="A register of vessels, read as by screen; repeatable."
    ),
    lists: list[Path] | None = common.ListOption,
    rules: Path | None = common.RulesOption,
    rules_key: Path | None = common.RulesKeyOption,
    policy: Path | None = common.PolicyOption,
    decisions: Path | None = common.DecisionsOption,
    ownership: Path | None = common.OwnershipOption,
    as_of: str | None = common.AsOfOption,
    report: Path | None = typer.Option(None, "--report", metavar="FILE", help="Write a self-contained HTML page."),
    as_json: Path | None = typer.Option(None, "--json", metavar="FILE", help="Write the same as JSON."),
) -> None:
    """Show what papers, track, lists and rules say of one vessel.

    Exit code 0: complete; 1: the lists are too old to call it clear; 2: usage or input error.
    """
    console = Console()
    outputs = [path for path in (report, as_json) if path is not None]
    refuse_collisions([str(path) for path in (*(track or ()), *(register or ()))], outputs)
    screener = common.screener(
        lists, as_of, rules=rules, key=rules_key, policy=policy, decisions=decisions, ownership=ownership
    )
    common.show_lists(console, screener)
    warnings = common.list_warnings(screener)
    shown = len(warnings)  # with the lists, at the beginning
    with Outputs(outputs) as written:
        found, fleet, passed = _in_register(ship, register or [], console)
        warnings += passed
        tracks, frame = None, None
        record = found or _asked(ship, [])
        if track:
            positions = Positions(track)
            if positions.track.refused:
                warnings.append(f"Not all rows of the tracks are drawn. {positions.told()}")
            tracks, frame = positions.joined(fleet, only_known=False), positions.track.frame
            record = found or _sent(_asked(ship, tracks.called(ship)), tracks, positions, warnings)
            if not tracks.numbers(record):
                warnings.append("The tracks given hold no message of this vessel.")
        result = screener.beside(Sea(fleet, tracks)).screen(record)
        seen = result.record
        assert isinstance(seen, Vessel)
        dossier = dossier_of(seen, tracks=tracks, frame=frame)
        if report:
            write_dossier(dossier, result, screener.provenance(), written.open(report), warnings=warnings)
        if as_json:
            write_dossier_json(dossier, result, written.open(as_json))
    _show(console, dossier, result, warnings[shown:])
    if result.outdated:
        raise typer.Exit(1)


def _sent(asked: Vessel, tracks: Tracks, positions: Positions, warnings: list[str]) -> Vessel:
    """What was asked for, with what its AIS says of the ship, as no papers do."""
    numbers = tracks.numbers(asked)
    if not numbers:
        return asked
    record = positions.vessel(numbers[0])
    given = {name: value for name, value in asked if value and name not in {"id", "name"}}
    warnings.append(
        "No papers describe this ship; name, numbers and call sign are what it says itself on AIS"
        + (f", under {len(numbers)} MMSI." if len(numbers) > 1 else ".")
    )
    return record.model_copy(update={**given, "other_mmsi": tuple(f"{number:09}" for number in numbers[1:])})


def _asked(ship: str, heard: list[int]) -> Vessel:
    """A record of what was asked for, where no register has it; a name is looked for in the tracks."""
    record: dict[str, str | tuple[str, ...]] = {"id": "query"}
    if number := imo.parse(ship):
        record["imo_number"] = number
    elif digits := mmsi.parse(ship):
        record["mmsi"] = digits
    else:
        record["name"] = ship
        numbers = [f"{number:09}" for number in heard]
        record |= {"mmsi": numbers[0], "other_mmsi": tuple(numbers[1:])} if numbers else {}
    if not any(character.isalnum() for character in ship):
        raise InputError(f"{ship!r} is no IMO number, no MMSI and no name; give one of them")
    if ship.strip().isdecimal() and "name" in record:
        raise InputError(f"{ship!r} is neither an IMO number nor an MMSI: {imo.why(ship)}")
    return Vessel.read(record)


def _in_register(ship: str, paths: list[Path], console: Console) -> tuple[Vessel | None, Fleet, list[str]]:
    """The vessel's row of the registers (the one that says most, where several do), all rows together, and warnings."""
    number, digits, name = imo.parse(ship), mmsi.parse(ship), plain(ship)
    fleet = Fleet()
    rows: list[Vessel] = []
    lost: list[Quarantined] = []
    reader = Reader("vessel", None, console)
    for source in reader.again(input_files(paths, console)):
        with source:
            for item in source:
                if isinstance(item, Quarantined):
                    lost.append(item)
                elif isinstance(item, Vessel):
                    fleet.add(item)
                    if _is(item, number, digits, name):
                        rows.append(item)
    warnings = []
    if lost:
        warnings.append(
            f"{len(lost):,} rows of the register could not be read; the first, {lost[0].source}: {lost[0].reason}"
        )
    hulls = {plain(row.imo_number or row.mmsi or row.id) for row in rows}
    if len(hulls) > 1 and not (number or digits):
        told = "; ".join(f"{row.imo_number or row.mmsi or 'no number'} ({row.source})" for row in rows[:5])
        raise InputError(f"{len(hulls)} ships of the register are called {ship!r}: {told}; give the number of one")
    if paths and not rows:
        warnings.append("The register has no row of this vessel; what follows rests on the number or name alone.")
    if len(rows) > 1:
        told = ", ".join(str(row.source) for row in rows[:10])
        warnings.append(
            f"{len(rows)} rows of the register are of this vessel ({told}); the one that says most is shown."
        )
    best = max(rows, key=lambda row: len(row.model_dump(exclude_defaults=True)), default=None)
    return best, fleet, warnings


def _is(row: Vessel, number: str | None, digits: str | None, name: str) -> bool:
    if number:
        return number in {row.imo_number, *row.other_imo_numbers}
    if digits:
        return digits in {row.mmsi, *row.other_mmsi}
    return any(plain(known) == name for known in (row.name or "", *row.previous_names))


def _show(console: Console, dossier: Dossier, result: ScreeningResult, warnings: list[str]) -> None:
    ship = dossier.vessel
    common.say(console, "")
    common.say(console, ship.name or "name not known", style="bold")
    for label, value in card(ship):
        common.say(console, f"  {label:22} {value}")
    common.say(console, "")
    for item in by_strength(ship):
        style = {"strong": "bold red", "moderate": "yellow"}.get(item.strength)
        common.say(console, f"{item.strength:9} {item.title or item.code}: {item.detail or ''}", style=style)
    if dossier.timeline:
        common.say(console, "")
        for entry in dossier.timeline[-SHOWN:]:
            span = moment(entry.start) + (f" to {moment(entry.end)}" if entry.end else "")
            place = "" if entry.lat is None else f"; at {entry.lat:.3f}, {entry.lon:.3f}"
            common.say(console, f"{entry.number or '':>3} {span:36} {entry.title}", style="bold")
            common.say(console, f"    {entry.detail}{place}")
        common.say(console, "")
        if len(dossier.timeline) > SHOWN:
            common.say(console, f"... and {len(dossier.timeline) - SHOWN:,} earlier entries in the files")
    for kind, count in dossier.left:
        common.say(console, f"{count:,} more of kind {KINDS[kind]!r}, shorter, are in no output", style="yellow")
    for text in warnings:
        common.say(console, f"note: {text}", style="yellow")
    alert = result.alert
    if alert is None:
        common.say(console, f"no list hit and no rule fired: {result.status}", style="bold")
        return
    common.say(console, f"{alert.severity.upper()} {points(alert.score)} points: {alert.headline}", style="bold")
    for hit in alert.hits:
        common.say(console, f"  list hit  {hit.caption}  {hit.key}  {hit.score:.1%}")
    for finding in alert.findings:
        common.say(console, f"  {finding.rule_id}  {finding.outcome}  {finding.title}")
