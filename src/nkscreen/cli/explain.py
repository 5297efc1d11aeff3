"""`nkscreen explain`: one alert of a file, in plain text."""

from __future__ import annotations

from pathlib import Path

import typer

from nkscreen.errors import InputError
from nkscreen.report import read_alerts


def explain(
    alert_id: str = typer.Argument(..., metavar="ALERT_ID", help="The alert's id; its beginning is enough."),
    source: Path = typer.Option(..., "--in", metavar="FILE", help="The alerts as `screen --out` wrote them."),
) -> None:
    """Explain an alert: who or what, why, on what legal ground, and how the score came about."""
    found = [alert for alert in read_alerts(source) if alert.id.startswith(alert_id)]
    if not found:
        raise InputError(f"no alert has an id that begins with {alert_id!r}", file=str(source))
    if len({alert.id for alert in found}) > 1:
        ids = ", ".join(sorted({alert.id for alert in found})[:5])
        raise InputError(f"several alerts begin with {alert_id!r}: {ids}; give more of the id", file=str(source))
    typer.echo(found[0].explain(), nl=False)
