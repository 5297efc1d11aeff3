"""`nkscreen rules`: the rules' own tests, and the tools of those who write rules."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console

from nkscreen.cli import common, rules_check
from nkscreen.errors import InputError
from nkscreen.rulebook import load_rulebook, run_tests

app = typer.Typer(no_args_is_help=True, help="Work on red-flag rules.")
rules_check.register(app)


@app.callback()
def group() -> None:
    """Work on red-flag rules."""


@app.command("test")
def run(
    ids: list[str] | None = typer.Argument(None, metavar="[ID...]", help="Rules to test. (default: all)"),
    rules: Path | None = common.RulesOption,
) -> None:
    """Run the tests that stand in the rule files. Exit code 1 when one fails."""
    console = Console()
    rulebook = load_rulebook(rules, locked=False)
    known = {rule.id for rule in rulebook.rules}
    unknown = set(ids or ()) - known - set(rulebook.lists)
    if unknown:
        raise InputError(f"no rule and no list is called {', '.join(sorted(unknown))}")
    results = run_tests(rulebook, ids or None)
    failed = [result for result in results if not result.passed]
    for result in failed:
        common.say(console, f"FAILED {result.rule_id}: {result.name}", style="bold red")
        for text in result.problems:
            common.say(console, f"  {text}")
    tested = {result.rule_id for result in results}
    what = f"{len(tested & known)} rules and {len(tested - known)} lists"
    common.say(console, f"{len(results) - len(failed)} passed, {len(failed)} failed, in {what}", style="bold")
    if failed:
        raise typer.Exit(1)
