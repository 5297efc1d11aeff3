"""Alerts and quarantined records as JSON Lines: one JSON object a line, nothing lost, read back as written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError

from nkscreen.alerts.model import Alert
from nkscreen.errors import InputError
from nkscreen.records.model import validation_message
from nkscreen.report.quarantine import QuarantinedItem


class Writable(Protocol):
    """Where text can be written."""

    def write(self, text: str, /) -> int: ...


_NOT_PLAIN = re.compile(r"[^ -~\n]")


def write_alerts(alerts: Iterable[Alert], stream: Writable) -> int:
    """Write one line an alert and return how many; the same alerts give the same bytes.

    Open the stream with `encoding="utf-8", newline="\\n"`.
    """
    return _write((alert.to_dict() for alert in alerts), stream)


def write_quarantine(items: Iterable[QuarantinedItem], stream: Writable) -> int:
    """Write one line a quarantined record (`file`, `sheet`, `row`, `field`, `reason`, `raw`) and return how many."""
    return _write(
        (
            {
                "file": item.source.file,
                "sheet": item.source.sheet,
                "row": item.source.row,
                "field": item.field,
                "reason": item.reason,
                "raw": item.raw,
            }
            for item in items
        ),
        stream,
    )


def read_alerts(path: Path) -> Iterator[Alert]:
    """The alerts of a file written by `write_alerts`, one at a time; blank lines are skipped.

    Raises:
        InputError: naming the file and the line that is not an alert.
    """
    number = 0
    try:
        with path.open("rb") as stream:
            for line in stream:
                number += 1
                if line.strip():
                    yield Alert.model_validate(json.loads(line.decode("utf-8")))
    except ValidationError as error:
        raise InputError(f"not an alert: {validation_message(error)}", file=str(path), row=number) from error
    except (ValueError, RecursionError) as error:
        message = f"not a line of JSON in UTF-8 ({error}); give the alerts file as nkscreen wrote it"
        raise InputError(message, file=str(path), row=number) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=str(path)) from error


def _write(items: Iterable[dict[str, Any]], stream: Writable) -> int:
    count = 0
    for item in items:
        text = json.dumps(item, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        stream.write(plain_line(text) + "\n")
        count += 1
    return count


def plain_line(text: str) -> str:
    """JSON with every character that is not printable escaped; line breaks between values stay, in strings are none."""
    return _NOT_PLAIN.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    """Letters of every script stay readable; what is not printable becomes `\\uXXXX`, so that no line separator splits
    a line and no direction override or lone surrogate reaches a terminal. Both read back the same."""
    character = found[0]
    return character if character.isprintable() else json.dumps(character)[1:-1]
