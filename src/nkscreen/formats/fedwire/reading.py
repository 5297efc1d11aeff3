"""Files of Fedwire messages as payments, each with its place; what cannot be read is set aside with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from nkscreen.errors import InputError
from nkscreen.formats.detect import Given
from nkscreen.formats.documents.leaves import json_document, whole
from nkscreen.formats.fedwire.messages import MAX_MESSAGE, messages, tags, tags_of_json
from nkscreen.formats.fedwire.payments import Values, payment
from nkscreen.formats.model import Input, Quarantined
from nkscreen.formats.tables.encoding import detect
from nkscreen.records import Payment, Record, Source

_START: Final = re.compile(r"\{1[15]\d\d\}")


def known(given: Given) -> str | None:
    """Why a file is Fedwire: it begins with a tag such as {1500}, or is JSON with the key fedWireMessage."""
    if begins := _START.match(given.start):
        return f"it begins with the Fedwire tag {begins[0]}"
    return "it is JSON with the key fedWireMessage" if "fedWireMessage" in given.keys else None


def read_fedwire(given: Given) -> Input:
    """The payments of a file.

    Raises:
        InputError: the file is larger than 64 MiB (a large bank's day has some 30 MB), or JSON that breaks off.
    """
    data = whole(given.rewound(), given.file)
    if _START.match(given.start):
        found = _of_text(data.decode(detect(given.head), "replace"))
    else:
        found = _of_json(json_document(data, given.file))
    return Input(_records(found, given.file), file=given.file, format="Fedwire", kind="payment")


def _of_text(text: str) -> Iterator[tuple[str, Values | None]]:
    for one in messages(text):
        if one.strip():
            yield one, payment(tags(one)) if len(one) <= MAX_MESSAGE else None


def _of_json(given: Any) -> Iterator[tuple[str, Values | None]]:
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
