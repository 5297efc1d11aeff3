"""Files of SWIFT MT messages as payments, each with its place; what cannot be read is set aside with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Final

from nkscreen.errors import InputError
from nkscreen.formats.detect import Given
from nkscreen.formats.model import Input, Quarantined
from nkscreen.formats.swift.messages import MAX_MESSAGE, is_acknowledgement, parse, units
from nkscreen.formats.swift.payments import payments
from nkscreen.formats.tables.encoding import detect
from nkscreen.records import Payment, Record, Source

_FIELD: Final = re.compile(r":(?:2[058]C?|6[0-5][FM]?|86):")
_STATEMENT: Final = re.compile(r"^:20:[^\n]*\n(?::21:[^\n]*\n)?:25P?:[^\n]*\n:28C?:", re.MULTILINE)


def known(given: Given) -> str | None:
    """Why a file is SWIFT MT: it begins with a basic header block or with a field, or is a statement behind lines of
    a bank's own."""
    if given.start.startswith(("{1:F", "${1:F")):
        return "it begins with a SWIFT basic header {1:"
    if begins := _FIELD.match(given.start):
        return f"it begins with the SWIFT field {begins[0]}"
    return "it has the fields of a SWIFT statement" if _STATEMENT.search(given.start[:4096]) else None


def read_swift(given: Given) -> Input:
    """The payments of a file of messages: one each, one a transaction of an MT101, one an entry of a statement."""
    encoding = detect(given.head)
    stream = given.rewound()
    return Input(
        _records(units(stream, encoding), given.file),
        file=given.file,
        format="SWIFT MT",
        kind="payment",
        close=stream.close,
    )


def _records(texts: Iterator[str], file: str) -> Iterator[Record | Quarantined]:
    numbers = count(1)
    for text in texts:
        if is_acknowledgement(text):
            continue
        number = next(numbers)
        place = Source(file=file, path=f"message {number}")
        if len(text) > MAX_MESSAGE:
            reason = f"the message is longer than {MAX_MESSAGE:,} characters; a closing -}} may be missing"
            yield Quarantined(source=place, reason=reason, raw=text)
            continue
        message = parse(text)
        if message is None:
            reason = "the message has no field like :20: in a text block {4:; repair it or leave it out"
            yield Quarantined(source=place, reason=reason, raw=text)
            continue
        kind = f"MT{message.type}{' COV' if message.cover else ''} " if message.type else ""
        for at, values in enumerate(payments(message), start=1):
            source = Source(file=file, path=f"{kind}message {number}, payment {at}")
            try:
                yield Payment.read({"id": f"message {number}", **values, "source": source})
            except InputError as error:
                yield Quarantined(source=source, reason=f"{error.message}; repair the message", raw=text)
