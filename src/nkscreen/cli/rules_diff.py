"""`nkscreen rules diff`: what a new version of the rules changes, in its files and in what it says of records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from nkscreen.alerts.explain import value_text
from nkscreen.alerts.wording import points, visible
from nkscreen.cli import common
from nkscreen.cli.recorded import Unread, over_files
from nkscreen.cli.rules_packs import KeyOption
from nkscreen.rulebook import Verdict
from nkscreen.rulebook.testing import WORDS
from nkscreen.rulebook.update.changes import WHY, Bump, Change, compare, enough, least_version, needed
from nkscreen.rulebook.update.differences import EXAMPLES, Difference, Example, Flip, Kind, SemanticDiff
from nkscreen.rulebook.update.state import PackState, read_state

SHOWN = 40
"""Groups of differing records on the terminal; all of them are in the JSON."""


class Level(StrEnum):
    """Kinds of change, for --fail-on."""

    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"


def register(app: typer.Typer) -> None:
    """Add the command to `nkscreen rules`."""
    app.command("diff")(diff)


def diff(
    old: Path = typer.Argument(..., metavar="A", help="The version in use: a folder of rules or a pack."),
    new: Path = typer.Argument(..., metavar="B", help="The new version: a folder of rules or a pack."),
    over: list[Path] | None = typer.Option(None, "--over", metavar="FILE", help="Recorded records; repeat for more."),
    as_of: str | None = common.AsOfOption,
    key: Path | None = KeyOption,
    examples: int = typer.Option(EXAMPLES, "--examples", min=0, max=1_000, help="Records shown for each difference."),
    jobs: int | None = typer.Option(None, "--jobs", min=1, help="Processes that read records. (default: all cores)"),
    fail_on: Level | None = typer.Option(None, "--fail-on", help="Exit with 1 if the change is at least of this kind."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """Show what changed between two versions of the rules, and over recorded records which alerts come and go.

    Exit code 0: compared; 1: B's version did not rise as its changes ask, or --fail-on was reached; 2: usage or input
    error.
    """
    before, after = read_state(old, key), read_state(new, key)
    changes = compare(before.lock, after.lock)
    found, unread = None, Unread()
    if over:
        day = common.day(as_of)
        found, unread = over_files(before.rulebook, after.rulebook, over, day, examples=examples, jobs=jobs)
    bump = max(needed(changes), _shown_by(found))
    raised = enough(before.lock.version, after.lock.version, bump)
    if as_json:
        data = _as_dict(before, after, changes, bump, raised) | ({"over": _over(found, unread)} if found else {})
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        console = Console()
        _show_changes(console, before, after, changes)
        if found:
            _show_over(console, found, unread)
        _show_bump(console, before, after, bump, raised)
    if not raised or (fail_on and bump >= Bump[fail_on.name]):
        raise typer.Exit(1)


def _shown_by(found: SemanticDiff | None) -> Bump:
    """The bump that the records themselves prove."""
    if found is None:
        return Bump.NONE
    if found.total(Kind.REMOVED):
        return Bump.MAJOR
    return Bump.MINOR if found.total(Kind.ADDED) else Bump.NONE


def _show_changes(console: Console, before: PackState, after: PackState, changes: Iterable[Change]) -> None:
    for letter, state in (("A", before), ("B", after)):
        book = state.rulebook
        common.say(console, f"{letter}  {book.name} {book.version}, {len(book.rules)} rules, {len(book.lists)} lists")
    silent = 0
    for change in changes:
        if not change.effect and not change.decides:
            silent += 1
            continue
        console.print()
        style = "red" if change.effect.name in ("LESS", "EITHER") else None
        common.say(console, f"{change.id} {change.part}  ({WHY[change.effect]})".strip(), style=style)
        for sign, text in (("-", change.before), ("+", change.after)):
            if text:
                common.say(console, f"  {sign} {text}")
    if silent:
        console.print()
        common.say(console, f"{silent} changes of texts, tests and version numbers")


def _show_over(console: Console, found: SemanticDiff, unread: Unread) -> None:
    console.print()
    common.say(
        console, f"Over {found.records:,} records; rules that decide otherwise: {len(found.asked)}", style="bold"
    )
    if unread.count:
        common.say(console, f"{unread.count:,} rows were not read, for example {unread.reasons[0]}", style="yellow")
    if found.unseen:
        names = ", ".join(found.unseen)
        common.say(console, f"records carry no list hits here, which these rules also read: {names}", style="yellow")
    console.print(_table(found))
    for difference in found.differences[:SHOWN]:
        console.print()
        common.say(console, f"{difference.rule_id} {difference.kind.value}: {difference.count:,}  ({_why(difference)})")
        for example in difference.examples:
            for line in _example(example, difference):
                common.say(console, f"  {line}")
    if len(found.differences) > SHOWN:
        common.say(console, f"... and {len(found.differences) - SHOWN} more kinds of difference (--json shows all)")


def _table(found: SemanticDiff) -> Table:
    kinds = [kind for kind in Kind if found.total(kind) or kind in (Kind.ADDED, Kind.REMOVED, Kind.RESCORED)]
    table = Table(show_lines=False, pad_edge=False)
    for name in ("rule", "matches in A", "in B", *(kind.value for kind in kinds)):
        table.add_column(name, justify="left" if name == "rule" else "right")
    for rule_id in dict.fromkeys(found.asked):
        counts = [
            sum(one.count for one in found.differences if one.rule_id == rule_id and one.kind is kind) for kind in kinds
        ]
        numbers = [found.matches_before[rule_id], found.matches_after[rule_id], *counts]
        table.add_row(Text(rule_id), *(f"{number:,}" for number in numbers))
    return table


def _why(difference: Difference) -> str:
    flips = [f"{flip.condition} {flip.before} -> {flip.after}" for flip in difference.flips]
    return ", ".join([*difference.reasons, *flips]) or "weights"


def _example(example: Example, difference: Difference) -> Iterator[str]:
    where = f" ({example.source})" if example.source else ""
    yield f"{visible(example.record_id)}{where}: {_verdict(example.before)} -> {_verdict(example.after)}"
    for flip in difference.flips:
        for side, verdict in (("A", example.before), ("B", example.after)):
            text = _ground(flip, verdict)
            if text:
                yield f"    {side} {flip.condition}: {text}"


def _ground(flip: Flip, verdict: Verdict | None) -> str:
    """What a condition rested on, shortly."""
    for result in verdict.conditions if verdict else ():
        if result.name == flip.condition:
            read = [f"{item.path} = {value_text(item.value)}" for item in result.evidence[:3]]
            lacks = [f"missing {path}" for path in result.missing[:3]]
            return f"{WORDS[result.holds]}, {', '.join([*read, *lacks])}".rstrip(", ")
    return ""


def _verdict(verdict: Verdict | None) -> str:
    if verdict is None:
        return "no such rule"
    if verdict.rule.file.status != "stable":
        return f"{verdict.rule.file.status}, raises nothing"
    if verdict.match:
        return f"{points(verdict.score)} points"
    return verdict.reason.replace("_", " ") or ("unknown" if verdict.match is None else "no match")


def _show_bump(console: Console, before: PackState, after: PackState, bump: Bump, raised: bool) -> None:
    if bump is Bump.NONE:
        common.say(console, "Nothing differs.")
        return
    least = least_version(before.lock.version, bump)
    console.print()
    text = f"This is a {bump.name.lower()} change: B must be at least {least}, and is {after.lock.version}"
    common.say(console, text if raised else f"{text}; raise version in its pack.yaml", style=None if raised else "red")


def _as_dict(
    before: PackState, after: PackState, changes: Iterable[Change], bump: Bump, raised: bool
) -> dict[str, Any]:
    return {
        "a": {"name": before.lock.name, "version": before.lock.version, "sha256": before.rulebook.sha256},
        "b": {"name": after.lock.name, "version": after.lock.version, "sha256": after.rulebook.sha256},
        "changes": [
            {
                "id": change.id,
                "part": change.part,
                "before": change.before,
                "after": change.after,
                "effect": (change.effect.name or "").lower(),
            }
            for change in changes
        ],
        "bump": bump.name.lower(),
        "least_version": least_version(before.lock.version, bump),
        "raised_enough": raised,
    }


def _over(found: SemanticDiff, unread: Unread) -> dict[str, Any]:
    return {
        "records": found.records,
        "unread": unread.count,
        "rules": list(found.asked),
        "rules_reading_hits": list(found.unseen),
        "matches": {
            rule_id: {"a": found.matches_before[rule_id], "b": found.matches_after[rule_id]} for rule_id in found.asked
        },
        "totals": {kind.value: found.total(kind) for kind in Kind},
        "differences": [
            {
                "rule": one.rule_id,
                "kind": one.kind.value,
                "count": one.count,
                "flips": [{"condition": flip.condition, "a": flip.before, "b": flip.after} for flip in one.flips],
                "reasons": list(one.reasons),
                "examples": [
                    {
                        "id": example.record_id,
                        "source": example.source,
                        "a": _verdict_dict(example.before),
                        "b": _verdict_dict(example.after),
                    }
                    for example in one.examples
                ],
            }
            for one in found.differences
        ],
    }


def _verdict_dict(verdict: Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        "match": WORDS[verdict.match],
        "score": verdict.score,
        "reason": verdict.reason,
        "missing": list(verdict.missing),
        "conditions": [result.model_dump(mode="json", by_alias=False) for result in verdict.conditions],
    }
