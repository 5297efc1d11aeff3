"""Files of Fedwire messages as payments, each with its place; what cannot be read is set aside with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any, Final

from nkscreen.errors import InputError
from nkscreen.formats.detect import Given
from nkscreen.formats.fedwire.messages import MAX_MESSAGE, messages, tags, tags_of_json
from nkscreen.formats.fedwire.payments import Values, payment
from nkscreen.formats.model import Input, Quarantined
from nkscreen.formats.tables.encoding import detect
from nkscreen.records import Payment, Record, Source

MAX_BYTES: Final = 64 * 1024 * 1024
"""A file is read as a whole; a day's traffic of a large bank has some 30 MB."""

_START: Final = re.compile(r"\{1[15]\d\d\}")


def known(given: Given) -> str | None:
    """Why a file is Fedwire: it begins with a tag such as {1500}, or is JSON with the key fedWireMessage."""
    if begins := _START.match(given.start):
        return f"it begins with the Fedwire tag {begins[0]}"
    return "it is JSON with the key fedWireMessage" if "fedWireMessage" in given.keys else None


def read_fedwire(given: Given) -> Input:
    """The payments of a file.

    Raises:
        InputError: the file is larger than `MAX_BYTES`, or JSON that breaks off.
    """
    encoding = detect(given.head)
    stream = given.rewound()
    text = _whole(stream, encoding, given.file)
    found = _of_text(text) if _START.match(given.start) else _of_json(text, given.file)
    return Input(_records(found, given.file), file=given.file, format="Fedwire", kind="payment", close=stream.close)


def _whole(stream: IO[bytes], encoding: str, file: str) -> str:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError("the file is larger than 64 MiB; give its messages in several files", file=file)
    return data.decode(encoding, "replace")


def _of_text(text: str) -> Iterator[tuple[str, Values | None]]:
    for one in messages(text):
        if one.strip():
            yield one, payment(tags(one)) if len(one) <= MAX_MESSAGE else None


def _of_json(text: str, file: str) -> Iterator[tuple[str, Values | None]]:
    try:
        given = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"the JSON breaks off or is wrong ({error}); repair the file", file=file) from error
    for one in given if isinstance(given, list) else [given]:
        message: Any = one.get("fedWireMessage") if isinstance(one, dict) else None
        shown = json.dumps(one, ensure_ascii=False)
        yield shown, payment(tags_of_json(message)) if isinstance(message, dict) else None


def _records(found: Iterator[tuple[str, Values | None]], file: str) -> Iterator[Record | Quarantined]:
    for number, (text, values) in enumerate(found, start=1):
        source = Source(file=file, path=f"Fedwire message {number}")
        if values is None:
            reason = f"this is no message, or one of more than {MAX_MESSAGE:,} characters; repair it or leave it out"
            yield Quarantined(source=source, reason=reason, raw=text)
            continue
        try:
            yield Payment.read({"id": f"message {number}", **values, "source": source})
        except InputError as error:
            yield Quarantined(source=source, reason=f"{error.message}; repair the message", raw=text)
