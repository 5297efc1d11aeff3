"""`nkscreen lists clusters`: which entries of several lists are one party, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from nkscreen.alerts.wording import bits, effect, percent
from nkscreen.cli import common
from nkscreen.matching.clusters import Cluster, Pair, entries_of, find_clusters, read_decisions, without_entry


def clusters(
    lists: list[Path] | None = common.ListOption,
    decisions: Path | None = common.DecisionsOption,
    as_json: bool = typer.Option(False, "--json", help="Print one JSON array."),
) -> None:
    """Show which entries of several lists are one party, with the evidence. Minutes for large lists."""
    watchlist = common.watchlist(lists)
    entries = entries_of(watchlist)
    captions = {key: entry.entity.caption for key, entry in entries.items()}
    said = read_decisions(decisions) if decisions else ()
    found = find_clusters(watchlist, said)
    for text in without_entry(said, entries):
        common.say(Console(stderr=True), f"warning: {text}", style="bold yellow")
    if as_json:
        typer.echo(json.dumps([_as_dict(cluster, captions) for cluster in found], ensure_ascii=False, indent=1))
        return
    console = Console()
    for cluster in found:
        common.say(console, "  =  ".join(f"{key} {captions[key]}" for key in cluster.members), style="bold")
        for pair in cluster.pairs:
            common.say(console, f"  {pair.one}, {pair.other}: {_why(pair)}")
    joined = sum(len(cluster.members) for cluster in found)
    common.say(console, f"{len(found):,} parties stand on several lists, with {joined:,} entries of {len(captions):,}")


def _why(pair: Pair) -> str:
    said = pair.decision
    if said:
        return f"the same, said {said.author} on {said.day}: {said.reason}"
    steps = ", ".join(f"{effect(item.code)} {bits(item.weight)}" for item in pair.likeness.evidence)
    return f"{percent(pair.likeness.probability)} ({steps})"


def _as_dict(cluster: Cluster, captions: dict[str, str]) -> dict[str, Any]:
    return {
        "members": [{"key": key, "caption": captions[key]} for key in cluster.members],
        "pairs": [
            {
                "one": pair.one,
                "other": pair.other,
                "probability": pair.likeness.probability,
                "evidence": [item.model_dump(mode="json") for item in pair.likeness.evidence],
                "decided_by": pair.decision.author if pair.decision else "",
                "reason": pair.decision.reason if pair.decision else "",
            }
            for pair in cluster.pairs
        ],
    }
