"""`nkscreen rules check`, `suggest` and `new`: the tools of those who write rules."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import typer
from rich.console import Console
from rich.table import Table

from nkscreen.alerts.wording import visible
from nkscreen.cli import common
from nkscreen.errors import InputError, Problem
from nkscreen.rulebook import bundled_rules, load_rulebook
from nkscreen.rulebook.checking import PackReport, RuleReport, check_pack
from nkscreen.rulebook.lint import prohibition_keys
from nkscreen.rulebook.lint_tests import GATES
from nkscreen.rulebook.mutation import Mutant
from nkscreen.rulebook.rule import Subject
from nkscreen.rulebook.skeleton import write_draft
from nkscreen.rulebook.suggest import suggest

FactsOption = typer.Option(
    None, "--facts", metavar="CSV", help="The fact list, with a column fact_id: `facts:` of rules must name its ids."
)


def register(app: typer.Typer) -> None:
    """Add the commands to the group `rules`."""
    app.command("check")(check)
    app.command("suggest")(suggest_tests)
    app.command("new")(new)


def check(
    rules: Path | None = common.RulesOption,
    facts: Path | None = FactsOption,
    legal: bool = typer.Option(
        False, "--legal", help="List unverified legal bases, and indicators that speak of a prohibition."
    ),
    survivors: bool = typer.Option(False, "--survivors", help="Show every mutant that no test kills."),
) -> None:
    """Check schema, types, house rules, tests, mutants and lock of a folder of rules.

    Exit code 0: nothing wrong; 1: something is, one line each; 2: there is no such folder.
    """
    report = check_pack(rules or bundled_rules(), _fact_ids(facts) if facts else None)
    console = Console()
    _lines(console, report.problems)
    if survivors:
        alive = [problem for found in report.reports for problem in found.survivors]
        _lines(console, sorted(alive, key=lambda problem: (problem.file, problem.line or 0, problem.column or 0)))
    if legal:
        _legal(console, report)
    _summary(console, report)
    if report.problems:
        raise typer.Exit(1)


def suggest_tests(
    rule_id: str = typer.Argument(metavar="ID", help="The rule whose tests let mutants live."),
    rules: Path | None = common.RulesOption,
) -> None:
    """Print tests, ready to paste into the rule, that kill its surviving mutants: read each and name it better."""
    rulebook = load_rulebook(rules, locked=False)
    rule = next((rule for rule in rulebook.rules if rule.id == rule_id), None)
    if rule is None:
        raise InputError(f"no rule is called {rule_id}")
    console = Console()
    suggestions = suggest(rulebook, rule)
    for suggestion in suggestions.found:
        for mutant in suggestion.kills:
            common.say(console, f"  # kills: {_described(mutant)}")
        for line in suggestion.text.splitlines():
            common.say(console, line)
    for mutant in suggestions.left:
        common.say(console, f"# not killed by any record tried: {_described(mutant)}")
    if not suggestions.found and not suggestions.left:
        common.say(console, f"# the tests of {rule_id} kill all its mutants")


def new(
    rule_id: str = typer.Argument(metavar="ID", help="As in NK-SHIP-012; the file is called after it."),
    title: str = typer.Option(..., "--title", help="One line, as an alert will show it."),
    subject: str = typer.Option(..., "--subject", help=f"What it is about: {', '.join(get_args(Subject))}."),
    family: str | None = typer.Option(None, "--family", help="Rules of a family tell one story. (default: the folder)"),
    folder: str | None = typer.Option(None, "--folder", help="The folder inside the pack. (default: by the subject)"),
    author: str = typer.Option("nkscreen", "--author", help="Who stands for the rule."),
    rules: Path = typer.Option(Path("rules"), "--rules", metavar="DIR", help="The pack to write into."),
) -> None:
    """Write a draft that loads and passes its own tests, to be filled with the rule's conditions."""
    path = write_draft(
        rules,
        rule_id,
        title=title,
        subject=subject,
        family=family,
        folder=folder,
        author=author,
        today=common.day(None),
    )
    common.say(Console(), f"wrote {path}; edit it, then run: nkscreen rules check --rules {rules}")


def _fact_ids(path: Path) -> frozenset[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if "fact_id" not in (reader.fieldnames or ()):
                raise InputError("a fact list has a column fact_id", file=str(path))
            return frozenset(row["fact_id"] for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"cannot be read: {error}", file=str(path)) from None


def _lines(console: Console, problems: Iterable[Problem]) -> None:
    for problem in problems:
        place = ":".join(str(part) for part in (problem.file, problem.line, problem.column) if part is not None)
        field = f"{problem.field}: " if problem.field else ""
        common.say(console, f"{place}: {field}{' '.join(problem.message.split())}")


def _legal(console: Console, report: PackReport) -> None:
    for found in report.reports:
        file = found.rule.file
        for index, legal in enumerate(file.legal):
            if not legal.verified:
                para = f" para {legal.para}" if legal.para else ""
                _lines(console, [found.source.problem(f"{legal.id}{para} is not verified", ("legal", index))])
        for key in prohibition_keys(file):
            _lines(console, [found.source.problem("an indicator speaks of a prohibition", (key,))])


def _summary(console: Console, report: PackReport) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("rule", "status", "tests", "failed", "conditions seen", "mutants killed", "list items"):
        table.add_column(column, justify="left" if column in ("rule", "status") else "right", no_wrap=True)
    for found in report.reports:
        table.add_row(*(visible(cell) for cell in _row(found)))
    if report.reports:
        console.print(table)
    common.say(console, f"lists: their own tests prove {report.proved:,} of {report.items:,} items")
    tests = sum(found.tests for found in report.reports)
    made = sum(found.mutation.made for found in report.reports)
    killed = sum(found.mutation.killed for found in report.reports)
    common.say(
        console,
        f"{len(report.reports)} rules, {tests} tests, {killed} of {made} mutants killed, "
        f"{len(report.problems)} problems",
        style="bold",
    )


def _row(found: RuleReport) -> tuple[str, ...]:
    mutation, coverage = found.mutation, found.coverage
    low = " !" if mutation.share < GATES.get(found.rule.file.status, 0.0) else ""
    items = mutation.items - len(mutation.items_left)
    return (
        found.rule.id,
        found.rule.file.status,
        str(found.tests),
        str(found.failed or ""),
        f"{coverage.seen}/{coverage.all}",
        f"{mutation.killed}/{mutation.made} {mutation.share:4.0%}{low}",
        f"{items}/{mutation.items}" if mutation.items else "",
    )


def _described(mutant: Mutant) -> str:
    return f"{'.'.join(str(key) for key in mutant.where)}: {mutant}"
