"""The commands, put together. Exit codes: 0 complete, 1 something at or above --fail-on, 2 usage or input error."""

from __future__ import annotations

import io
import signal
import sys
import threading

import typer

from nkscreen._version import __version__
from nkscreen.cli import (
    explain,
    lists,
    lists_clusters,
    lists_update,
    match,
    rescreen,
    rules,
    rules_corpus,
    rules_diff,
    rules_explain,
    rules_packs,
    screen,
    vessel,
)
from nkscreen.cli.common import USAGE_ERROR, errors_to
from nkscreen.errors import NkscreenError

app = typer.Typer(
    name="nkscreen",
    help="Sanctions screening with North Korea (DPRK) at its centre.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("screen")(screen.screen)
app.command("rescreen")(rescreen.rescreen)
app.command("match")(match.match)
app.command("vessel")(vessel.vessel)
app.command("explain")(explain.explain)
lists_update.register(lists.app)
lists.app.command("clusters")(lists_clusters.clusters)
app.add_typer(lists.app, name="lists")
rules_packs.register(rules.app)
rules_corpus.register(rules.app)
rules_diff.register(rules.app)
rules_explain.register(rules.app)
app.add_typer(rules.app, name="rules")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nkscreen {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(
        False, "--version", help="Show the version and exit.", is_eager=True, callback=_show_version
    ),
) -> None:
    """Sanctions screening with North Korea (DPRK) at its centre."""


def main() -> None:
    """Run the command line; an error of ours is one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter shows its code instead
    if hasattr(signal, "SIGPIPE") and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` ends us as it ends any filter, not as an alert would
    try:
        app()
    except NkscreenError as error:
        errors_to(sys.stderr, error)
        sys.exit(USAGE_ERROR)
