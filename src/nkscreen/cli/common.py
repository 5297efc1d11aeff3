"""What the commands share: the clock, the lists, the screener, and how errors are shown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO

import typer
from rich.console import Console

from nkscreen.alerts.policy import Policy
from nkscreen.alerts.wording import visible
from nkscreen.errors import InputError, NkscreenError
from nkscreen.matching.clusters import Decision, read_decisions
from nkscreen.records.codes.dates import parse_day
from nkscreen.rulebook import Rulebook, bundled_rules, load_rulebook, rules_folder
from nkscreen.screening import Screener
from nkscreen.screening.assessor import Assessor
from nkscreen.screening.policy import load_policy
from nkscreen.screening.stakes import Stakes, read_stakes
from nkscreen.watchlist import Watchlist, bundled_watchlist, load_watchlist, staleness
from nkscreen.watchlist.load import joined
from nkscreen.watchlist.store import Store, is_store

USAGE_ERROR = 2

ListOption = typer.Option(
    None,
    "--list",
    metavar="PATH",
    help="A list to screen against, or a store of lists; repeat for more lists. (default: bundled)",
)
RulesOption = typer.Option(
    None, "--rules", metavar="DIR", help="A folder of rules, or a packed archive, instead of the bundled pack."
)
RulesKeyOption = typer.Option(
    None,
    "--rules-key",
    metavar="PUB",
    envvar="NKSCREEN_RULES_KEY",
    help="A public key (PEM): accept only a pack of rules that is signed with its other half.",
)
PolicyOption = typer.Option(
    None, "--policy", metavar="FILE", help="Your own policy (YAML): its settings replace those of the pack."
)
DecisionsOption = typer.Option(
    None,
    "--decisions",
    metavar="FILE",
    help="People's word on which entries of several lists are one party (CSV: one, other, same, author, day, reason).",
)
OwnershipOption = typer.Option(
    None,
    "--ownership",
    metavar="FILE",
    help="Your table of who owns whom (CSV: subject, owner, share in per cent, role, as_of, source).",
)
AsOfOption = typer.Option(None, "--as-of", metavar="DATE", help="The day lists and rules are applied. (default: today)")


def day(text: str | None) -> date:
    """The day given, or today: the command line is where the clock is read."""
    if text is None:
        return datetime.now(UTC).date()
    found = parse_day(text)
    if found is None:
        raise InputError(f"--as-of {text!r} is not a date; write it as 2026-11-21")
    return found


def watchlist(paths: list[Path] | None, as_of: date | None = None) -> Watchlist:
    """The lists given, or the bundled ones. Of a store (a folder that `lists add` made) those in use or, where a day
    is given, those that stood on it."""
    if not paths:
        return bundled_watchlist()
    files = [path for path in paths if not is_store(path)]
    stores = [Store(path) for path in paths if is_store(path)]
    kept = [s for store in stores for s in (store.watchlist_on(as_of) if as_of else store.watchlist()).snapshots]
    return joined([*kept, *(load_watchlist(*files).snapshots if files else ())])


def rulebook_and_policy(rules: Path | None, key: Path | None, policy: Path | None) -> tuple[Rulebook, Policy]:
    """Rules and policy as the options say."""
    with rules_folder(bundled_rules() if rules is None else rules, key) as folder:
        return load_rulebook(folder, tests=False), load_policy(folder, override=policy)


def screener(
    lists: list[Path] | None,
    as_of: str | None,
    *,
    rules: Path | None = None,
    key: Path | None = None,
    policy: Path | None = None,
    decisions: Path | None = None,
    ownership: Path | None = None,
) -> Screener:
    """A screener as the options say."""
    rulebook, settings = rulebook_and_policy(rules, key, policy)
    known = watchlist(lists, day(as_of) if as_of else None)
    said, stakes = decisions_and_stakes(decisions, ownership)
    return Screener(known, rulebook, settings, as_of=day(as_of), decisions=said, stakes=stakes)


def decisions_and_stakes(decisions: Path | None, ownership: Path | None) -> tuple[tuple[Decision, ...], Stakes | None]:
    """The team's own tables as the options name them."""
    return read_decisions(decisions) if decisions else (), read_stakes(ownership) if ownership else None


def list_warnings(screener: Assessor) -> list[str]:
    """One sentence for every list that is too old, that is of a later day than the run, or that its reader could not
    understand in full, and for every decision without effect."""
    found = [f"{text} days allowed (list_too_old): nothing is called clear" for text in screener.provenance().outdated]
    for snapshot in screener.watchlist.snapshots:
        found += [text] if (text := staleness(snapshot, screener.as_of)) else []
        if snapshot.list_date and snapshot.list_date > screener.as_of:
            found.append(
                f"{snapshot.title or snapshot.publisher} of {snapshot.list_date} is applied as of {screener.as_of} by "
                "the dates of its listings: entries removed or amended since are not as they stood on that day"
            )
        problems = snapshot.report.problems
        if problems:
            found.append(
                f"{snapshot.title or snapshot.publisher}: {len(problems):,} remarks of its reader, the first: "
                f"{problems[0]} (all of them: nkscreen lists status --list ...)"
            )
    return [*found, *screener.idle_decisions]


def show_lists(console: Console, screener: Screener) -> None:
    """Which lists a run uses, of which day, and what is wrong with them: printed in every run."""
    for snapshot in screener.watchlist.snapshots:
        bundled = "bundled " if snapshot.bundled else ""
        dated = f"of {snapshot.list_date}" if snapshot.list_date else "without a date"
        say(
            console,
            f"{bundled}list: {snapshot.title or snapshot.publisher} {dated}, {len(snapshot.entities):,} entries",
        )
    for text in list_warnings(screener):
        say(console, f"warning: {text}", style="bold yellow")


def say(console: Console, text: str, style: str | None = None) -> None:
    """Print text of any origin: no markup is read in it, control characters are shown and not obeyed."""
    console.print(visible(text), style=style, markup=False, emoji=False, highlight=False, soft_wrap=True)


def errors_to(stream: TextIO, error: NkscreenError) -> None:
    """Write an error for a person: one line a problem."""
    for line in str(error).splitlines():
        stream.write(f"{visible(line)}\n")
